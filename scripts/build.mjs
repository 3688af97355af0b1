// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const sources = [
  'src',
  'workers',
  'public',
  'scripts',
  'index.html',
  'package-lock.json',
  'svelte.config.js',
  'tsconfig.json',
  'vite.config.ts',
];

/** Builds the page into dist/ when anything it is made of is newer than what is there. */
export async function ensureBuilt() {
  if (isBuilt('dist/index.html')) return;
  console.log('Building the page ...');
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn' });
}

/** The page as one file, built when anything it is made of is newer. @returns {string} where it is */
export function ensureSingleBuilt() {
  const page = 'dist-single/impact-workbench.html';
  if (!isBuilt(page)) execFileSync(process.execPath, [join(root, 'scripts/build-single.mjs')]);
  return join(root, page);
}

/** @param {string} path */
function isBuilt(path) {
  const page = join(root, path);
  if (!existsSync(page)) return false;
  const builtAt = statSync(page).mtimeMs;
  return sources.every((source) => newest(join(root, source)) <= builtAt);
}

// A folder's own time counts too: it changes when a file in it is added, renamed or deleted.
/** @param {string} path @returns {number} */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}
