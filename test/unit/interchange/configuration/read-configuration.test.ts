import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import type { SimulatedInitiative } from '../../../../src/core/scenario/scenario.ts';
import type { ReadConfiguration } from '../../../../src/interchange/configuration/configuration.ts';
import { readConfiguration } from '../../../../src/interchange/configuration/read-configuration.ts';
import { referenceFiles } from './reference-files.ts';

function read(files: ReadonlyMap<string, string>): ReadConfiguration {
  const reading = readConfiguration(files);
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  return reading;
}

function readOne(text: string, name = 'pilot.yaml'): ReadConfiguration {
  return read(new Map([[name, text]]));
}

function pilot(reading: ReadConfiguration, i = 0): SimulatedInitiative {
  return reading.scenario.initiatives[i] as SimulatedInitiative;
}

function measurement(
  model: string,
  parameters: string,
  enrichment = '{ FUNCTION: quantity_boost, PARAMS: { enrichment_start: "2025-01-08" } }',
) {
  return `DATA:
  SOURCE: { type: simulator, CONFIG: { start_date: "2025-01-01", end_date: "2025-01-14" } }
  ENRICHMENT: ${enrichment}
MEASUREMENT: { MODEL: ${model}, PARAMS: ${parameters} }
`;
}

function issuesOf(files: ReadonlyMap<string, string>): readonly string[] {
  const reading = readConfiguration(files);
  return reading.ok ? [] : reading.issues.map(({ path, message }) => `${path}: ${message}`);
}

describe('a problem file with what it refers to', () => {
  const reading = read(referenceFiles('shop'));
  const { scenario, unmapped } = reading;

  it('gives the problem its budget, rule, weights and thresholds', () => {
    expect(scenario).toMatchObject({
      budget: 60_000,
      max_workers: 2,
      min_confidence_threshold: 0.3,
      min_portfolio_worst_return: 0,
      seed: '7',
    });
    expect(scenario.decision_rule).toMatchObject({ id: 'bayesian', parameters: { weights: { best: 0.2, med: 0.6, worst: 0.2 } } });
    expect(scenario.initiatives.map(({ initiative_id, cost_to_scale }) => [initiative_id, cost_to_scale])).toEqual([
      ['warmer-photos', 12_000],
      ['one-page-basket', 30_000],
      ['shelf-labels', 9000.5],
    ]);
  });

  it('joins measurement and simulation of an initiative, unquoted dates included', () => {
    const photos = pilot(reading, 0);
    expect(photos.catalog).toMatchObject({
      n_products: 240,
      start_date: '2025-03-03',
      pre_periods: 14,
      post_periods: 14,
      granularity: 'day',
    });
    expect(photos.demand).toMatchObject({ sale_probability: 0.6, visit_to_cart: 0.3, impression_to_visit: 0.15 });
    expect(photos.effect).toMatchObject({ id: 'quantity_boost', parameters: { size: 0.25, rounding: 'truncate', ramp_periods: 0 } });
    expect(photos.design).toEqual({ id: 'complete_randomisation', parameters: { treated_share: 0.4 } });
    expect(photos.method).toEqual({
      id: 'nearest_neighbour_matching',
      parameters: { covariate_columns: ['price'], distance: 'euclidean', caliper: 0.2, replace: true, ratio: 2 },
    });
  });

  it('has a ramp that is zero on its first day as one period of delay', () => {
    const basket = pilot(reading, 1);
    expect(basket.effect).toMatchObject({ id: 'quantity_boost', parameters: { size: 0.2, start_delay: 1, ramp_periods: 9 } });
    expect(basket.design.id).toBe('everyone_from_date');
    expect(basket.method).toEqual({ id: 'interrupted_time_series', parameters: { order: [1, 0, 1], trend: false } });
  });

  it('calls the treatment by the name it has here', () => {
    expect(pilot(reading, 2).method.parameters).toEqual({ formula: 'revenue ~ treated + price', standard_errors: 'classical' });
    expect(pilot(reading, 2).catalog).toMatchObject({ pre_periods: 0, post_periods: 1 });
  });

  it('says what has no counterpart, and why', () => {
    const why = new Map(unmapped.map((entry) => [`${entry.file} ${entry.path}`, entry.why]));
    expect(why.get('configs/warmer-photos.yaml DATA.ENRICHMENT.PARAMS.min_units')).toContain('also where nothing was ordered');
    expect(why.get('configs/warmer-photos.yaml MEASUREMENT.PARAMS.covariate_columns.1')).toContain('price and quality_score');
    expect(why.get('configs/simulator/warmer-photos.yaml RULE.METRICS.PARAMS.date_end')).toContain('2025-03-30');
    expect(why.get('config.yaml INITIATIVES.1.evaluate_strategy')).toContain('language model');
  });

  it('is read alike from a folder above, and from files without folders', () => {
    const files = referenceFiles('shop');
    const above = read(new Map([...files].map(([path, text]) => [`given/${path}`, text])));
    const loose = new Map<string, string>();
    for (const [path, text] of files) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      loose.set(loose.has(name) ? name.replace('.yaml', ' (2).yaml') : name, text);
    }
    expect(above.scenario.initiatives).toEqual(scenario.initiatives);
    expect(read(loose).scenario.initiatives).toEqual(scenario.initiatives);
  });
});

