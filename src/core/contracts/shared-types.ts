import * as v from 'valibot';

export const modelTypes = ['experiment', 'quasi-experiment', 'time-series', 'observational'] as const;
export type ModelType = (typeof modelTypes)[number];

export const states = ['best', 'med', 'worst'] as const;
/** A state of nature: all initiatives turn out at the upper end, the middle or the lower end of their interval. */
export type State = (typeof states)[number];
export type PerState<T> = Readonly<Record<State, T>>;

export const estimands = ['ate', 'att', 'atc', 'at_cutoff'] as const;
/** Average effect on all (ate), on the treated (att), on the controls (atc), or on those at the threshold of a rule (at_cutoff). */
export type Estimand = (typeof estimands)[number];

export const initiativeIdSchema = v.pipe(
  v.string('must be text'),
  v.regex(/^[A-Za-z0-9_-]+$/, 'may hold only letters, digits, _ and -'),
  v.maxLength(80, 'must be at most 80 characters'),
);

export const finiteSchema = v.pipe(v.number('must be a number'), v.finite('must be finite'));
export const confidenceSchema = v.pipe(finiteSchema, v.minValue(0, 'must be at least 0'), v.maxValue(1, 'must be at most 1'));
export const currencySchema = v.pipe(finiteSchema, v.minValue(0, 'must not be negative'));
export const modelTypeSchema = v.picklist(modelTypes, `must be one of ${modelTypes.join(', ')}`);
export const sampleSizeSchema = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(30, 'must be at least 30'),
);
