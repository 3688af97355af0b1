import { noSideConstraints, type AllocationProblem } from '../../../../src/core/allocate/decision-rule.ts';

/** Every figure of the answer from its definition: all portfolios against all replies, in whole thousandths. */
export function bruteForce(problem: AllocationProblem) {
  const { candidates, budget, min_confidence_threshold: threshold, min_portfolio_worst_return: floor } = problem;
  const constraints = { ...noSideConstraints, ...problem.constraints };
  const rows = candidates
    .filter(({ confidence }) => confidence >= threshold)
    .map((candidate) => {
      const worst = thousandths(candidate.R_worst);
      return { ...candidate, worst, best: worst + Math.round(candidate.confidence * (thousandths(candidate.R_best) - worst)), price: thousandths(candidate.cost) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  type Row = (typeof rows)[number];
  const all: Row[][] = Array.from({ length: 2 ** rows.length }, (_, mask) => rows.filter((__, i) => (mask >> i) % 2 === 1));
  const sum = (portfolio: readonly Row[], value: (row: Row) => number) => portfolio.reduce((total, row) => total + value(row), 0);
  const affordable = all.filter((portfolio) => sum(portfolio, ({ price }) => price) <= thousandths(budget));
  const feasible = affordable.filter((portfolio) => {
    const ids = new Set(portfolio.map(({ id }) => id));
    return (
      (floor === null || sum(portfolio, ({ worst }) => worst) >= thousandths(floor)) &&
      constraints.required.every((id) => ids.has(id)) &&
      constraints.excluded.every((id) => !ids.has(id)) &&
      constraints.exclusive.every((group) => group.filter((id) => ids.has(id)).length <= 1) &&
      constraints.prerequisites.every(({ id, requires }) => !ids.has(id) || ids.has(requires)) &&
      (constraints.at_most === null || portfolio.length <= constraints.at_most) &&
      constraints.category_caps.every(({ category, max_initiatives, max_cost }) => {
        const inside = portfolio.filter((row) => row.category === category);
        return (max_initiatives === null || inside.length <= max_initiatives) && (max_cost === null || sum(inside, ({ price }) => price) <= thousandths(max_cost));
      })
    );
  });
  const replies = problem.benchmark === 'same-feasible-set' ? feasible : affordable;
  const worthAgainst = (portfolio: readonly Row[]) => (reply: readonly Row[]) => sum(reply, (row) => (portfolio.includes(row) ? row.worst : row.best));
  const regretOf = (portfolio: readonly Row[]) => Math.max(...replies.map(worthAgainst(portfolio))) - sum(portfolio, ({ worst }) => worst);
  const judged = feasible.map((portfolio) => ({ portfolio, ids: portfolio.map(({ id }) => id), regret: regretOf(portfolio), price: sum(portfolio, ({ price }) => price) }));
  const least = Math.min(...judged.map(({ regret }) => regret));
  const ties = judged.filter(({ regret }) => regret === least).sort((a, b) => a.price - b.price || compareLists(a.ids, b.ids));
  return {
    least: least / 1000,
    ties: ties.map(({ ids }) => ids),
    regretOf: (ids: readonly string[]) => regretOf(rows.filter(({ id }) => ids.includes(id))) / 1000,
    isReply: (ids: readonly string[]) => replies.some((reply) => reply.map(({ id }) => id).join() === [...ids].sort().join()),
    worth: (reply: readonly string[], ours: readonly string[]) =>
      worthAgainst(rows.filter(({ id }) => ours.includes(id)))(rows.filter(({ id }) => reply.includes(id))) / 1000,
    ours: (ids: readonly string[]) => sum(rows.filter(({ id }) => ids.includes(id)), ({ worst }) => worst) / 1000,
  };
}

export function thousandths(value: number): number {
  return Math.round(value * 1000);
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  const k = a.findIndex((id, i) => id !== b[i]);
  if (k < 0) return a.length - b.length;
  const [left, right] = [a[k] as string, b[k]];
  return right === undefined || left > right ? 1 : -1;
}

