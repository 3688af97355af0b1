// npm run calibrate: runs the battery of every method and stores the cards. npm run calibrate -- experiment: only those methods.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CalibrationCard } from '../src/core/calibrate/calibration-card.ts';
import { calibrate } from '../src/core/calibrate/calibrate.ts';
import { estimatorDescriptions, type EstimatorId } from '../src/core/measure/descriptions.ts';

const replications = { home: 1000, violation: 300 };
const seed = 'calibration';
const file = fileURLToPath(new URL('../src/core/calibrate/cards.json', import.meta.url));
const ids = Object.keys(estimatorDescriptions) as EstimatorId[];

const [only, ...chosen] = process.argv.slice(2);
if (only === '--card') {
  process.stdout.write(JSON.stringify(calibrate(chosen[0] as EstimatorId, replications, seed)));
} else {
  await calibrateAll(only === undefined ? ids : ([only, ...chosen] as EstimatorId[]));
}

/** One process per method, as many at a time as there are processors. Cards do not depend on which process made them. */
async function calibrateAll(wanted: readonly EstimatorId[]): Promise<void> {
  const unknown = wanted.filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new Error(`There is no method '${unknown.join("', '")}'. There are: ${ids.join(', ')}.`);
  const cards = JSON.parse(await readFile(file, 'utf8')) as Record<string, CalibrationCard>;
  const waiting = [...wanted];
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      cards[id] = JSON.parse(await cardOf(id)) as CalibrationCard;
      process.stderr.write(`${id}\n`);
    }
  });
  await Promise.all(lanes);
  const inOrder = Object.fromEntries(ids.flatMap((id) => (cards[id] === undefined ? [] : [[id, cards[id]]])));
  await writeFile(file, `${JSON.stringify(inOrder, rounded, 1)}\n`);
}

function cardOf(id: EstimatorId): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), '--card', id], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`the battery of ${id} stopped with code ${code}`))));
  });
}

/** Six significant digits: far more than Monte Carlo error leaves certain. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
