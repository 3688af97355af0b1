import { readdirSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectConfiguration, type UserWorkspaceConfig } from 'vitest/config';
import { launchOptions } from './scripts/browser.mjs';

const testTimeout = 30_000;

const node = sharing('node', ['unit', 'contract', 'property', 'reference'], { test: { environment: 'node' } });

const jsdom = sharing('jsdom', ['charts', 'ui'], {
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  test: { environment: 'jsdom' },
});

/**
 * Files share their modules, which saves loading them again for each; but for those that put other modules in the place of some:
 * what they put there would stay for the files that come after.
 */
function sharing(name: string, folders: readonly string[], settings: UserWorkspaceConfig): TestProjectConfiguration[] {
  const files = folders.flatMap((folder) =>
    readdirSync(`test/${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `test/${folder}/${file.replaceAll('\\', '/')}`),
  );
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const replacing = tests.filter((file) => /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(file, 'utf8')));
  const project = (own: string, include: string[], isolate: boolean): TestProjectConfiguration => ({
    ...settings,
    test: { ...settings.test, name: own, include, testTimeout, isolate },
  });
  return [
    project(
      name,
      tests.filter((file) => !replacing.includes(file)),
      false,
    ),
    ...(replacing.length > 0 ? [project(`${name}-alone`, replacing, true)] : []),
  ];
}

// Runes compile to server code in plain node, where tests of $state pass falsely; they belong here.
async function browser(): Promise<TestProjectConfiguration> {
  return {
    plugins: [svelte()],
    worker: { format: 'es' },
    // All that any test will import, found before the first one runs: a package found later would reload the page under a test.
    optimizeDeps: {
      include: ['comlink', 'highs', 'papaparse', '@faker-js/faker/locale/en'],
      entries: ['src/main.ts', 'workers/*.worker.ts', 'test/browser/**/*.ts'],
    },
    test: {
      name: 'browser',
      include: ['test/browser/**/*.test.ts'],
      testTimeout,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: await launchOptions() }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

/** Looking for a browser means starting one, so it is only looked for when its tests are to run. */
function selects(project: string): boolean {
  const chosen = process.argv.flatMap((argument, i) =>
    argument === '--project' ? [process.argv[i + 1]] : argument.startsWith('--project=') ? [argument.slice('--project='.length)] : [],
  );
  return chosen.length === 0 || chosen.some((pattern) => pattern?.replace(/\*$/, '') === project);
}

export default defineConfig({
  // Left to itself it would keep one processor idle.
  test: { pool: 'threads', maxWorkers: '100%', projects: [...node, ...jsdom, ...(selects('browser') ? [await browser()] : [])] },
});
