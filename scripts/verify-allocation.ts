// npm run verify:allocation: 10,000 random instances of every rule against a naive search. npm run verify:allocation -- 2000: so many.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { allocate } from '../src/core/allocate/index.ts';
import type { Solver } from '../src/core/allocate/solver.ts';
import { problemOf, randomInstance, ruleIds, type InstanceKind, type RuleId } from '../test/property/allocation-instances.ts';
import { disagreements } from '../test/property/compare-allocations.ts';
import { naiveAllocation } from '../test/property/naive-allocation.ts';
import { loadHighsSolver } from '../workers/highs-solver.ts';

/** Of every 1,000 instances; the rest are small. Each rule has its share of every kind. */
const kinds: readonly { readonly name: string; readonly perThousand: number; readonly kind: Omit<InstanceKind, 'rule'>; readonly rules: readonly RuleId[] }[] = [
  { name: 'up to 9 initiatives', perThousand: 960, kind: { size: { least: 0, most: 9 } }, rules: ruleIds },
  { name: '10 to 12 initiatives', perThousand: 36, kind: { size: { least: 10, most: 12 } }, rules: ruleIds },
  // More than are enumerated, so that the search is put to the test; too many for the naive search over pairs.
  { name: '21 initiatives, all in play', perThousand: 4, kind: { size: { least: 21, most: 21 }, allInPlay: true }, rules: ruleIds.filter((id) => id !== 'interval_minimax_regret') },
];
/** The solver is asked about one in so many. */
const secondOpinions = 10;

type Count = { instances: number; infeasible: number; tied: number; constrained: number; asked: number; unanswered: number; wrong: number };
type Tally = { readonly counts: Record<string, Count>; readonly complaints: string[] };

const [first, second] = process.argv.slice(2);
if (first === '--shard') {
  const [index = 0, of = 1, total = 0] = (second ?? '').split('/').map(Number);
  process.stdout.write(JSON.stringify(verify(total, index, of, await loadHighsSolver())));
} else {
  await verifyAll(first === undefined ? 10_000 : Number(first));
}

async function verifyAll(total: number): Promise<void> {
  if (!Number.isSafeInteger(total) || total < 1) throw new Error('How many instances? Give a whole number, or none for 10,000.');
  const lanes = availableParallelism();
  const parts = await Promise.all(Array.from({ length: lanes }, (_, index) => shard(`${index}/${lanes}/${total}`)));
  const counts: Record<string, Count> = {};
  for (const part of parts) {
    for (const [rule, count] of Object.entries(part.counts)) {
      const sum = (counts[rule] ??= noCount());
      for (const field of Object.keys(count) as (keyof Count)[]) sum[field] += count[field];
    }
  }
  const complaints = parts.flatMap((part) => part.complaints);
  process.stdout.write(`${table(counts)}\n`);
  for (const complaint of complaints.slice(0, 20)) process.stdout.write(`\n${complaint}\n`);
  const wrong = Object.values(counts).reduce((sum, count) => sum + count.wrong, 0);
  process.stdout.write(`\n${wrong === 0 ? 'No disagreement.' : `${wrong} disagreements.`}\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function shard(which: string): Promise<Tally> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), '--shard', which], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(text) as Tally) : reject(new Error(`shard ${which} stopped with ${code ?? 'a signal'}`))));
  });
}

function verify(total: number, index: number, of: number, solver: Solver): Tally {
  const tally: Tally = { counts: {}, complaints: [] };
  for (const { name, perThousand, kind, rules } of kinds) {
    const each = Math.ceil((total * perThousand) / 1000 / rules.length);
    for (const rule of rules) {
      for (let number = index; number < each; number += of) {
        const count = (tally.counts[rule] ??= noCount());
        const asks = number % secondOpinions === 0 && rule !== 'greedy_roi' && rule !== 'interval_minimax_regret';
        const lines = verifyOne(number, { ...kind, rule }, asks ? solver : null, count);
        if (lines.length === 0) continue;
        count.wrong += 1;
        tally.complaints.push([`${rule}, ${name}, number ${number}`, ...lines].join('\n  '));
      }
    }
  }
  return tally;
}

function verifyOne(number: number, kind: InstanceKind, solver: Solver | null, count: Count): readonly string[] {
  const instance = randomInstance(number, kind);
  const expected = naiveAllocation(instance);
  const found = allocate(problemOf(instance), solver);
  const opinion = found.proof?.solver ?? null;
  count.instances += 1;
  if (!expected.isFeasible) count.infeasible += 1;
  if (expected.optimal.length > 1) count.tied += 1;
  if (Object.values(instance.constraints).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null))) count.constrained += 1;
  if (opinion !== null) count.asked += 1;
  else if (found.proof?.solver_note !== undefined) count.unanswered += 1;
  const contradicted = opinion !== null && !opinion.agrees ? [`${opinion.name} found ${opinion.objective_value}, not ${found.objective_value ?? 'nothing'}`] : [];
  return [...disagreements(found, expected), ...contradicted];
}

function noCount(): Count {
  return { instances: 0, infeasible: 0, tied: 0, constrained: 0, asked: 0, unanswered: 0, wrong: 0 };
}

function table(counts: Readonly<Record<string, Count>>): string {
  const head = ['rule', 'instances', 'infeasible', 'tied', 'constrained', 'solver agrees', 'solver fails', 'disagreements'];
  const cells = (name: string, count: Count) => [name, count.instances, count.infeasible, count.tied, count.constrained, count.asked, count.unanswered, count.wrong].map(String);
  const sum = noCount();
  for (const count of Object.values(counts)) for (const field of Object.keys(sum) as (keyof Count)[]) sum[field] += count[field];
  const rows = [head, ...Object.entries(counts).map(([rule, count]) => cells(rule, count)), cells('all', sum)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')).join('\n');
}
