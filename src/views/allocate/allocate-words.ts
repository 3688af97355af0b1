import { formatCount } from '../../charts/format.ts';
import type { Allocation } from '../../core/allocate/decision-rule.ts';
import type { Run } from '../../core/contracts/run.ts';
import type { State } from '../../core/contracts/shared-types.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { named } from '../shared/phrases.ts';
import { counted, listed } from '../shared/words.ts';
import { portfolioName } from './portfolio-rows.ts';

export const stateWords: Readonly<Record<State, string>> = { best: 'best', med: 'median', worst: 'worst' };

/** The heading of the place: what to fund and what that can cost. */
export function allocateHeading({ allocation, evaluate_results }: Run, money: Money): string {
  if (evaluate_results.length === 0) return 'There is nothing to choose from.';
  if (allocation.status === 'infeasible') return 'No affordable portfolio meets the floor.';
  const chosen = allocation.selected_initiatives;
  const regret = allocation.objective_value;
  const promise =
    allocation.rule !== 'minimax_regret' || regret === null
      ? ''
      : regret === 0
        ? ', with nothing to regret in any state'
        : `: at most ${money.rounded(regret)} to regret`;
  if (chosen.length === 0) return `Fund nothing${promise}.`;
  return `Fund ${counted(chosen.length, 'initiative')} for ${money.rounded(allocation.total_cost)}${promise}.`;
}

/** The choice in words, with what binds it. */
export function allocateReading(run: Run, money: Money, ruleName: string): Phrase[] {
  const { allocation, scenario } = run;
  if (run.evaluate_results.length === 0) return ['No initiative has an estimate or a stated return.'];
  if (allocation.status === 'infeasible') return [allocation.reason ?? 'The floor cannot be met within the budget.'];
  if (allocation.selected_initiatives.length === 0)
    return [`${ruleName} chooses nothing. ${allocation.reason ?? 'No affordable portfolio does better than none.'}`];
  const left = scenario.budget - allocation.total_cost;
  const spent: Phrase[] = [
    `${ruleName} `,
    tone('funds', 'funded'),
    ' ',
    ...named(allocation.selected_initiatives),
    left > 0 ? ` and leaves ${money.exact(left)} of the budget.` : ' and spends the whole budget.',
  ];
  return [...spent, ...bindingWords(allocation, money)];
}

function bindingWords(allocation: Allocation, money: Money): Phrase[] {
  if (allocation.rule !== 'minimax_regret' || allocation.objective_value === null) return [];
  if (allocation.objective_value === 0)
    return [' It is the best there is in every state: nothing to regret as long as all turn out alike.'];
  const states = listed(allocation.binding_states.map((state) => stateWords[state]));
  return [
    ' Its ',
    tone(`largest regret, ${money.exact(allocation.objective_value)},`, 'regret'),
    ` comes in the ${states} ${allocation.binding_states.length === 1 ? 'state' : 'states'}.`,
  ];
}

/** theta beside the regret when every initiative goes its own way: never one without the other. */
export function boundsReading(allocation: Allocation, money: Money): Phrase[] {
  const independent = allocation.independent_regret;
  if (allocation.rule !== 'minimax_regret' || allocation.objective_value === null || independent === null) return [];
  const reply = independent.best_reply.length === 0 ? 'have funded nothing' : `have wanted ${portfolioName(independent.best_reply)}`;
  return [
    tone(money.exact(allocation.objective_value), 'regret'),
    ' is the most you can regret if all initiatives turn out best, median or worst together. If each can go its own way, the same portfolio can lose ',
    tone(money.exact(independent.value), 'regret'),
    `: one would then ${reply}.`,
  ];
}

/** How the answer was proved, in a line. */
export function proofLine({ proof, status }: Allocation, money: Money): string {
  if (proof === null)
    return status === 'infeasible'
      ? 'Every affordable portfolio was checked; none meets the floor.'
      : 'This rule needs no proof: it takes what it meets first.';
  const asked = proof.solver;
  const second =
    asked === null
      ? ''
      : asked.agrees
        ? `; ${asked.name} agrees`
        : `; ${asked.name} answered ${portfolioName(asked.selected_initiatives)} at ${money.exact(asked.objective_value)}, which is worse, and was overruled`;
  if (proof.method === 'enumeration') return `Proved by enumerating ${formatCount(proof.portfolios_enumerated ?? 0)} portfolios${second}.`;
  if (status === 'node_limit')
    return `Not proved: the search stopped at its limit with a gap of ${money.exact(proof.gap)} to the bound ${money.exact(proof.bound)}${second}.`;
  return `Proved by branch and bound: bound ${money.exact(proof.bound)}, gap ${money.exact(proof.gap)}${second}.`;
}

export function tiesLine({ ties, ties_capped }: Allocation): string {
  if (ties.length === 0) return '';
  const more = ties_capped ? ', and more' : '';
  return `Equally good: ${ties.map(portfolioName).join('; ')}${more}. The one shown costs least, then comes first by name.`;
}

export function ineligibleWords(run: Run): { id: string; reason: string }[] {
  const unmeasured = run.initiatives.flatMap(({ initiative_id: id, pilot }) =>
    pilot?.result.status === 'degenerate' ? [{ id, reason: 'its pilot has no answer' }] : [],
  );
  return [...run.allocation.ineligible, ...unmeasured];
}
