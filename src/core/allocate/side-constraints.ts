import { noSideConstraints, type AllocationProblem, type Candidate, type SideConstraints } from './decision-rule.ts';
import { exactCosts } from './exact/exact-costs.ts';
import { add, decimal, toNumber, zero } from './exact/exact-decimal.ts';

/**
 * The side constraints on the rows in play. A portfolio respects them where it holds every forced row, no barred one, and
 * keeps every limit; the forced rows alone do where there are no conflicts, so a conflict is all that can rule out every
 * portfolio (within budget, without a floor).
 */
export type RowConstraints = {
  /** 1 where the row is in every portfolio: required, or needed by a required one. */
  readonly forced: Uint8Array;
  /** 1 where the row is in none: excluded, beyond a cap, against a forced row, or in need of what cannot be chosen. */
  readonly barred: Uint8Array;
  readonly limits: readonly RowLimit[];
  readonly allows: (x: Uint8Array) => boolean;
  /** Why no portfolio within the budget respects them all, in plain sentences. */
  readonly conflicts: readonly string[];
};

/**
 * sum_i values[i] x_i <= most, in whole numbers: a sum above `most` certainly breaks the limit. Where the money of a cap is
 * too long for doubles its values are rounded down, and `keeps` alone settles sums above most - slack.
 */
export type RowLimit = {
  readonly values: Float64Array;
  readonly most: number;
  readonly slack: number;
  readonly keeps: (sum: number, x: Uint8Array) => boolean;
};

/** The constraints of a checked problem on the rows named `ids`; null where there are none. */
export function rowConstraints(problem: AllocationProblem, ids: readonly string[]): RowConstraints | null {
  const constraints = sideConstraintsOf(problem);
  if (isEmpty(constraints)) return null;
  const byId = new Map(problem.candidates.map((candidate) => [candidate.id, candidate]));
  const standing = standingOf(problem, constraints, ids, byId);
  const conflicts = conflictsOf(problem, constraints, standing, byId);
  if (conflicts.length === 0) barBeyondCaps(problem, constraints, standing, byId);
  const limits = limitsOf(constraints, ids, byId);
  const forced = Uint8Array.from(ids, (id) => (standing.forced.has(id) ? 1 : 0));
  const barred = Uint8Array.from(ids, (id) => (standing.barred.has(id) ? 1 : 0));
  const allows = (x: Uint8Array) => {
    if (conflicts.length > 0) return false;
    for (let i = 0; i < x.length; i += 1) if (x[i] === 1 ? barred[i] === 1 : forced[i] === 1) return false;
    return limits.every((limit) => limit.keeps(activity(limit, x), x));
  };
  return { forced, barred, limits, allows, conflicts };
}

/** Filled in where they are given in part. */
export function sideConstraintsOf({ constraints }: AllocationProblem): SideConstraints {
  const given = Object.entries(constraints ?? {}).filter(([, value]) => value !== undefined);
  const sides: SideConstraints = { ...noSideConstraints, ...(Object.fromEntries(given) as Partial<SideConstraints>) };
  const limit = (value: number | null | undefined) => value ?? null;
  const category_caps = sides.category_caps.map((cap) => ({ ...cap, max_initiatives: limit(cap.max_initiatives), max_cost: limit(cap.max_cost) }));
  return { ...sides, category_caps };
}

function isEmpty({ required, excluded, exclusive, prerequisites, at_most, category_caps }: SideConstraints): boolean {
  return [required, excluded, exclusive, prerequisites, category_caps].every((list) => list.length === 0) && at_most === null;
}

export function activity({ values }: RowLimit, x: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) if (x[i] === 1) sum += values[i] as number;
  return sum;
}

/** By id, why it must be chosen and why it cannot be. */
type Standing = { readonly forced: Map<string, string>; readonly barred: Map<string, string> };
type Candidates = ReadonlyMap<string, Candidate>;

function standingOf(problem: AllocationProblem, constraints: SideConstraints, ids: readonly string[], byId: Candidates): Standing {
  const inPlay = new Set(ids);
  const forced = new Map(constraints.required.map((id) => [id, 'is required']));
  const barred = new Map(constraints.excluded.map((id) => [id, 'is excluded']));
  for (const candidate of byId.values()) if (!inPlay.has(candidate.id)) barred.set(candidate.id, outOfPlay(problem, candidate));
  for (const { id, reason } of problem.unavailable ?? []) barred.set(id, reason);
  const standing = { forced, barred };
  spread(constraints, standing);
  return standing;
}

function outOfPlay({ budget, min_confidence_threshold: threshold }: AllocationProblem, { confidence, cost }: Candidate): string {
  return confidence < threshold
    ? `has a confidence of ${confidence}, below the threshold of ${threshold}`
    : `costs ${cost}, above the budget of ${budget}`;
}

/** What is needed by the forced is forced, what needs the barred or competes with the forced is barred, and so on. */
function spread({ prerequisites, exclusive }: SideConstraints, { forced, barred }: Standing): void {
  const once = (reasons: Map<string, string>, id: string, reason: string) => {
    if (!reasons.has(id)) reasons.set(id, reason);
  };
  for (let known = -1; known < forced.size + barred.size; ) {
    known = forced.size + barred.size;
    for (const { id, requires } of prerequisites) {
      if (forced.has(id)) once(forced, requires, `is needed by ${id}`);
      const missing = barred.get(requires);
      if (missing !== undefined) once(barred, id, `needs ${requires}, which ${missing}`);
    }
    for (const group of exclusive) {
      const holder = group.find((id) => forced.has(id));
      if (holder === undefined) continue;
      for (const id of group) if (id !== holder && !forced.has(id)) once(barred, id, `may not be funded beside ${holder}`);
    }
  }
}

