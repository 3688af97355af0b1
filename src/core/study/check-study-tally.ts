import { inputError } from '../contracts/input-error.ts';
import { keptRows } from './kept-replicates.ts';
import type { StudyPlan } from './study-plan.ts';
import { replicationsDone, type RowTally, type StudyTally } from './study-tally.ts';

type Counts = Readonly<Record<string, number>>;

/** That the sums are about the replications that the file says are done. @throws InputError where they cannot be */
export function checkStudyTally({ replications: planned, settings }: StudyPlan, tally: StudyTally): void {
  const last = tally.done.at(-1)?.[1] ?? 0;
  if (last > planned) throw inputError('done', `must not go beyond the ${planned} replications planned (found ${last})`, last);
  const done = replicationsDone(tally);
  tally.rows.forEach((row, i) => {
    checkRow(row, done, `state.rows.${i}`);
    checkKept(tally, keptRows(tally.kept, i).map(({ replication }) => replication), `state.kept: row ${i}`);
  });
  const decides = settings.extent !== 'estimates';
  checkDecisions(tally, decides ? done : 0);
  checkKept(decides ? tally : { ...tally, done: [] }, [...tally.decisions.kept.keys()], 'state.decisions.kept');
}

function checkRow({ estimand, population, sample, failures }: RowTally, done: number, path: string): void {
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  const answered = Math.max(population.replications, sample.replications);
  if (answered + failed > done) throw changed(path, `${answered} answers and ${failed} failures`, done);
  if (estimand === null && done > 0) throw inputError(`${path}.estimand`, 'is missing; take the file as it was written', null);
}

/** That what is kept one by one are the replications done that are below `keep`. */
function checkKept({ done, keep }: StudyTally, replications: readonly number[], path: string): void {
  const wanted = done.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, keep) - from), 0);
  if (replications.length !== wanted)
    throw inputError(path, `must hold the ${wanted} replications that are kept (found ${replications.length}); take the file as it was written`, null);
  const isDone = (at: number) => Number.isInteger(at) && at < keep && done.some(([from, to]) => from <= at && at < to);
  const foreign = replications.find((at) => !isDone(at));
  if (foreign !== undefined) throw inputError(path, `replication ${foreign} is not among those done; take the file as it was written`, null);
}

function checkDecisions({ decisions }: StudyTally, done: number): void {
  for (const [id, { counts }] of decisions.arms) checkCounts(counts, done, `state.decisions.arms: ${id}`);
  const loops = decisions.loops.reduce((sum, { counts }) => sum + counts.replications, 0);
  if (loops !== done) throw changed('state.decisions.loops', `${loops} replications`, done);
  decisions.loops.forEach(({ counts }, group) => {
    checkCounts(counts, counts.replications, `state.decisions.loops.${group}`);
    for (const [id, { groups }] of decisions.initiatives)
      checkCounts(groups[group]!.counts, counts.replications, `state.decisions.initiatives: ${id}, group ${group}`);
  });
}

/** `replications` is what it must be, and no other count is above it. */
function checkCounts(counts: Counts, replications: number, path: string): void {
  if (counts.replications !== replications) throw changed(path, `${counts.replications} replications`, replications);
  const above = Object.entries(counts).find(([, count]) => count > replications);
  if (above !== undefined) throw inputError(`${path}.${above[0]}`, `must not be above the ${replications} replications (found ${above[1]})`, above[1]);
}

function changed(path: string, found: string, done: number) {
  return inputError(path, `has ${found} where ${done} are done; take the file as it was written`, null);
}
