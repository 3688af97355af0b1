import { formatCount, formatMoney } from '../../charts/format.ts';
import type { Allocation } from '../../core/allocate/decision-rule.ts';
import type { Run } from '../../core/contracts/run.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { ruleOf } from '../shared/catalogue.ts';
import { largestRegret, statesOfLargestRegret } from '../shared/largest-regret.ts';
import type { Money } from '../shared/money.ts';
import { noChoice } from '../shared/no-choice.ts';
import { named, paragraph } from '../shared/phrases.ts';
import { fundedName, fundedNames, portfolioName } from '../shared/portfolio-name.ts';
import { counted, listed } from '../shared/words.ts';
import { doubtClause, promise, ruleSentence } from './rule-words.ts';
import { stateWords } from './state-words.ts';

/** What the words need of a run, so that an answer that is not the run's own can be worded too. */
export type Decided = Pick<Run, 'allocation' | 'scenario' | 'evaluate_results'>;

/** The heading of the place: what to fund and what that promises. */
export function allocateHeading({ allocation, scenario, evaluate_results }: Decided, money: Money): string {
  if (evaluate_results.length === 0) return 'There is nothing to choose from.';
  const none = noChoice(allocation, scenario.min_portfolio_worst_return);
  if (none !== null) return noPortfolio[none];
  const promised = `${promise(allocation, scenario.decision_rule.parameters, money)}${doubtClause(allocation, money)}`;
  if (allocation.selected_initiatives.length === 0) return keepsItsWord(allocation) ? `Fund nothing${promised}.` : 'Fund nothing.';
  return `Fund ${fundedCount(allocation)} for ${money.rounded(allocation.total_cost)}${promised}.`;
}

/** The heading while the reader is to choose first. */
export function guessHeading({ scenario }: Pick<Run, 'scenario'>, money: Money): string {
  return `Pick a portfolio for ${money.rounded(scenario.budget)}. Then see what you would regret.`;
}

/** The choice in words: what it leaves of the budget, why the rule takes it, and both bounds on its regret. */
export function allocateReading(run: Decided, money: Money, ruleName: string): Phrase[] {
  const { allocation, scenario } = run;
  if (run.evaluate_results.length === 0) return ['No initiative has an estimate or a stated return.'];
  if (allocation.status === 'infeasible' || allocation.objective_value === null)
    return [allocation.reason ?? 'No portfolio may be chosen within the budget, the floor and the constraints.'];
  if (allocation.selected_initiatives.length === 0)
    return [`${ruleName} chooses nothing. ${allocation.reason ?? 'No affordable portfolio does better than none.'}`];
  const left = scenario.budget - allocation.total_cost;
  const isSpent = left <= 1e-9 * scenario.budget;
  const spent: Phrase[] = [
    `${ruleName} `,
    tone('funds', 'funded'),
    ' ',
    ...named(fundedNames(allocation.selected_initiatives, allocation.shares)),
    isSpent ? ' and spends the whole budget.' : ` and leaves ${money.exact(left)} of the budget.`,
  ];
  const why = ruleSentence(allocation, scenario.decision_rule.parameters, money);
  const remark = allocation.status === 'node_limit' || allocation.reason === null ? [] : [allocation.reason];
  return paragraph([spent, why === '' ? [] : [why], remark, regretSentence(allocation, money)]);
}

/** 'three initiatives', 'two initiatives and 40% of BundleEngine'. */
export function fundedCount({ selected_initiatives: ids, shares }: Allocation): string {
  const partial = ids.filter((id) => (shares?.[id] ?? 1) < 1);
  const whole = ids.length - partial.length;
  const parts = partial.map((id) => fundedName(id, shares?.[id] ?? 1));
  return listed([...(whole > 0 ? [counted(whole, 'initiative')] : []), ...parts]);
}

/** Regret is promised of an empty portfolio too; that it returns nothing goes without saying. */
function keepsItsWord({ rule }: Allocation): boolean {
  return rule === 'minimax_regret' || rule === 'interval_minimax_regret';
}

const noPortfolio = {
  floor: 'No affordable portfolio meets the floor.',
  constraints: 'No portfolio meets the constraints.',
  'not found': 'No portfolio that may be chosen was found.',
} as const;

