import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset, presets } from '../../../../src/core/scenario/presets/index.ts';

const base = defaultPreset.scenario;
const [first] = base.initiatives;

const issuesOf = (given: unknown) => {
  const parsed = parseScenario(given);
  return parsed.ok ? [] : parsed.issues.map((issue) => `${issue.path}: ${issue.message}`);
};
const withFirst = (change: object) => ({ ...base, initiatives: [{ ...first, ...change }, ...base.initiatives.slice(1)] });

describe('reading a scenario', () => {
  it('accepts every preset, and again what it made of it', () => {
    for (const { scenario } of presets) {
      expect(parseScenario(scenario)).toEqual({ ok: true, value: scenario });
      expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual({ ok: true, value: scenario });
    }
  });

  it('needs little and fills in the rest', () => {
    const parsed = parseScenario({
      version: 1,
      seed: 7,
      budget: 10,
      initiatives: [
        {
          source: 'simulated',
          initiative_id: 'a',
          cost_to_scale: 1,
          catalog: { n_products: 100, categories: ['Books'], start_date: '2026-01-05', pre_periods: 7, post_periods: 7 },
          effect: { id: 'quantity_boost' },
          design: { id: 'complete_randomisation' },
          method: { id: 'experiment' },
        },
      ],
    });
    expect(parsed).toMatchObject({ ok: true, value: { seed: '7', max_workers: 4, initiatives: [{ units_at_scale: 1, demand: { sale_probability: 0.7 } }] } });
  });

  it('accepts a scenario without initiatives', () => {
    expect(issuesOf({ ...base, initiatives: [] })).toEqual([]);
  });

  it.each([
    ['a negative budget', { ...base, budget: -1 }, /^budget: must not be negative/],
    ['a budget that is text', { ...base, budget: '5' }, /^budget: must be a number/],
    ['a later version', { ...base, version: 2 }, /^version: must be 1/],
    ['an unknown field', { ...base, budgett: 2 }, /^budgett: is not a known name; did you mean budget\?$/],
    ['a cost that is missing', withFirst({ cost_to_scale: undefined }), /^initiatives\.0\.cost_to_scale: is missing$/],
    ['a repeated id', withFirst({ initiative_id: base.initiatives[1]?.initiative_id }), /^initiatives\.1\.initiative_id: .*used twice/],
    ['an id with a space', withFirst({ initiative_id: 'a b' }), /^initiatives\.0\.initiative_id: may hold only letters/],
    ['no cost', withFirst({ cost_to_scale: 0 }), /^initiatives\.0\.cost_to_scale: must be more than 0/],
    ['a pilot larger than the scale sample', { ...base, scale_sample_size: 600 }, /^initiatives\.0\.catalog\.n_products: the pilot \(1200 products\) may not be larger/],
    ['more product-periods than fit', { ...base, scale_sample_size: 50_000 }, /^initiatives\.3\.catalog\.post_periods: 50000 products at scale over 126 periods are more/m],
    ['an unknown design', withFirst({ design: { id: 'complete_randomization', parameters: {} } }), /^initiatives\.0\.design\.id: .*did you mean complete_randomisation\?/],
    ['an unknown method', withFirst({ method: { id: 'magic', parameters: {} } }), /^initiatives\.0\.method\.id: .*known names: experiment/],
    ['an unknown parameter', withFirst({ design: { id: 'complete_randomisation', parameters: { share: 0.5 } } }), /^initiatives\.0\.design\.parameters\.share: is not a known name/],
    ['a share of 2', withFirst({ design: { id: 'complete_randomisation', parameters: { treated_share: 2 } } }), /^initiatives\.0\.design\.parameters\.treated_share: must lie between/],
    ['an unknown category', withFirst({ catalog: { ...(first as { catalog: object }).catalog, categories: ['Cars'] } }), /^initiatives\.0\.catalog\.categories\.0: must be one of/],
    ['a day that is not', withFirst({ catalog: { ...(first as { catalog: object }).catalog, start_date: '2026-02-30' } }), /^initiatives\.0\.catalog\.start_date: must be a date/],
    ['a whole that is not an object', 'scenario', /object/i],
    ['null', null, /object/i],
  ] as const)('refuses %s, saying where and what', (_what, given, expected) => {
    expect(issuesOf(given).join('\n')).toMatch(expected);
  });

  it('gives a result or a list of issues for any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...Object.keys(base)), (value, key) => {
        for (const given of [value, { ...base, [key]: value }, withFirst({ [key]: value, catalog: value })]) {
          const parsed = parseScenario(given);
          if (!parsed.ok) expect(parsed.issues.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