function conflictsOf(problem: AllocationProblem, constraints: SideConstraints, { forced, barred }: Standing, byId: Candidates): string[] {
  const held = [...forced.keys()];
  const impossible = constraints.required.filter((id) => barred.has(id)).map((id) => `${id} ${forced.get(id) ?? ''}, but it ${barred.get(id) ?? ''}.`);
  const rivals = constraints.exclusive
    .map((group) => [...new Set(group)].filter((id) => forced.has(id)))
    .filter((group) => group.length > 1)
    .map((group) => `${inWords(group)} must all be funded, but at most one of them may be.`);
  if (impossible.length + rivals.length > 0) return [...impossible, ...rivals];
  const tooDear = exceeds(held, problem.budget, byId)
    ? [`What must be funded (${inWords(held)}) costs ${totalCost(held, byId)}, above the budget of ${problem.budget}.`]
    : [];
  const caps = capsOf(constraints, byId).flatMap(({ name, members, count, cost }) => {
    const inside = held.filter((id) => members.has(id));
    const must = `${name}${inside.length} must be funded (${inWords(inside)})`;
    return [
      ...(count !== null && inside.length > count ? [`${must}, but at most ${count} may be.`] : []),
      ...(cost !== null && exceeds(inside, cost, byId) ? [`${must} at a cost of ${totalCost(inside, byId)}, but at most ${cost} may be spent.`] : []),
    ];
  });
  return [...tooDear, ...caps];
}

/** Bars what no longer fits beside the forced rows, and what needs it. */
function barBeyondCaps(problem: AllocationProblem, constraints: SideConstraints, standing: Standing, byId: Candidates): void {
  const { forced, barred } = standing;
  const everything = { name: '', members: new Set(byId.keys()), count: null, cost: problem.budget };
  for (const { members, count, cost } of [everything, ...capsOf(constraints, byId)]) {
    const held = [...forced.keys()].filter((id) => members.has(id));
    for (const id of members) {
      if (forced.has(id) || barred.has(id)) continue;
      if ((count !== null && held.length >= count) || (cost !== null && exceeds([...held, id], cost, byId))) barred.set(id, 'does not fit beside what must be funded');
    }
  }
  spread(constraints, standing);
}

type Cap = { readonly name: string; readonly members: ReadonlySet<string>; readonly count: number | null; readonly cost: number | null };

/** The limits on how many and how much: on all, and on each category. */
function capsOf({ at_most, category_caps }: SideConstraints, byId: Candidates): Cap[] {
  const candidates = [...byId.values()];
  return [
    ...(at_most === null ? [] : [{ name: '', members: new Set(byId.keys()), count: at_most, cost: null }]),
    ...category_caps.map(({ category, max_initiatives, max_cost }) => ({
      name: `In the category ${category}, `,
      members: new Set(candidates.filter((candidate) => candidate.category === category).map(({ id }) => id)),
      count: max_initiatives,
      cost: max_cost,
    })),
  ];
}

function limitsOf(constraints: SideConstraints, ids: readonly string[], byId: Candidates): RowLimit[] {
  const rowOf = new Map(ids.map((id, i) => [id, i]));
  const counted = (weight: (id: string) => number, most: number): RowLimit => ({
    values: Float64Array.from(ids, weight),
    most,
    slack: 0,
    keeps: (sum) => sum <= most,
  });
  const atMostOne = constraints.exclusive.map((group) => counted((id) => (group.includes(id) ? 1 : 0), 1));
  const needs = constraints.prerequisites
    .filter(({ id, requires }) => rowOf.has(id) && rowOf.has(requires))
    .map(({ id, requires }) => counted((other) => (other === id ? 1 : other === requires ? -1 : 0), 0));
  const caps = capsOf(constraints, byId).flatMap(({ members, count, cost }) => [
    ...(count === null ? [] : [counted((id) => (members.has(id) ? 1 : 0), count)]),
    ...(cost === null ? [] : [spent(ids, members, cost, byId)]),
  ]);
  return [...atMostOne, ...needs, ...caps].filter(canBreak);
}

/** Whether some portfolio breaks the limit. */
export function canBreak({ values, most, slack }: RowLimit): boolean {
  return values.reduce((sum, value) => sum + Math.max(0, value), 0) > most - slack;
}

function spent(ids: readonly string[], members: ReadonlySet<string>, cap: number, byId: Candidates): RowLimit {
  const inside = [...ids.keys()].filter((i) => members.has(ids[i] as string));
  const costs = exactCosts(
    inside.map((i) => byId.get(ids[i] as string)?.cost ?? 0),
    cap,
  );
  const values = new Float64Array(ids.length);
  inside.forEach((i, k) => (values[i] = costs.values[k] as number));
  const keeps = (sum: number, x: Uint8Array) => costs.fits(sum, (k) => x[inside[k] as number] === 1);
  return { values, most: costs.budget, slack: costs.slack, keeps };
}

function totalCost(ids: readonly string[], byId: Candidates): number {
  const { digits, exponent } = ids.reduce((sum, id) => add(sum, decimal(byId.get(id)?.cost ?? 0)), zero);
  return toNumber(digits, exponent);
}

function exceeds(ids: readonly string[], limit: number, byId: Candidates): boolean {
  const excess = ids.reduce((sum, id) => add(sum, decimal(byId.get(id)?.cost ?? 0)), decimal(-limit));
  return excess.digits > 0n;
}

/** A list of ids as a sentence has it. */
export function inWords(ids: readonly string[]): string {
  const last = ids.at(-1) ?? '';
  return ids.length < 2 ? last : `${ids.slice(0, -1).join(', ')} and ${last}`;
}