describe('an older problem file, with stage files', () => {
  const reading = read(referenceFiles('shop-stages'));

  it('takes thresholds from the stage file', () => {
    expect(reading.scenario).toMatchObject({ min_confidence_threshold: 0.25, min_portfolio_worst_return: -100, scale_sample_size: 800 });
    expect(reading.mapped.find(({ path }) => path === 'min_confidence_threshold')?.file).toBe('configs/allocate.yaml');
  });

  it('goes on where a file is missing, and says which and who refers to it', () => {
    const missing = reading.unmapped.find(({ path }) => path === 'initiatives.1.measure_config');
    expect(missing).toMatchObject({ file: 'problem.yml', value: 'configs/not-there.yaml' });
    expect(missing?.why).toContain('configs/not-there.yaml is not among the files');
    expect(pilot(reading, 1).effect.parameters.size).toBe(0);
    expect(reading.assumed.some(({ to }) => to === 'initiatives.1')).toBe(true);
  });

  it('reads names in capitals and merged keys', () => {
    const cards = pilot(reading, 0);
    expect(cards.catalog).toMatchObject({ start_date: '2025-05-05', pre_periods: 14, post_periods: 14 });
    expect(cards.method).toEqual({
      id: 'subclassification',
      parameters: { covariate_columns: ['price'], strata_on: 'covariates', n_strata: 8, estimand: 'ate' },
    });
    expect(reading.scenario.seed).toBe('11');
  });
});

