import { noSideConstraints, type AllocationProblem, type SideConstraints } from '../decision-rule.ts';
import { toNumber } from '../exact/exact-decimal.ts';
import { freeRows } from './free-rows.ts';
import { largestSum } from './largest-sum.ts';
import { rowConstraints, sideConstraintsOf } from '../side-constraints.ts';
import type { Stakes } from '../stakes.ts';

/**
 * Which side constraints keep the floor on worst returns out of reach, as a sentence: those without which, each by itself, it
 * could be met, else all of them together; empty where the budget alone does.
 */
export function whatHoldsItDown(problem: AllocationProblem, stakes: Stakes, maxNodes: number): string {
  const sides = sideConstraintsOf(problem);
  const attainable = (constraints: Partial<SideConstraints>) => {
    const free = freeRows({ ...stakes, floor: null }, rowConstraints({ ...problem, constraints }, stakes.ids));
    return largestSum(free, stakes.worst, { floor: null, start: null, maxNodes }).value;
  };
  const money = (units: number) => toNumber(units, stakes.worstExponent);
  const reaches = (units: number) => stakes.floor !== null && units >= stakes.floor;
  const culprits = (Object.keys(names) as (keyof SideConstraints)[])
    .map((kind) => ({ kind, without: attainable({ ...sides, [kind]: noSideConstraints[kind] }) }))
    .filter(({ without }) => reaches(without));
  if (culprits.length > 0) return ` ${culprits.map(({ kind, without }) => `Without ${names[kind]} it could be ${money(without)}.`).join(' ')}`;
  const alone = attainable({});
  return reaches(alone) ? ` Without any side constraints it could be ${money(alone)}.` : '';
}

const names: Readonly<Record<keyof SideConstraints, string>> = {
  required: 'what is required',
  excluded: 'what is excluded',
  exclusive: 'the groups that exclude each other',
  prerequisites: 'the prerequisites',
  at_most: 'the cap on the number of initiatives',
  category_caps: 'the caps by category',
};
