// @ts-check
// Node built-ins only: this file runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Installs the packages of package-lock.json unless exactly those are there already. */
export function ensureInstalled() {
  requireNode(20);
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) ...');
  const npm = npmCommand(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  const { status, error } = spawnSync(npm.command, npm.args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: npm.shell });
  if (error) throw new PlainError(`npm could not be started: ${error.message}. Install Node 20 or newer together with npm and try again.`);
  if (status !== 0)
    throw new PlainError('The packages could not be installed (npm ci failed, see above). Check the network connection and try again.');
}

/** How to start npm: the one that started us if there is one, else the one on the path. @param {string[]} args */
export function npmCommand(args) {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.c?js$/.test(running)) return { command: process.execPath, args: [running, ...args], shell: false };
  return { command: 'npm', args, shell: process.platform === 'win32' };
}

/** An expected failure: the message says everything, a stack would only hide it. */
export class PlainError extends Error {}

/** Runs a script's main function; failures end in a sentence and exit code 1. @param {() => Promise<void>} main */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    console.error(`\n${error instanceof PlainError ? error.message : error instanceof Error ? error.stack : String(error)}`);
    process.exit(1);
  }
}

// npm writes its own record of what it put into node_modules, and writes it last; it is the stamp we compare with.
function isInstalled() {
  const stamp = `${root}node_modules/.package-lock.json`;
  if (!existsSync(stamp)) return false;
  const wanted = packagesOf(`${root}package-lock.json`);
  const present = packagesOf(stamp);
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || (present[path] ? present[path].version === entry.version : entry.optional === true),
  );
}

/** @param {string} lockfile @returns {Record<string, { version?: string, optional?: boolean }>} */
function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** @param {number} major */
function requireNode(major) {
  if (Number(process.versions.node.split('.')[0]) >= major) return;
  throw new PlainError(`This needs Node ${major} or newer; this is Node ${process.versions.node}.`);
}