describe('configurations on their own', () => {
  it('an allocation gives costs and rule, and pilots in which nothing happens', () => {
    const reading = readOne('allocation:\n  budget: 90\n  rule: minimax_regret\n  costs: { tea: 30, coffee: 45 }\n');
    expect(reading.scenario).toMatchObject({ budget: 90, min_portfolio_worst_return: 0 });
    expect(reading.scenario.initiatives.map(({ initiative_id }) => initiative_id)).toEqual(['tea', 'coffee']);
    expect(reading.unmapped).toEqual([]);
  });

  it('weeks begin on the Monday of the first day and are counted to the last', () => {
    const reading = read(new Map([['winter.yaml', referenceFiles('loose').get('winter.yaml') as string]]));
    expect(pilot(reading).catalog).toMatchObject({
      start_date: '2025-01-06',
      granularity: 'week',
      pre_periods: 2,
      post_periods: 3,
      n_products: 30,
    });
    expect(reading.mapped.find(({ to }) => to.endsWith('n_products'))?.note).toContain('The file says 12');
    expect(pilot(reading).demand.cart_to_order).toBe(0.9);
  });

  it('a score that is raised without an effect size is what demand answers to', () => {
    const enrichment =
      '{ FUNCTION: product_detail_boost, PARAMS: { quality_boost: 0.2, enrichment_start: "2025-01-08", enrichment_fraction: 0.5 } }';
    const reading = readOne(measurement('experiment', '{ formula: "revenue ~ enriched" }', enrichment));
    expect(pilot(reading).effect).toMatchObject({ id: 'product_detail_boost', parameters: { quality_boost: 0.2, start_delay: 0 } });
    expect(reading.mapped.find(({ path }) => path.endsWith('ENRICHMENT.FUNCTION'))?.note).toContain('a ramp of 7 days that begins at zero');
  });

  it('an approximation keeps its coefficient and needs the score', () => {
    const enrichment =
      '{ FUNCTION: product_detail_boost, PARAMS: { effect_size: 0.4, quality_boost: 0.2, enrichment_start: "2025-01-08" } }';
    const reading = readOne(
      measurement('metrics_approximation', '{ RESPONSE: { FUNCTION: linear, PARAMS: { coefficient: 0.7 } } }', enrichment),
    );
    expect(pilot(reading).method).toEqual({ id: 'metrics_approximation', parameters: { response: 'linear', coefficient: 0.7 } });
    expect(pilot(reading).effect.id).toBe('product_detail_boost');
    expect(reading.unmapped.some(({ path }) => path.endsWith('effect_size'))).toBe(true);
  });

  it('a synthetic control has a store front for each product', () => {
    const reading = readOne(
      measurement('synthetic_control', '{ treatment_time: "2025-01-08", treated_unit: B1, outcome_column: revenue }'),
    );
    expect(pilot(reading).design).toEqual({ id: 'one_treated_unit', parameters: { n_units: 100 } });
    expect(reading.unmapped.map(({ path }) => path)).toContain('MEASUREMENT.PARAMS.treated_unit');
  });

  it('what nobody knows stands aside: methods, effects, formulas', () => {
    const reading = readOne(
      measurement('crystal_ball', '{ depth: 3 }', '{ FUNCTION: discount, PARAMS: { percent: 5, enrichment_start: "2025-01-08" } }'),
    );
    expect(pilot(reading)).toMatchObject({ method: { id: 'experiment' }, effect: { parameters: { size: 0 } } });
    expect(reading.unmapped.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'DATA.ENRICHMENT.FUNCTION',
        'DATA.ENRICHMENT.PARAMS.percent',
        'MEASUREMENT.MODEL',
        'MEASUREMENT.PARAMS.depth',
      ]),
    );
    const formula = readOne(measurement('experiment', '{ formula: "revenue ~ enriched + np.log(price)" }'));
    expect(pilot(formula).method.parameters).toEqual({ adjustment: 'none' });
  });
});

