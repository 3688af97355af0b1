import { formatConfidence, formatCount } from '../../charts/format.ts';
import type { Run } from '../../core/contracts/run.ts';
import type { Step } from '../../interchange/link.ts';
import type { StudyProgress } from '../../state/study-progress.svelte.ts';
import { degeneratePilots, judgedPilots, simulatedPilots } from '../shared/coverage.ts';
import type { Money } from '../shared/money.ts';
import { noChoice } from '../shared/no-choice.ts';

/** What each step of the loop came to, in two words, so that the navigation alone tells the story. */
export function stepResults(run: Run, money: Money): Readonly<Record<Exclude<Step, 'study'>, string>> {
  return {
    overview: overviewResult(run),
    simulate: simulateResult(run),
    measure: measureResult(run),
    evaluate: evaluateResult(run),
    allocate: allocateResult(run),
    scale: scaleResult(run, money),
  };
}

/** Of a study that a person starts; nothing runs it by itself. */
export function studyResult({ status, done, planned }: StudyProgress, stale: boolean): string {
  if (status === 'running') return `${formatCount(done)} of ${formatCount(planned)}`;
  if (done === 0) return status === 'failed' ? 'failed' : 'not run yet';
  if (stale) return 'of another scenario';
  return done === 1 ? '1 replication' : `${formatCount(done)} replications`;
}

function overviewResult(run: Run): string {
  const judged = judgedPilots(run);
  if (judged.length === 0) return 'no truth to compare';
  const missed = judged.filter(({ verdict }) => verdict !== 'holds').length;
  if (missed === 0) return 'truth recovered';
  return missed === 1 ? 'one truth missed' : `${missed} truths missed`;
}

function simulateResult(run: Run): string {
  const catalogs = simulatedPilots(run).length;
  if (catalogs === 0) return run.initiatives.length === 0 ? 'empty' : `${run.initiatives.length} stated`;
  return catalogs === 1 ? '1 catalog' : `${catalogs} catalogs`;
}

function measureResult(run: Run): string {
  const judged = judgedPilots(run);
  if (judged.length > 0) return `${judged.filter(({ verdict }) => verdict === 'holds').length} of ${judged.length} in interval`;
  return degeneratePilots(run).length > 0 ? 'no estimate' : 'nothing measured';
}

function evaluateResult(run: Run): string {
  const confidences = run.evaluate_results.map(({ confidence }) => confidence);
  if (confidences.length === 0) return 'nothing to trust';
  const lowest = formatConfidence(Math.min(...confidences));
  const highest = formatConfidence(Math.max(...confidences));
  return lowest === highest ? `confidence ${lowest}` : `${lowest} \u2013 ${highest}`;
}

function allocateResult(run: Run): string {
  const none = noChoice(run.allocation, run.scenario.min_portfolio_worst_return);
  if (none !== null) return { floor: 'floor too high', constraints: 'none allowed', 'not found': 'none found' }[none];
  const funded = run.allocate_result.selected_initiatives.length;
  return funded === 0 ? 'none funded' : `${funded} funded`;
}

function scaleResult(run: Run, money: Money): string {
  if (run.oracle === null) return run.outcome_reports.length === 0 ? 'not simulated' : `${run.outcome_reports.length} measured`;
  const regret = run.oracle.realised_regret;
  return regret <= 0 || money.rounded(regret) === money.rounded(0) ? 'nothing lost' : `regret ${money.compact(regret)}`;
}
