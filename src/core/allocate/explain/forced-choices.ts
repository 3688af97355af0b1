import { allocate } from '../index.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { rowConstraints, sideConstraintsOf } from '../side-constraints.ts';
import { stakesOf } from '../stakes.ts';
import type { ForcedChoice } from './explanations.ts';
import { lossesOf, type Losses } from './losses.ts';
import { compareMasks, idsIn, surveyOf, type Survey } from './survey.ts';

/**
 * For every eligible initiative the rule's best portfolio with it and without it, in the order of the candidates. What may set
 * the benchmarks V* stays as it is, so that a regret in or out compares with the choice's.
 *
 * Up to 20 initiatives one look at every portfolio gives them all. Otherwise, and for rules that judge a portfolio by more than
 * its sums of returns, the rule is asked again with the initiative required and excluded; a benchmark that respects the
 * constraints is then that of the narrower choice. A divisible initiative is forced in whole.
 *
 * @throws InputError where the problem is not one the rule can be asked.
 */
export function forcedChoices(problem: AllocationProblem): readonly ForcedChoice[] {
  const held = new Set(allocate(problem, null).selected_initiatives);
  const eligible = problem.candidates.filter(({ confidence }) => confidence >= problem.min_confidence_threshold);
  const survey = surveyOf(problem);
  const losses = survey === null ? null : lossesOf(problem, survey);
  const answer = survey !== null && losses !== null ? surveyed(problem, survey, losses) : asked(problem);
  return eligible.map(({ id }) => ({ id, held: held.has(id), ...answer(id) }));
}

type Forced = Omit<ForcedChoice, 'id' | 'held'>;
type Side = { readonly objective: number | null; readonly portfolio: readonly string[] | null; readonly reason: string | null };

function surveyed(problem: AllocationProblem, survey: Survey, { loss, objective }: Losses): (id: string) => Forced {
  const rows = new Map(survey.stakes.ids.map((id, i) => [id, i]));
  const best = bestOnEachSide(survey, loss);
  const side = (mask: number, id: string, isIn: boolean): Side =>
    mask < 0
      ? { objective: null, portfolio: null, reason: conflictOf(problem, id, isIn) ?? belowFloor }
      : { objective: objective(loss[mask] as number), portfolio: idsIn(survey, mask), reason: null };
  return (id) => {
    const i = rows.get(id);
    const [masksIn, masksOut] = i === undefined ? [-1, best.any] : [best.holding[i] ?? -1, best.lacking[i] ?? -1];
    return forced(side(masksIn, id, true), side(masksOut, id, false));
  };
}

/** The best mask of all, and for each row the best that holds it and the best that lacks it; -1 where there is none. */
function bestOnEachSide(survey: Survey, loss: Float64Array): { readonly any: number; readonly holding: number[]; readonly lacking: number[] } {
  const n = survey.stakes.ids.length;
  const lowBits = n >> 1;
  const width = 1 << lowBits;
  // A portfolio is a low half beside a high half; the best of each half tells the best with each of its rows.
  const byLow = new Int32Array(width).fill(-1);
  const byHigh = new Int32Array(survey.count / width).fill(-1);
  const better = (mask: number, than: number) => {
    if (mask < 0) return false;
    if (than < 0) return true;
    const [value, least] = [loss[mask] as number, loss[than] as number];
    return value < least || (value === least && compareMasks(survey, mask, than) < 0);
  };
  for (let high = 0; high < byHigh.length; high += 1) {
    let best = -1;
    let least = Infinity;
    for (let low = 0; low < width; low += 1) {
      const mask = high * width + low;
      const value = loss[mask] as number;
      if (value === Infinity) continue;
      if (value <= least && better(mask, best)) [best, least] = [mask, value];
      const held = byLow[low] as number;
      if (held < 0 || (value <= (loss[held] as number) && better(mask, held))) byLow[low] = mask;
    }
    byHigh[high] = best;
  }
  const bestOf = (masks: Int32Array, counts: (half: number) => boolean) => {
    let best = -1;
    for (let half = 0; half < masks.length; half += 1) if (counts(half) && better(masks[half] as number, best)) best = masks[half] as number;
    return best;
  };
  const withRow = (i: number, value: number) =>
    i < lowBits ? bestOf(byLow, (half) => ((half >> i) & 1) === value) : bestOf(byHigh, (half) => ((half >> (i - lowBits)) & 1) === value);
  return {
    any: bestOf(byHigh, () => true),
    holding: Array.from({ length: n }, (_, i) => withRow(i, 1)),
    lacking: Array.from({ length: n }, (_, i) => withRow(i, 0)),
  };
}

function asked(problem: AllocationProblem): (id: string) => Forced {
  return (id) => forced(ask(problem, id, true), ask(problem, id, false));
}

function ask(problem: AllocationProblem, id: string, isIn: boolean): Side {
  const conflict = conflictOf(problem, id, isIn);
  if (conflict !== null) return { objective: null, portfolio: null, reason: conflict };
  const { objective_value, selected_initiatives, reason } = allocate(withForced(problem, id, isIn), null);
  return objective_value === null
    ? { objective: null, portfolio: null, reason: reason ?? belowFloor }
    : { objective: objective_value, portfolio: selected_initiatives, reason: null };
}

const belowFloor = 'No affordable portfolio that does so reaches the floor on worst returns.';

/** What rules out every portfolio that does so, whatever it returns. */
function conflictOf(problem: AllocationProblem, id: string, isIn: boolean): string | null {
  const asked = withForced(problem, id, isIn);
  const conflicts = rowConstraints(asked, stakesOf(asked).ids)?.conflicts ?? [];
  return conflicts.length === 0 ? null : conflicts.join(' ');
}

/** The problem with one initiative more that must be funded, or must not be. */
export function withForced(problem: AllocationProblem, id: string, isIn: boolean): AllocationProblem {
  const constraints = sideConstraintsOf(problem);
  return {
    ...problem,
    constraints: isIn
      ? { ...constraints, required: [...new Set([...constraints.required, id])] }
      : { ...constraints, excluded: [...new Set([...constraints.excluded, id])] },
  };
}

function forced(within: Side, without: Side): Forced {
  return {
    regret_in: within.objective,
    regret_out: without.objective,
    portfolio_in: within.portfolio,
    portfolio_out: without.portfolio,
    reason_in: within.reason,
    reason_out: without.reason,
  };
}
