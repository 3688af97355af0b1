import { decisionRuleDescriptions } from '../../core/allocate/descriptions.ts';
import { limits } from '../../core/scenario/defaults.ts';
import type { Ledger } from './ledger.ts';
import { dropFields, field, fieldsOf, takeNumber, textOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

/** The fields of a scenario that an allocation decides. */
export type AllocationFields = {
  readonly decision_rule?: { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> };
  readonly min_confidence_threshold?: number;
  readonly min_portfolio_worst_return?: number | null;
};

/** Floors at or below this one forbid nothing: how a scenario without a floor is written, since theirs is 0 where none is given. */
export const noFloor = -limits.money;

/** Rule, weights and thresholds, from an ALLOCATE block, a stage file or the allocation package's own configuration. */
export function readAllocation(ledger: Ledger, tree: Tree | undefined): AllocationFields {
  dropFields(ledger, tree, { config: 'names a file that holds what this block could say itself' });
  const floor = readFloor(ledger, tree);
  const confidence = takeNumber(ledger, field(ledger, tree, 'min_confidence_threshold'), 'min_confidence_threshold', { min: 0, max: 1 });
  return {
    decision_rule: readRule(ledger, tree),
    ...(confidence === undefined ? {} : { min_confidence_threshold: confidence }),
    min_portfolio_worst_return: floor,
  };
}

function readFloor(ledger: Ledger, tree: Tree | undefined): number | null {
  const given = field(ledger, tree, 'min_portfolio_worst_return');
  if (given === undefined) {
    ledger.assume(
      'min_portfolio_worst_return',
      0,
      'Their default is a floor of 0: portfolios whose worst returns add up to a loss are ruled out.',
    );
    return 0;
  }
  const floor = takeNumber(ledger, given, 'min_portfolio_worst_return', { min: -limits.money, max: limits.money });
  return floor === undefined || floor <= noFloor ? null : floor;
}

function readRule(ledger: Ledger, tree: Tree | undefined): NonNullable<AllocationFields['decision_rule']> {
  const given = field(ledger, tree, 'rule');
  const name = given === undefined ? 'minimax_regret' : (textOf(ledger, given) ?? 'minimax_regret');
  const id = Object.hasOwn(decisionRuleDescriptions, name) ? name : 'minimax_regret';
  if (given === undefined) ledger.assume('decision_rule.id', id, 'Their default rule.');
  else if (id === name)
    ledger.map(
      given,
      'decision_rule.id',
      'Their solver takes no initiatives whose ids differ only in - and _, and sees no returns below 1e-7; here neither matters.',
    );
  else ledger.drop(given, `is no rule that the workbench knows; minimax_regret stands in for it`);
  const weights = field(ledger, tree, 'weights');
  if (weights === undefined) return { id, parameters: {} };
  if (id !== 'bayesian') {
    ledger.drop(weights, `is read by the rule bayesian only, not by ${id}`);
    return { id, parameters: {} };
  }
  return { id, parameters: { weights: readWeights(ledger, weights) } };
}

function readWeights(ledger: Ledger, tree: Tree): Readonly<Record<string, unknown>> {
  const weights: Record<string, unknown> = {};
  for (const state of ['best', 'med', 'worst']) {
    const given = field(ledger, tree, state);
    if (given === undefined) ledger.complain(tree, `has no weight for ${state}; give best, med and worst, adding up to 1`);
    else weights[state] = takeNumber(ledger, given, `decision_rule.parameters.weights.${state}`, { min: 0, max: 1 });
  }
  const sum = Object.values(weights).reduce<number>((total, weight) => total + (typeof weight === 'number' ? weight : 0), 0);
  if (fieldsOf(tree).length >= 3 && Math.abs(sum - 1) > 1e-6)
    ledger.complain(tree, `must add up to 1 (found ${Number(sum.toPrecision(12))})`);
  return weights;
}
