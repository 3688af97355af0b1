import type { Run } from '../../core/contracts/run.ts';
import { degeneratePilots, judgedPilots, simulatedPilots } from '../shared/coverage.ts';
import { largestRegret } from '../shared/largest-regret.ts';
import type { Money } from '../shared/money.ts';
import { noChoice } from '../shared/no-choice.ts';
import { capitalise, counted, countWord } from '../shared/words.ts';

/** The page's heading: what the run found, in one sentence. */
export function finding(run: Run, money: Money): string {
  if (run.initiatives.length === 0) return 'There is nothing to decide yet.';
  if (simulatedPilots(run).length === 0) return statedFinding(run, money);
  return `${capitalise(recovered(run))}; ${decided(run, money)}.`;
}

/** Whether the pilots' intervals hold the true effects. */
export function recovered(run: Run): string {
  const judged = judgedPilots(run);
  const unmeasured = degeneratePilots(run).length;
  const caught = judged.filter((pilot) => pilot.verdict === 'holds').length;
  if (judged.length === 0) return unmeasured === 1 ? 'the pilot could not be measured' : 'no pilot could be measured';
  const pilots = (count: number) => (unmeasured > 0 ? `${countWord(count)} measured pilots` : `${countWord(count)} pilots`);
  if (judged.length === 1) return `the one ${unmeasured > 0 ? 'measured ' : ''}pilot ${caught === 1 ? 'caught' : 'missed'} the truth`;
  if (caught === judged.length)
    return judged.length === 2
      ? `both ${unmeasured > 0 ? 'measured ' : ''}pilots caught the truth`
      : `all ${pilots(judged.length)} caught the truth`;
  if (caught === 0)
    return judged.length === 2
      ? `neither ${unmeasured > 0 ? 'measured ' : ''}pilot caught the truth`
      : `none of ${pilots(judged.length)} caught the truth`;
  return `${countWord(caught)} of ${pilots(judged.length)} caught the truth`;
}

function decided(run: Run, money: Money): string {
  const funded = run.allocate_result.selected_initiatives.length;
  const none = noChoice(run.allocation, run.scenario.min_portfolio_worst_return);
  if (none !== null) return noPortfolio[none];
  if (run.oracle === null) return fundedClause(funded, run.initiatives.length);
  const lost = losesNothing(run, money) ? null : money.rounded(run.oracle.realised_regret);
  if (funded === 0) return lost === null ? 'rightly, nothing was funded' : `nothing was funded, which left ${lost} on the table`;
  return lost === null ? 'the portfolio left nothing on the table' : `the portfolio left ${lost} on the table`;
}

/** No realised regret, or none that the printed digits show. */
export function losesNothing(run: Run, money: Money): boolean {
  const regret = run.oracle?.realised_regret ?? 0;
  return regret <= 0 || money.rounded(regret) === money.rounded(0);
}

function statedFinding(run: Run, money: Money): string {
  const funded = run.allocate_result.selected_initiatives.length;
  const none = noChoice(run.allocation, run.scenario.min_portfolio_worst_return);
  if (none !== null) return `${capitalise(noPortfolio[none])}.`;
  const clause = capitalise(fundedClause(funded, run.initiatives.length));
  const regret = largestRegret(run.allocation);
  if (regret === null) return `${clause}.`;
  return `${clause}; ${money.exact(regret)} is the most there is to regret if they turn out alike.`;
}

const noPortfolio = {
  floor: 'no portfolio meets the floor',
  constraints: 'no portfolio meets the constraints',
  'not found': 'no portfolio that may be chosen was found',
} as const;

function fundedClause(funded: number, all: number): string {
  if (funded === 0) return all === 1 ? 'the one initiative was not funded' : `none of ${counted(all, 'initiative')} was funded`;
  if (all === 1) return 'the one initiative was funded';
  if (funded === all) return all === 2 ? 'both initiatives were funded' : `all ${counted(all, 'initiative')} were funded`;
  return `${countWord(funded)} of ${counted(all, 'initiative')} ${funded === 1 ? 'was' : 'were'} funded`;
}
