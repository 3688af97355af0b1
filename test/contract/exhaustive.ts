import { noSideConstraints, type AllocationProblem, type Candidate } from '../../src/core/allocate/decision-rule.ts';
import { states, type PerState, type State } from '../../src/core/contracts/shared-types.ts';

/** A problem in whole money and confidence in quarters: sums in quarters are exact in doubles. */
export type Instance = AllocationProblem;

/** What looking at every portfolio finds, by the definitions and nothing else; sorted lists of ids stand for portfolios. */
export function exhaustive(instance: Instance) {
  const { candidates, budget, min_confidence_threshold: threshold, min_portfolio_worst_return: floor, benchmark, rule } = instance;
  const { weights = { best: 0.25, med: 0.5, worst: 0.25 }, alpha = 0.5 } = instance.rule_parameters as { weights?: PerState<number>; alpha?: number };
  const side = { ...noSideConstraints, ...instance.constraints };
  const eligible = candidates.filter(({ confidence }) => confidence >= threshold).sort((a, b) => (a.id < b.id ? -1 : 1));
  const everything = eligible.reduce<Candidate[][]>((all, entry) => [...all, ...all.map((some) => [...some, entry])], [[]]);
  const total = (list: readonly Candidate[], figure: (entry: Candidate) => number) => list.reduce((sum, entry) => sum + figure(entry), 0);
  const cost = (list: readonly Candidate[]) => total(list, (entry) => entry.cost);
  const rawWorst = (list: readonly Candidate[]) => total(list, (entry) => entry.R_worst);
  const effective = (state: State) => (entry: Candidate) => entry.confidence * entry[`R_${state}`] + (1 - entry.confidence) * entry.R_worst;
  const inState = (list: readonly Candidate[]): PerState<number> => ({ best: total(list, effective('best')), med: total(list, effective('med')), worst: total(list, effective('worst')) });

  const affordable = everything.filter((list) => cost(list) <= budget);
  const keepsSides = (list: readonly Candidate[]) => {
    const has = (id: string) => list.some((entry) => entry.id === id);
    return (
      side.required.every(has) &&
      !side.excluded.some(has) &&
      side.exclusive.every((group) => group.filter(has).length <= 1) &&
      side.prerequisites.every(({ id, requires }) => !has(id) || has(requires)) &&
      list.length <= (side.at_most ?? Infinity) &&
      side.category_caps.every(({ category, max_initiatives, max_cost }) => {
        const inside = list.filter((entry) => entry.category === category);
        return inside.length <= (max_initiatives ?? Infinity) && cost(inside) <= (max_cost ?? Infinity);
      })
    );
  };
  const constrained = affordable.filter(keepsSides);
  const feasible = constrained.filter((list) => floor === null || rawWorst(list) >= floor);
  const compared = benchmark === 'same-feasible-set' && feasible.length > 0 ? feasible : affordable;
  const best = (state: State) => Math.max(...compared.map((list) => inState(list)[state]));
  const vStar = { best: best('best'), med: best('med'), worst: best('worst') };

  const independentRegretOf = (list: readonly Candidate[]) => {
    const turnsOut = (entry: Candidate) => effective(list.includes(entry) ? 'worst' : 'best')(entry);
    return Math.max(...compared.map((reply) => total(reply, turnsOut))) - total(list, turnsOut);
  };
  const largestRegret = (list: readonly Candidate[]) => Math.max(0, ...states.map((state) => vStar[state] - inState(list)[state]));
  // By the rules' own definitions: the smallest and the largest over the states, not 'worst' and 'best'.
  const extremes = (list: readonly Candidate[]) => {
    const sums = Object.values(inState(list));
    return { smallest: Math.min(...sums), largest: Math.max(...sums) };
  };
  const judged: Readonly<Record<string, (list: readonly Candidate[]) => number>> = {
    minimax_regret: largestRegret,
    bayesian: (list) => states.reduce((sum, state) => sum + weights[state] * inState(list)[state], 0),
    maximin: (list) => extremes(list).smallest,
    maximax: (list) => extremes(list).largest,
    hurwicz: (list) => (1 - alpha) * extremes(list).smallest + alpha * extremes(list).largest,
    interval_minimax_regret: independentRegretOf,
    greedy_roi: (list) => inState(list).med,
  };
  const objectiveOf = judged[rule] as (list: readonly Candidate[]) => number;
  const minimises = rule.endsWith('minimax_regret');
  const values = feasible.map(objectiveOf);
  const objective = minimises ? Math.min(...values) : Math.max(...values);
  const idsOf = (list: readonly Candidate[]) => list.map(({ id }) => id);
  const listOf = (ids: readonly string[]) => eligible.filter(({ id }) => ids.includes(id));
  const optimal = feasible.filter((_, k) => values[k] === objective).sort((x, y) => cost(x) - cost(y) || compareLists(idsOf(x), idsOf(y)));
  return {
    vStar,
    feasible: feasible.map(idsOf),
    attainable: constrained.length === 0 ? null : Math.max(...constrained.map(rawWorst)),
    objective,
    optimal: optimal.map(idsOf),
    objectiveOf: (ids: readonly string[]) => objectiveOf(listOf(ids)),
    independentRegret: (ids: readonly string[]) => independentRegretOf(listOf(ids)),
  };
}

function compareLists(x: readonly string[], y: readonly string[]): number {
  const differs = x.findIndex((value, i) => value !== y[i]);
  if (differs < 0) return x.length - y.length;
  const other = y[differs];
  return other === undefined || (x[differs] as string) > other ? 1 : -1;
}