/** Both bounds in one sentence: the one never without the other. */
function regretSentence(allocation: Allocation, money: Money): Phrase[] {
  const theta = largestRegret(allocation);
  if (theta === null) return [];
  // The interval rule has just said what it comes to if each goes its own way.
  const independent = allocation.rule === 'interval_minimax_regret' ? null : (allocation.independent_regret?.value ?? null);
  if (theta === 0) {
    const alike = 'It is the best there is in every state: nothing to regret as long as all turn out alike';
    return independent === null || independent <= 0
      ? [`${alike}.`]
      : [`${alike}; if each goes its own way, it can lose `, tone(money.exact(independent), 'regret'), '.'];
  }
  const binding = statesOfLargestRegret(allocation).map((state) => stateWords[state]);
  const alike: Phrase[] = [
    'Its ',
    tone(`largest regret, ${money.exact(theta)},`, 'regret'),
    ` comes in the ${listed(binding)} ${binding.length === 1 ? 'state' : 'states'} if all turn out alike`,
  ];
  if (independent === null) return [...alike, '.'];
  return [...alike, '; if each goes its own way, it can lose ', tone(money.exact(independent), 'regret'), '.'];
}

/** How the answer was proved, in a line. */
export function proofLine({ proof, status, rule, objective_value }: Allocation, money: Money): string {
  if (proof === null) {
    if (status === 'infeasible') return 'It is proved that no portfolio may be chosen.';
    return objective_value === null
      ? 'Not proved: the search stopped at its limit.'
      : 'A rule of thumb takes what it meets first: nothing is proved about its choice.';
  }
  const asked = proof.solver;
  const second =
    asked === null
      ? ''
      : asked.agrees
        ? `; ${asked.name} agrees`
        : `; ${asked.name} answered ${portfolioName(asked.selected_initiatives)} at ${money.exact(asked.objective_value)}, which is worse, and was overruled`;
  const bounds = `bound ${money.exact(proof.bound)}, gap ${money.exact(proof.gap)}`;
  if (status === 'node_limit') {
    const what = ruleOf(rule)?.objective ?? { label: 'objective', sense: 'minimise' };
    const fine = (value: number) => formatMoney(value, money.symbol, decimalsOf(proof.gap));
    const side = what.sense === 'minimise' ? 'below' : 'above';
    return `Not proved: the search stopped at its limit. No portfolio has a ${what.label} ${side} ${fine(proof.bound)}, so the gap is ${fine(proof.gap)} at most${second}.`;
  }
  switch (proof.method) {
    case 'enumeration':
      return `Proved by enumerating ${formatCount(proof.portfolios_enumerated ?? 0)} portfolios${second}.`;
    case 'branch_and_bound':
      return `Proved by branch and bound: ${bounds}${second}.`;
    case 'adversary_cuts':
      return `Proved by a search against every scenario an adversary could choose: ${bounds}${second}.`;
    case 'linear_relaxation':
      return `Proved by a linear program in exact fractions: ${bounds}${second}.`;
  }
}

/** Two digits of what is left to prove. */
function decimalsOf(gap: number): number {
  return gap > 0 ? Math.min(8, Math.max(0, 1 - Number(gap.toExponential(0).split('e')[1]))) : 0;
}

export function tiesLine({ ties, ties_capped }: Allocation): string {
  if (ties.length === 0) return '';
  const shown = ties.slice(0, tiesNamed).map((ids) => portfolioName(ids));
  const left = ties.length - shown.length;
  const more = left > 0 ? `; and ${formatCount(left)}${ties_capped ? ' or more' : ''} others` : ties_capped ? ', and more' : '';
  return `Equally good: ${shown.join('; ')}${more}. The one shown costs least, then comes first by name.`;
}

const tiesNamed = 10;

export function ineligibleWords(run: Run): { id: string; reason: string }[] {
  const unmeasured = run.initiatives.flatMap(({ initiative_id: id, pilot }) =>
    pilot?.result.status === 'degenerate' ? [{ id, reason: 'its pilot has no answer' }] : [],
  );
  return [...run.allocation.ineligible, ...unmeasured];
}
