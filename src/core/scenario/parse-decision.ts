import * as v from 'valibot';
import { checkConstraints } from '../allocate/check-constraints.ts';
import { benchmarks, type SideConstraints } from '../allocate/decision-rule.ts';
import { nearestName } from '../contracts/parameter.ts';
import type { Issue } from '../contracts/input-error.ts';
import { confidenceSchema, currencySchema, finiteSchema, initiativeIdSchema } from '../contracts/shared-types.ts';
import { limits } from './defaults.ts';
import type { WhatIf } from './scenario.ts';

const longest = limits.initiatives;

/** What a scenario says about the decision beyond its rule. Names of initiatives are checked by `decisionIssues`. */
export const benchmarkSchema = v.picklist(benchmarks, `must be one of ${benchmarks.join(', ')}`);

const ids = v.pipe(
  v.array(initiativeIdSchema, 'must be a list of initiatives'),
  v.maxLength(longest, `must hold at most ${longest} entries`),
);
const count = v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(0, 'must not be negative'));

export const constraintsSchema = v.strictObject({
  required: v.optional(ids, []),
  excluded: v.optional(ids, []),
  exclusive: v.optional(v.pipe(v.array(ids, 'must be a list of groups'), v.maxLength(longest, `must hold at most ${longest} groups`)), []),
  prerequisites: v.optional(
    v.pipe(
      v.array(v.strictObject({ id: initiativeIdSchema, requires: initiativeIdSchema }), 'must be a list of { id, requires }'),
      v.maxLength(longest, `must hold at most ${longest} entries`),
    ),
    [],
  ),
  at_most: v.optional(v.nullable(count), null),
  category_caps: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          category: v.pipe(
            v.string('must be text'),
            v.minLength(1, 'must name a category'),
            v.maxLength(60, 'must be at most 60 characters'),
          ),
          max_initiatives: v.optional(v.nullable(count), null),
          max_cost: v.optional(v.nullable(currencySchema), null),
        }),
        'must be a list of { category, max_initiatives, max_cost }',
      ),
      v.maxLength(longest, `must hold at most ${longest} entries`),
    ),
    [],
  ),
});

export const whatIfSchema = v.pipe(
  v.array(
    v.strictObject({
      initiative_id: initiativeIdSchema,
      R_best: v.optional(v.nullable(finiteSchema), null),
      R_med: v.optional(v.nullable(finiteSchema), null),
      R_worst: v.optional(v.nullable(finiteSchema), null),
      confidence: v.optional(v.nullable(confidenceSchema), null),
    }),
    'must be a list',
  ),
  v.maxLength(longest, `must hold at most ${longest} entries`),
);

type Named = { readonly initiative_id: string; readonly category: string };

/** Names that are not there, contradictions, and numbers set by hand that cannot be. */
export function decisionIssues(initiatives: readonly Named[], constraints: SideConstraints, whatIf: readonly WhatIf[]): Issue[] {
  const known = initiatives.map(({ initiative_id: id }) => id);
  return [
    ...checkConstraints(
      constraints,
      initiatives.map(({ initiative_id: id, category }) => ({ id, category })),
    ),
    ...whatIf.flatMap((entry, i) => [
      ...unknownIssues(entry.initiative_id, known, `what_if.${i}.initiative_id`),
      ...whatIfIssues(entry, `what_if.${i}`, whatIf.slice(0, i)),
    ]),
  ];
}

function unknownIssues(id: string, known: readonly string[], path: string): Issue[] {
  return known.includes(id) ? [] : [{ path, message: `'${id}' is not the id of an initiative${nearestName(id, known)}`, value: id }];
}

function whatIfIssues({ initiative_id: id, R_best, R_med, R_worst }: WhatIf, path: string, before: readonly WhatIf[]): Issue[] {
  const repeated = before.some((entry) => entry.initiative_id === id)
    ? [{ path: `${path}.initiative_id`, message: `'${id}' is there twice`, value: id }]
    : [];
  if (R_best === null && R_med === null && R_worst === null) return repeated;
  if (R_best === null || R_med === null || R_worst === null)
    return [...repeated, { path, message: 'needs all three of R_worst, R_med and R_best, or none of them', value: null }];
  const largest = limits.money;
  const outside =
    Math.max(Math.abs(R_best), Math.abs(R_worst)) > largest
      ? [{ path, message: `returns must lie between ${-largest} and ${largest}`, value: R_best }]
      : [];
  const ordered = R_worst <= R_med && R_med <= R_best;
  return [
    ...repeated,
    ...outside,
    ...(ordered ? [] : [{ path: `${path}.R_med`, message: 'needs R_worst <= R_med <= R_best', value: R_med }]),
  ];
}