describe('what cannot be read', () => {
  const problem = (text: string) => issuesOf(new Map([['config.yaml', text]]));

  it.each([
    ['a repeated key', 'budget: 1\nbudget: 2\nINITIATIVES: []\n', 'config.yaml: budget: is there twice (line 2, column 1)'],
    ['a tab', 'budget:\n\tmore: 1\n', 'line 2'],
    ['a second document', 'budget: 1\n---\nbudget: 2\n', 'a second document starts here'],
    ['an unknown anchor', 'budget: *much\n', '*much'.slice(1)],
    ['a tag of Python\u2019s', 'budget: !!python/object:os.system x\n', 'line 1'],
    ['a key that is a list', '? [a, b]\n: 1\n', 'a key must be a plain name'],
    ['no date', measurement('experiment', '{}').replace('2025-01-14', '2025-13-14'), 'must be a date such as 2024-11-15'],
    ['an end before the start', measurement('experiment', '{}').replace('2025-01-14', '2024-12-14'), 'lies before the first day'],
    ['a treatment after the end', measurement('experiment', '{}').replace('2025-01-08', '2025-02-08'), 'nobody would be treated'],
    [
      'a budget in words',
      'budget: plenty\nINITIATIVES: [{ initiative_id: a, cost_to_scale: 1 }]\n',
      'config.yaml: budget: must be a number (line 1, column 9)',
    ],
    [
      'a cost of nothing',
      'budget: 5\nINITIATIVES: [{ initiative_id: a, cost_to_scale: 0 }]\n',
      'INITIATIVES.0.cost_to_scale: must be more than 0',
    ],
    [
      'the same id twice',
      'budget: 5\nINITIATIVES: [{ initiative_id: a, cost_to_scale: 1 }, { initiative_id: a, cost_to_scale: 1 }]\n',
      'initiative_id',
    ],
    [
      'weights that are too many',
      'budget: 5\nALLOCATE: { rule: bayesian, weights: { best: 1, med: 1, worst: 0 } }\nINITIATIVES: []\n',
      'must add up to 1',
    ],
    ['nothing', '', 'none of the files names an initiative'],
    ['another kind of file', 'on: push\njobs: { a: 1 }\n', 'none of the files names an initiative'],
  ])('%s', (_name, text, expected) => {
    expect(problem(text).join('\n')).toContain(expected);
  });

  it('two problem files, too many files, too long a file', () => {
    const text = 'budget: 1\nINITIATIVES: []\n';
    expect(
      issuesOf(
        new Map([
          ['a.yaml', text],
          ['b.yaml', text],
        ]),
      )[0],
    ).toContain('a.yaml, b.yaml');
    expect(issuesOf(new Map(Array.from({ length: 201 }, (_, i) => [`${i}.yaml`, text])))[0]).toContain('at most 200');
    expect(issuesOf(new Map([['a.yaml', ' '.repeat(1_000_001)]]))[0]).toContain('at most 1000000');
    expect(issuesOf(new Map([['a.csv', 'a,b']]))[0]).toContain('no YAML file');
  });

  it('expands no bomb of aliases, and no nest', () => {
    const names = 'abcdefghij'.split('');
    const bomb = names
      .map(
        (name, i) => `${name}: &${name} [${Array.from({ length: 10 }, () => (i === 0 ? 'x' : `*${names[i - 1] as string}`)).join(', ')}]`,
      )
      .join('\n');
    expect(problem(bomb)[0]).toContain('more than 50000 values');
    expect(problem('['.repeat(4000))[0]).toContain('nested too deeply');
    expect(problem('- 1\n'.repeat(200_000))[0]).toContain('far longer than configurations are');
    expect(problem('a: &a\n  b: *a\n')[0]).toMatch(/nested too deeply|anchor/);
  });

  it('keeps keys of prototypes as plain keys', () => {
    const reading = readOne(
      'budget: 5\n__proto__: { polluted: yes }\nconstructor: 3\nINITIATIVES: [{ initiative_id: a, cost_to_scale: 1 }]\n',
    );
    expect(reading.unmapped.map(({ path }) => path)).toEqual(expect.arrayContaining(['__proto__.polluted', 'constructor']));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reads a byte order mark and Windows line ends', () => {
    expect(readOne('\uFEFFbudget: 5\r\nINITIATIVES:\r\n  - initiative_id: a\r\n    cost_to_scale: 1\r\n').scenario.budget).toBe(5);
  });
});

/** Paths of every value of a file, read independently of the tree. */
function leafPaths(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || value instanceof Date || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, child]) => leafPaths(child, path === '' ? key : `${path}.${key}`));
}

describe.each(['shop', 'shop-stages', 'loose'])('the account of %s', (name) => {
  const files = name === 'loose' ? new Map([...referenceFiles(name)].filter(([path]) => path !== 'winter.yaml')) : referenceFiles(name);
  const reading = read(files);

  it('has every value of every file exactly once', () => {
    const expected = [...files].flatMap(([file, text]) =>
      leafPaths(parse(text, { version: '1.1', merge: true }), '').map((path) => `${file} ${path}`),
    );
    const told = [...reading.mapped, ...reading.unmapped].map(({ file, path }) => `${file} ${path}`);
    expect(told.sort()).toEqual(expected.sort());
  });

  it('calls nothing without a counterpart that changes the scenario', () => {
    for (const { file, path, value } of reading.unmapped) {
      if (path.startsWith('defaults.')) continue;
      const document = parseDocument(files.get(file) as string, { version: '1.1' });
      document.setIn(
        path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        typeof value === 'number' ? value + 1 : `${String(value)}x`,
      );
      const other = readConfiguration(new Map([...files, [file, document.toString()]]));
      expect(other.ok && other.scenario, `${file} ${path}`).toEqual(reading.scenario);
    }
  });
});
