// @ts-check
// npm run bench: every subject; npm run bench -- simulate loop: only those.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, root, runScript } from './install.mjs';

await runScript(async () => {
  ensureInstalled();
  const { build } = await import('vite');
  const outDir = join(root, 'node_modules/.cache/bench');
  // Built as the page is: what runs TypeScript as it is read wraps every function, and hot loops then take up to twice as long.
  await build({
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: {
        input: { main: join(root, 'test/bench/main.ts'), 'pipeline-thread': join(root, 'src/cli/pipeline-thread.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  const subjects = process.argv.slice(2);
  // What is bundled there no longer knows where the project is, so the page is built and a browser found here.
  if (subjects.length === 0 || subjects.includes('page')) {
    await ensureBuilt();
    await findBrowser();
  }
  const { status } = spawnSync(process.execPath, [join(outDir, 'main.js'), ...subjects], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
});
