// @ts-check
// npm test: everything that must hold, stopping at the first failure.
// npm test -- --only unit,e2e runs the named steps only; --keep-going runs the rest after a failure too.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureInstalled, npmCommand, PlainError, root, runScript } from './install.mjs';
import { readPlaywright, readVitest } from './test-reports.mjs';

/** @typedef {import('./test-reports.mjs').Summary} Summary */
/** @typedef {{ id: string, title: string, script: string, args?: string[], read?: (report: any) => Summary, reportFile?: string, browser?: true, together?: true }} Step */
/** @typedef {{ step: Step, seconds: number, ok: boolean, summary?: Summary, output: string }} Outcome */

const reports = `${root}node_modules/.cache/test-reports`;

/** @type {Step[]} Steps that use one core each run two at a time, the longest first; the last has the machine to itself. */
const steps = [
  vitest('unit', 'core and engine, in node', 'node', '--maxWorkers=1'),
  { id: 'check', title: 'types', script: 'check', together: true },
  { id: 'lint', title: 'lint', script: 'lint:code', together: true },
  { id: 'layers', title: 'layer rules', script: 'lint:layers', together: true },
  { id: 'unused', title: 'unused code', script: 'lint:unused', together: true },
  { ...vitest('browser', 'state and workers, in a browser', 'browser'), browser: true },
  vitest('components', 'charts and controls, in jsdom', 'jsdom', '--maxWorkers=1'),
  { id: 'build', title: 'build', script: 'build', together: true },
  { id: 'single', title: 'build of the one-file page', script: 'build:single', together: true },
  { id: 'size', title: 'size budget', script: 'size' },
  {
    id: 'e2e',
    title: 'the built page, end to end',
    script: 'e2e',
    args: ['--reporter=list,json'],
    reportFile: `${reports}/e2e.json`,
    read: readPlaywright,
    browser: true,
  },
];

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

await runScript(async () => {
  const { chosen, keepGoing } = readArguments(process.argv.slice(2));
  ensureInstalled();
  await prepareBrowser(chosen);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (stopAll(), process.exit(130)));
  const started = performance.now();
  const outcomes = await runAll(chosen, keepGoing);
  report(chosen, outcomes, (performance.now() - started) / 1000);
  process.exitCode = outcomes.every((outcome) => outcome.ok) ? 0 : 1;
});

/** @param {string} id @param {string} title @param {string} project @param {string[]} more @returns {Step} */
function vitest(id, title, project, ...more) {
  const reportFile = `${reports}/${id}.json`;
  const args = ['--project', `${project}*`, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...more];
  return { id, title, script: 'unit', args, reportFile, read: readVitest, together: true };
}

/** @param {string[]} words */
function readArguments(words) {
  let chosen = steps;
  let keepGoing = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--keep-going') keepGoing = true;
    else if (word === '--only') chosen = only(words[++i] ?? '');
    else if (word?.startsWith('--only=')) chosen = only(word.slice('--only='.length));
    else throw new PlainError(`Unknown argument "${word}". Use --only ${steps.map((step) => step.id).join(',')} or --keep-going.`);
  }
  return { chosen, keepGoing };
}

/** @param {string} list */
function only(list) {
  const ids = list.split(',');
  const unknown = ids.filter((id) => !steps.some((step) => step.id === id));
  if (unknown.length > 0)
    throw new PlainError(`There is no step "${unknown.join('", "')}". The steps are ${steps.map((step) => step.id).join(', ')}.`);
  return steps.filter((step) => ids.includes(step.id));
}

// Found once here and handed to every child process by the environment.
/** @param {Step[]} chosen */
async function prepareBrowser(chosen) {
  if (!chosen.some((step) => step.browser)) return;
  const { findBrowser } = await import('./browser.mjs');
  console.log(`browser: ${(await findBrowser()).source}`);
}

