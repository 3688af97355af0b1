import { createHash, type BinaryLike } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';
import type { Release } from '../src/interchange/release.ts';

const page = 'index.html';
const worker = 'service-worker.js';
const unnamed = '<meta name="release" content="none"';

/** Writes the service worker that keeps every file of the build, and names the release in the page. */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'service-worker',
    apply: ({ build }, { command, mode }) => command === 'build' && mode !== 'single' && !build?.ssr,
    configResolved: (resolved) => void (config = resolved),
    writeBundle: () => writeServiceWorker(config.root, resolve(config.root, config.build.outDir)),
  };
}

/** Makes a release of the files in the folder, whose index.html has no name yet. */
export async function writeServiceWorker(root: string, folder: string): Promise<void> {
  const release = nameRelease(folder);
  writeFileSync(join(folder, worker), await workerProgram(root, release));
}

/** The release is named after all its files; its name then stands in the page. */
function nameRelease(folder: string): Release {
  const address = join(folder, page);
  const html = readFileSync(address, 'utf8');
  if (!html.includes(unnamed)) throw new Error(`index.html lacks ${unnamed} />, where the name of the release goes.`);
  const paths = filesBelow(folder).filter((path) => path !== worker);
  const id = digest(JSON.stringify(paths.map((path) => [path, sha256(folder, path)])), 'hex').slice(0, 12);
  writeFileSync(address, html.replace(unnamed, `<meta name="release" content="${id}"`));
  return {
    id,
    bytes: paths.reduce((sum, path) => sum + readFileSync(join(folder, path)).length, 0),
    files: Object.fromEntries(paths.map((path) => [path, sha256(folder, path)])),
  };
}

async function workerProgram(root: string, release: Release): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: { RELEASE: JSON.stringify(release) },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: join(root, 'workers/service.worker.ts'), output: { format: 'iife' } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('The service worker was not built.');
  return output.output[0].code;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function sha256(folder: string, path: string): string {
  return digest(readFileSync(join(folder, path)), 'base64');
}

function digest(content: BinaryLike, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(content).digest(encoding);
}
