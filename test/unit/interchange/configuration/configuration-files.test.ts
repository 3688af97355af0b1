import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { presets } from '../../../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../../../src/core/scenario/scenario.ts';
import { configurationFiles } from '../../../../src/interchange/configuration/configuration-files.ts';
import { readConfiguration } from '../../../../src/interchange/configuration/read-configuration.ts';
import { writeYaml, type Writable } from '../../../../src/interchange/configuration/write-yaml.ts';
import { differences, isListed } from './round-trip.ts';

function readBack(scenario: Scenario): { readonly scenario: Scenario; readonly unlisted: readonly string[] } {
  const { files, noCounterpart } = configurationFiles(scenario);
  const reading = readConfiguration(files);
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  const unlisted = differences(scenario, reading.scenario).filter((path) => !isListed(path, noCounterpart));
  return { scenario: reading.scenario, unlisted };
}

describe('a scenario written and read back', () => {
  it.each(presets.map(({ id, scenario }) => [id, scenario] as const))('%s: what is not listed is the same', (_id, scenario) => {
    const back = readBack(scenario);
    expect(back.unlisted).toEqual([]);
    expect(back.scenario.budget).toBe(scenario.budget);
    expect(back.scenario.initiatives.map(({ initiative_id, cost_to_scale }) => [initiative_id, cost_to_scale])).toEqual(
      scenario.initiatives.map(({ initiative_id, cost_to_scale }) => [initiative_id, cost_to_scale]),
    );
  });

  it('generated: the same but for its title where theirs can say all of it, and nothing else is listed', () => {
    fc.assert(
      fc.property(sayableScenario, (given) => {
        const parsed = parseScenario(given);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
        const { noCounterpart } = configurationFiles(parsed.value);
        const outright = noCounterpart.filter(({ path }) => !/^title$|demand\.|effect\.id$|granularity$|method$/.test(path));
        expect(outright).toEqual([]);
        expect(differences(parsed.value, readBack(parsed.value).scenario)).toEqual(['title']);
      }),
      { seed: 20251122, numRuns: 30 },
    );
  });

  it('generated: whatever a scenario says, no difference goes unlisted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: presets.length - 1 }), anything, (i, over) => {
        const base = presets[i]?.scenario as Scenario;
        const initiatives = base.initiatives.map((initiative) =>
          initiative.source === 'simulated' ? { ...initiative, ...over.initiative } : initiative,
        );
        const parsed = parseScenario({ ...base, ...over.problem, initiatives });
        fc.pre(parsed.ok);
        if (parsed.ok) expect(readBack(parsed.value).unlisted).toEqual([]);
      }),
      { seed: 20251123, numRuns: 30 },
    );
  });
});

describe('the files', () => {
  const five = configurationFiles(presets[0]?.scenario as Scenario);

  it('are a problem, an allocation, and a measurement and a simulation for each initiative', () => {
    expect([...five.files.keys()].slice(0, 4)).toEqual([
      'config.yaml',
      'allocate.yaml',
      'configs/product-desc-enhancement.yaml',
      'configs/simulator/product-desc-enhancement.yaml',
    ]);
    expect(five.files.size).toBe(12);
  });

  it('name what they do not say at the top', () => {
    const [head] = (five.files.get('config.yaml') as string).split('\n\n');
    expect(five.noCounterpart.length).toBeGreaterThan(10);
    for (const { path, why } of five.noCounterpart) {
      expect(head).toContain(`${path} = `);
      expect(head).toContain(why);
    }
  });

  it('have names that no system confuses', () => {
    const base = presets[0]?.scenario as Scenario;
    const ids = ['Same', 'same', 'CON', 'same-2'];
    const parsed = parseScenario({
      ...base,
      constraints: undefined,
      initiatives: ids.map((initiative_id) => ({ ...base.initiatives[0], initiative_id })),
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const { files } = configurationFiles(parsed.value);
    const names = [...files.keys()].map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names.some((name) => name.endsWith('/con.yaml'))).toBe(false);
    expect(readBack(parsed.value).unlisted).toEqual([]);
  });
});

describe('written YAML', () => {
  const value: fc.Arbitrary<Writable> = fc.letrec<{ value: Writable }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'yes',
        'no',
        '1e5',
        '0x1f',
        '2024-01-01',
        '12:30',
        '<<',
        '~',
        '',
        ' a',
        'a: b',
        '# c',
        '-',
        '&a',
        '*a',
        '!t',
        'null',
        '.5',
        '1_000',
        '\u2028',
      ),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  })).value;

  it('means the same in YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), value, { maxKeys: 4 }),
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
        (content, comments) => {
          const text = writeYaml(comments, content);
          for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version, merge: false }) ?? {}).toEqual(content);
        },
      ),
      { seed: 20251124, numRuns: 120 },
    );
  });
});