/** @param {Step[]} chosen @param {boolean} keepGoing @returns {Promise<Outcome[]>} */
async function runAll(chosen, keepGoing) {
  /** @type {Outcome[]} */
  const outcomes = [];
  const stopped = () => !keepGoing && outcomes.some((outcome) => !outcome.ok);
  /** @param {Step[]} queue */
  const lane = async (queue) => {
    for (let step = queue.shift(); step && !stopped(); step = queue.shift()) {
      const outcome = await run(step);
      if (stopped()) return;
      outcomes.push(outcome);
      console.log(line(outcome));
      if (stopped()) stopAll();
    }
  };
  const together = chosen.filter((step) => step.together);
  await Promise.all([lane(together), lane(together)]);
  await lane(chosen.filter((step) => !step.together));
  return outcomes;
}

/** @param {Step} step @returns {Promise<Outcome>} */
function run(step) {
  const started = performance.now();
  const npm = npmCommand(['run', '--silent', step.script, ...(step.args ? ['--', ...step.args] : [])]);
  const env = { ...process.env, ...(step.id === 'e2e' ? { PLAYWRIGHT_JSON_OUTPUT_FILE: step.reportFile } : {}) };
  const child = spawn(npm.command, npm.args, {
    cwd: root,
    env,
    shell: npm.shell,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    /** @param {boolean} ok */
    const end = (ok) => {
      running.delete(child);
      const summary = summaryOf(step);
      resolve({ step, seconds: (performance.now() - started) / 1000, ok: ok && (summary?.failed ?? 0) === 0, summary, output });
    };
    child.on('error', (error) => ((output += error.message), end(false)));
    child.on('close', (code) => end(code === 0));
  });
}

/** @param {Step} step @returns {Summary | undefined} */
function summaryOf(step) {
  if (!step.reportFile || !existsSync(step.reportFile)) return undefined;
  return step.read?.(JSON.parse(readFileSync(step.reportFile, 'utf8')));
}

function stopAll() {
  for (const child of running) {
    try {
      if (child.pid && process.platform !== 'win32') process.kill(-child.pid, 'SIGTERM');
      else child.kill();
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

/** @param {Outcome} outcome */
function line({ step, seconds, ok, summary }) {
  return `${ok ? 'ok  ' : 'FAIL'}  ${step.title.padEnd(34)}${`${seconds.toFixed(1)} s`.padStart(8)}${summary ? `   ${sentence(summary)}` : ''}`;
}

/** @param {Step[]} chosen @param {Outcome[]} outcomes @param {number} seconds */
function report(chosen, outcomes, seconds) {
  const failed = outcomes.filter((outcome) => !outcome.ok);
  for (const { summary } of outcomes)
    for (const text of summary?.unsteady ?? []) console.log(`\nPassed only when it was tried again:\n${text}`);
  // What failed comes before everything that was printed: a long output is often cut.
  for (const { step, summary } of failed)
    console.log(`\n${heading(step)}${(summary?.failures ?? []).map((text) => `\n\n${text}`).join('')}`);
  for (const { step, output } of failed)
    console.log(`\n${'-'.repeat(78)}\nall that was printed: ${step.title}\n${'-'.repeat(78)}\n${output.trim()}`);
  const left = chosen.filter((step) => !outcomes.some((outcome) => outcome.step === step));
  if (left.length > 0) console.log(`\nNot run because of the failure: ${left.map((step) => step.title).join('; ')}.`);
  console.log(`\n${outcomes.length - failed.length} of ${chosen.length} steps in ${seconds.toFixed(0)} s`);
  console.log(sentence(total(outcomes)));
}

/** @param {Step} step */
function heading(step) {
  return `${step.title} failed (again alone: npm test -- --only ${step.id})`;
}

// A step that fails without a failed test (a type error, say) counts as one failure: "0 failed" means that all is well.
/** @param {Outcome[]} outcomes @returns {Omit<Summary, 'failures' | 'unsteady'>} */
function total(outcomes) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, summary } of outcomes) {
    sum.passed += summary?.passed ?? 0;
    sum.skipped += summary?.skipped ?? 0;
    sum.failed += ok ? 0 : Math.max(1, summary?.failed ?? 0);
  }
  return sum;
}

/** @param {Omit<Summary, 'failures' | 'unsteady'>} summary */
function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
