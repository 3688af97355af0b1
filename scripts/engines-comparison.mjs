// @ts-check
// The same work in node and in a browser's page, as reports of digests.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf } from './engines.mjs';
import { PlainError, root } from './install.mjs';

/** @typedef {import('../test/engines/comparison.ts').EngineReport} EngineReport */
/** @typedef {import('./engines.mjs').Surroundings} Surroundings */

/** Somewhere with another language, other digits and another day. */
export const elsewhere = [
  { locale: 'tr-TR', timeZone: 'Pacific/Kiritimati' },
  { locale: 'ar-EG', timeZone: 'America/St_Johns' },
];

const timeoutMs = 180_000;

/** The work in node, in so many threads, or in one process for 0. @param {number} workers @param {Surroundings | null} surroundings @returns {Promise<EngineReport>} */
export function reportOfNode(workers, surroundings) {
  const words = ['--import', 'tsx', join(root, 'test/engines/in-node.ts'), String(workers)];
  const child = spawn(process.execPath, words, { cwd: root, env: environmentOf(surroundings), stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, trouble] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (trouble += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(output)) : reject(new PlainError(`node: ${trouble.trim()}`))));
  });
}

/** The work in a browser, in so many of the built page's workers. @param {import('./engines.mjs').Session} session @param {string} address @param {number} workers @returns {Promise<EngineReport>} */
export async function reportOfBrowser(session, address, workers) {
  const report = JSON.parse(await session.read(`${address}?workers=${workers}`, 'data-report', timeoutMs));
  if (report.error !== undefined) throw new PlainError(report.error);
  return report;
}

/** What a digest is held against, by name, where they differ. @param {EngineReport} report @param {EngineReport} reference */
export function differences(report, reference) {
  const names = new Set([...Object.keys(reference.digests), ...Object.keys(report.digests)]);
  return [...names].filter((name) => report.digests[name] !== reference.digests[name]);
}

/** Builds the page that does the work, as the page itself is built, and serves it. */
export async function serveComparison() {
  const { build, loadConfigFromFile, preview } = await import('vite');
  const outDir = mkdtempSync(join(tmpdir(), 'engines-page-'));
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(root, 'vite.config.ts'));
  if (loaded === null) throw new PlainError('vite.config.ts could not be read.');
  await build({
    ...loaded.config,
    configFile: false,
    root: join(root, 'test/engines/page'),
    // What the plugins make of the page itself, but for its policy, is no part of the workers.
    plugins: await pluginNamed(loaded.config.plugins, 'content-security-policy'),
    publicDir: false,
    logLevel: 'error',
    build: { ...loaded.config.build, outDir, emptyOutDir: true },
  });
  const server = await preview({
    configFile: false,
    root: outDir,
    build: { outDir },
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: 4473, open: false },
  });
  return {
    address: server.resolvedUrls?.local[0] ?? '',
    /** Names hold a hash of what is in the file. */
    workerFiles: readdirSync(join(outDir, 'assets/worker')),
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}

/** @param {import('vite').PluginOption[] | undefined} plugins @param {string} name */
async function pluginNamed(plugins, name) {
  const all = (await Promise.all((plugins ?? []).flat())).flat();
  return all.filter((plugin) => plugin && 'name' in plugin && plugin.name === name);
}
