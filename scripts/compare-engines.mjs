// @ts-check
// npm run engines: the same work in node and in every browser engine that is here, with 1, 2 and 4 workers, here and elsewhere, and
// the built page itself with every preset; one line for each, and whether every digest is the one that node gives in one process.
import { readFileSync } from 'node:fs';
import { differences, elsewhere, reportOfBrowser, reportOfNode, serveComparison } from './engines-comparison.mjs';
import { findEngines } from './engines.mjs';
import { ensureInstalled, PlainError, root, runScript } from './install.mjs';

/** @typedef {import('./engines-comparison.mjs').EngineReport} EngineReport */
/** @typedef {{ workers: number, surroundings: import('./engines.mjs').Surroundings | null }} Setting */

/** @type {Setting[]} */
const settings = [
  ...[1, 2, 4].map((workers) => ({ workers, surroundings: null })),
  ...elsewhere.map((surroundings) => ({ workers: 2, surroundings })),
];
const presetDigests = JSON.parse(readFileSync(`${root}test/reference/preset-digests.json`, 'utf8'));
let [compared, different] = [0, 0];
/** What the engines' own Math functions give, by digest: the engines that give it. @type {Map<string, Set<string>>} */
const ownFunctions = new Map();

await runScript(async () => {
  ensureInstalled();
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt();
  const { preview } = await import('vite');
  const page = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 4573, open: false } });
  const comparison = await serveComparison();
  try {
    const reference = await reportOfNode(0, null);
    line('engine', 'version', 'workers', 'seconds', 'equal', 'locale and time zone, as the engine sees them');
    line('node', process.versions.node, '0', reference.seconds.toFixed(1), 'reference', reference.surroundings.join('; '));
    noteOwnFunctions('node', reference);
    for (const { workers, surroundings } of settings)
      show('node', process.versions.node, workers, await reportOfNode(workers, surroundings), reference);
    for (const engine of await findEngines()) {
      if ('missing' in engine) console.log(`${engine.name.padEnd(10)}not run: ${engine.missing}`);
      else await runEngine(engine, comparison.address, page.resolvedUrls?.local[0] ?? '', reference);
    }
    console.log(`\n${compared - different} of ${compared} digests equal`);
    console.log(`The engines' own exp, log, sin, pow and the like, for comparison: ${ownFunctionsSentence()}`);
    if (different > 0) throw new PlainError(`${different} digests differ.`);
  } finally {
    await comparison.close();
    await page.close();
  }
});

/** @param {import('./engines.mjs').Engine} engine @param {string} comparison @param {string} page @param {EngineReport} reference */
async function runEngine(engine, comparison, page, reference) {
  for (const place of [null, ...elsewhere]) {
    const session = await engine.start(place);
    try {
      for (const { workers } of settings.filter(({ surroundings }) => surroundings === place))
        show(
          engine.name,
          session.version,
          workers,
          noteOwnFunctions(engine.name, await reportOfBrowser(session, comparison, workers)),
          reference,
        );
      if (place === null) await runPresets(engine.name, session, page);
    } finally {
      await session.close();
    }
  }
}

/** The built page itself, opened by links. @param {string} name @param {import('./engines.mjs').Session} session @param {string} page */
async function runPresets(name, session, page) {
  const started = performance.now();
  /** @type {Record<string, string>} */
  const digests = {};
  for (const id of Object.keys(presetDigests))
    digests[id] = await session.read(`${page}?${id}#/overview?v=1&p=${id}`, 'data-digest', 60_000);
  const report = {
    digests,
    seconds: (performance.now() - started) / 1000,
    surroundings: ['the page itself, every preset'],
    ownFunctions: '',
  };
  show(name, session.version, null, report, { ...report, digests: presetDigests });
}

/** @param {string} name @param {EngineReport} report */
function noteOwnFunctions(name, report) {
  ownFunctions.set(report.ownFunctions, (ownFunctions.get(report.ownFunctions) ?? new Set()).add(name));
  return report;
}

function ownFunctionsSentence() {
  const groups = [...ownFunctions.values()].map((names) => [...names].join(' and '));
  return groups.length === 1 ? `the same in ${groups[0]}` : `${groups.length} different digests (${groups.join('; ')})`;
}

/** @param {string} name @param {string} version @param {number | null} workers @param {EngineReport} report @param {EngineReport} reference */
function show(name, version, workers, report, reference) {
  const unequal = differences(report, reference);
  const count = Object.keys(reference.digests).length;
  compared += count;
  different += unequal.length;
  const places = [...new Set(report.surroundings)].join('; in a worker ');
  line(name, version, String(workers ?? ''), report.seconds.toFixed(1), `${count - unequal.length} of ${count}`, places);
  for (const key of unequal) console.log(`  differs: ${key}: ${report.digests[key]}, expected ${reference.digests[key]}`);
}

/** @param {string} engine @param {string} version @param {string} workers @param {string} seconds @param {string} equal @param {string} place */
function line(engine, version, workers, seconds, equal, place) {
  console.log(`${engine.padEnd(10)}${version.padEnd(16)}${workers.padStart(7)}${seconds.padStart(9)}  ${equal.padEnd(10)}${place}`);
}
