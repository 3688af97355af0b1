import { defaultCorrection } from '../../core/allocate/corrections/index.ts';
import { confidencePenalties, defaultPenalty } from '../../core/allocate/penalties/index.ts';
import { decisionRuleDescriptions } from '../../core/allocate/descriptions.ts';
import type { Run } from '../../core/contracts/run.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { familyRule } from './family-allocation.ts';

/** What the Python packages cannot be told of a run, or need help with: a sentence each. `allocation`: their portfolio may be another. */
export type FamilyGap = { readonly about: 'figures' | 'allocation'; readonly text: string };

export function familyGaps(run: Run): readonly FamilyGap[] {
  return [
    ...[...evaluationGaps(run), ...returnGaps(run.scenario)].map((text) => ({ about: 'figures', text }) as const),
    ...[...decisionGaps(run.scenario), ...solverGaps(run)].map((text) => ({ about: 'allocation', text }) as const),
  ];
}

function evaluationGaps({ scenario, pilot_results: pilots, evaluate_results: evaluations }: Run): string[] {
  const unanswered = pilots.filter(({ status }) => status === 'degenerate').map(({ initiative_id: id }) => id);
  const stated = scenario.initiatives.filter(({ source }) => source === 'stated').map(({ initiative_id: id }) => id);
  const unreviewed = evaluations.filter(({ initiative_id: id, model_type }) => model_type !== 'experiment' && !stated.includes(id));
  return [
    ...sentence(unanswered, (ids) => `No job directory for ${ids}: the pilot has no answer.`),
    ...sentence(
      stated,
      (ids) => `The confidence of ${ids} is stated: evaluate_confidence refuses these directories, and allocate_portfolio reads them.`,
    ),
    ...sentence(
      unreviewed.map(({ initiative_id: id }) => id),
      (ids) =>
        `The kind of evidence of ${ids} has no reviewer, or one with another range, in impact_engine_evaluate: evaluate_and_allocate.py registers ours first, and the confidence is then the same to the last bit.`,
    ),
  ];
}

function returnGaps({ return_correction: correction, what_if: byHand }: Scenario): string[] {
  const changed = correction.id !== defaultCorrection.id || byHand.some(({ R_med }) => R_med !== null);
  return when(
    changed,
    'The predicted returns there are those that were decided on, corrected or set by hand; here they are the evidence\u2019s.',
  );
}

function decisionGaps(scenario: Scenario): string[] {
  const { decision_rule: rule, confidence_penalty: penalty, constraints, initiatives, what_if: byHand } = scenario;
  const constrained = Object.values(constraints).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));
  const divisible = initiatives.filter((initiative) => initiative.divisible).map(({ initiative_id: id }) => id);
  const trusted = byHand.filter(({ confidence }) => confidence !== null).map(({ initiative_id: id }) => id);
  return [
    ...when(
      familyRule(rule) === null,
      `The rule ${labelOf(decisionRuleDescriptions, rule.id)} is not known there: minimax_regret stands in its place.`,
    ),
    ...when(
      penalty.id !== defaultPenalty.id,
      `The confidence penalty ${labelOf(confidencePenalties, penalty.id)} is not known there: 1 - confidence is used.`,
    ),
    ...when(constrained, 'Side constraints are not known there.'),
    ...when(
      scenario.benchmark !== 'budget-only' && rule.id === 'minimax_regret',
      'V* is found there from the budget alone, here from what floor and constraints allow as well.',
    ),
    ...sentence(divisible, (ids) => `Shares are not known there: ${ids} can only be funded whole.`),
    ...sentence(trusted, (ids) => `The confidence set by hand for ${ids} is not told: the one of the evidence is used.`),
    ...when(!(scenario.budget > 0), 'A budget of 0 is refused there.'),
  ];
}

function solverGaps({ allocation, evaluate_results: evaluations }: Run): string[] {
  const names = evaluations.map(({ initiative_id: id }) => id.replaceAll('-', '_'));
  const smallest = Math.min(...evaluations.map(({ R_best }) => Math.abs(R_best)).filter((value) => value > 0));
  return [
    ...when(allocation.ties.length > 0, 'Several portfolios are equally good: any of them may come out there.'),
    ...when(new Set(names).size < names.length, 'Ids that differ only in - and _ are one variable there, and the solver stops.'),
    ...when(smallest < 1e-6, 'Returns as small as these lie below the tolerance of the solver there: count them in a smaller unit.'),
    ...when(evaluations.length === 0, 'No initiative has a result: there is nothing to allocate there.'),
  ];
}

function sentence(ids: readonly string[], words: (ids: string) => string): string[] {
  return ids.length === 0 ? [] : [words(ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} others`)];
}

function when(holds: boolean, text: string): string[] {
  return holds ? [text] : [];
}

function labelOf(registry: Readonly<Record<string, { readonly label: string }>>, id: string): string {
  return `'${registry[id]?.label ?? id}'`;
}