const share = fc.integer({ min: 5, max: 95 }).map((percent) => percent / 100);
const catalog = fc.record({
  n_products: fc.integer({ min: 30, max: 400 }),
  categories: fc.constant([
    'Electronics',
    'Clothing',
    'Home & Garden',
    'Books',
    'Sports & Outdoors',
    'Toys & Games',
    'Food & Beverage',
    'Health & Beauty',
  ]),
  start_date: fc.constantFrom('2024-02-26', '2025-12-29', '2026-03-02'),
  granularity: fc.constantFrom('day', 'week'),
  pre_periods: fc.integer({ min: 0, max: 30 }),
  post_periods: fc.integer({ min: 1, max: 30 }),
});
const demand = fc.record({ sale_probability: share, impression_to_visit: share, visit_to_cart: share, cart_to_order: share });
const effect = fc.oneof(
  fc.record({ id: fc.constant('quantity_boost'), parameters: fc.record({ size: share, rounding: fc.constant('truncate') }) }),
  fc.record({
    id: fc.constant('quantity_boost'),
    parameters: fc.record({
      size: share,
      rounding: fc.constant('truncate'),
      start_delay: fc.constant(1),
      ramp_periods: fc.integer({ min: 0, max: 9 }),
    }),
  }),
  fc.record({ id: fc.constant('probability_boost'), parameters: fc.record({ size: share }) }),
  fc.record({ id: fc.constant('product_detail_boost'), parameters: fc.record({ quality_boost: share }) }),
);
const covariates = fc.constantFrom(['price'], ['quality_score'], ['price', 'quality_score']);
const method = fc.oneof(
  fc
    .constantFrom('revenue ~ treated', 'revenue ~ treated + price', 'revenue ~ treated * price', 'revenue ~ treated + category')
    .map((formula) => ({
      id: 'experiment',
      parameters: { formula, standard_errors: 'classical' },
    })),
  fc.record({
    id: fc.constant('subclassification'),
    parameters: fc.record({
      covariate_columns: covariates,
      strata_on: fc.constant('covariates'),
      n_strata: fc.integer({ min: 2, max: 50 }),
      estimand: fc.constantFrom('att', 'ate'),
    }),
  }),
  fc.record({
    id: fc.constant('nearest_neighbour_matching'),
    parameters: fc.record({
      covariate_columns: covariates,
      distance: fc.constant('euclidean'),
      caliper: fc.option(share),
      ratio: fc.integer({ min: 1, max: 9 }),
    }),
  }),
  fc.record({ id: fc.constant('metrics_approximation'), parameters: fc.record({ response: fc.constant('linear'), coefficient: share }) }),
  fc.record({
    id: fc.constant('interrupted_time_series'),
    parameters: fc.record({
      order: fc.tuple(fc.nat(2), fc.nat(1), fc.nat(2)),
      seasonal_order: fc.constantFrom(null, [1, 0, 0, 7]),
      trend: fc.constant(false),
    }),
  }),
);
const design = fc.oneof(
  fc.constant({ id: 'everyone_from_date', parameters: {} }),
  share.map((treated_share) => ({ id: 'complete_randomisation', parameters: { treated_share } })),
);
const initiatives = fc
  .uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/), { minLength: 1, maxLength: 4, selector: (id) => id.toLowerCase() })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((initiative_id) =>
        fc
          .record({ cost_to_scale: fc.double({ min: 1e-7, max: 1e12, noNaN: true }), catalog, demand, effect, method, design })
          // An approximation wants the score to change, and a score that changes is what theirs cannot ramp in weeks.
          .map((rest) => ({
            source: 'simulated',
            initiative_id,
            ...rest,
            ...(rest.method.id === 'metrics_approximation'
              ? { effect: { id: 'product_detail_boost', parameters: { quality_boost: 0.2 } } }
              : {}),
          })),
      ),
    ),
  );
const sayableScenario = fc.record({
  version: fc.constant(1),
  title: fc.string({ unit: 'binary', maxLength: 60 }),
  seed: fc.nat().map(String),
  budget: fc.double({ min: 1e-6, max: 1e15, noNaN: true }),
  scale_sample_size: fc.integer({ min: 400, max: 5000 }),
  max_workers: fc.integer({ min: 1, max: 64 }),
  min_confidence_threshold: share,
  min_portfolio_worst_return: fc.option(
    fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((floor) => (Object.is(floor, -0) ? 0 : floor)),
  ),
  decision_rule: fc.constantFrom(
    { id: 'minimax_regret', parameters: {} },
    { id: 'bayesian', parameters: { weights: { best: 0.1, med: 0.2, worst: 0.7 } } },
  ),
  initiatives,
});
const anything = fc.record({
  problem: fc.record(
    {
      seed: fc.constantFrom('007', 'spring', '12'),
      confidence_level: fc.constantFrom(0.9, 0.95),
      currency: fc.constantFrom('USD', 'EUR'),
      decision_rule: fc.constantFrom(
        { id: 'hurwicz', parameters: {} },
        { id: 'bayesian', parameters: { weights: { best: 0.3333333, med: 0.3333333, worst: 0.3333333 } } },
      ),
      benchmark: fc.constant('same-feasible-set'),
      constraints: fc.constantFrom({ at_most: 1 }, {}),
    },
    { requiredKeys: [] },
  ),
  initiative: fc.record(
    {
      effect: fc.oneof(
        effect,
        fc.constant({ id: 'price_change', parameters: { size: 0.1 } }),
        fc.constant({ id: 'quantity_boost', parameters: { half_life: 9, start_delay: 4 } }),
      ),
      method,
      design,
      divisible: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
});
