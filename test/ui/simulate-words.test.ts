import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/core/contracts/run.ts';
import { defaultPreset } from '../../src/core/scenario/presets/index.ts';
import type { SimulatedInitiative } from '../../src/core/scenario/scenario.ts';
import type { GroundTruth } from '../../src/core/simulate/pilot.ts';
import { plainText } from '../../src/ui/phrase.ts';
import { presetGroups } from '../../src/views/frame/preset-groups.ts';
import { chooseAgreeing, methodOptions, methodsFor, misfit } from '../../src/views/shared/fitting.ts';
import { inPeriods, perProductAnd, periodWord } from '../../src/views/shared/period.ts';
import { setGranularity } from '../../src/views/shared/edits.ts';
import { whyRealisedDiffers } from '../../src/views/simulate/effect-reasons.ts';
import { flawReading, flawRows, flawsToAdd } from '../../src/views/simulate/flaw-words.ts';
import { changedParameters, parameterGroups } from '../../src/views/simulate/parameter-groups.ts';
import { balanceReading, baselineTable, effectsHistogramOf, estimandRows } from '../../src/views/simulate/world-words.ts';
import { runFixture } from './run-fixture.ts';

const scenario = defaultPreset.scenario;
const simulated = scenario.initiatives as readonly SimulatedInitiative[];
const experiment = simulated[0]!;
const series = simulated.find(({ design }) => design.id === 'everyone_from_date')!;
const money = (value: number) => `$${value.toFixed(2)}`;

function pilot(
  truth: number,
  interval: readonly [number, number, number],
  naive: readonly [number, number, number] | null = null,
): Measurement {
  const run = runFixture({ initiatives: [{ id: 'a', cost: 1, truth, pilot: interval }], funded: [], oracle: [] });
  const measurement = run.initiatives[0]!.pilot!;
  return { ...measurement, naive: naive && { ci_lower: naive[0], estimate: naive[1], ci_upper: naive[2] } };
}

describe('what goes together', () => {
  it('names a method that does not fit, and those that do, the ones at home first', () => {
    expect(misfit('experiment', 'complete_randomisation')).toBeNull();
    const wrong = misfit('interrupted_time_series', 'selection_on_observables')!;
    expect(wrong.fittingMethods.map(({ id }) => id)).toContain('subclassification');
    expect(wrong.fittingMethods.map(({ id }) => id)).not.toContain('interrupted_time_series');
    expect(wrong.fittingDesigns.map(({ id }) => id)).toEqual(['everyone_from_date']);
    expect(methodsFor('complete_randomisation')[0]!.id).toBe('experiment');
    expect(methodsFor('complete_randomisation').at(-1)!.id).toBe('naive_difference');
  });

  it('lists every method once, under whether it fits', () => {
    const options = methodOptions('everyone_from_date');
    expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
    expect(options[0]).toMatchObject({ value: 'interrupted_time_series', group: 'fits the design' });
    expect(options.find(({ value }) => value === 'experiment')!.group).toBe('does not fit the design');
  });

  it('keeps the parameters that another design knows by the same name, and drops the others', () => {
    const before = { ...experiment, design: { id: 'selection_on_observables', parameters: { treated_share: 0.4, quality_weight: -1 } } };
    const edited = chooseAgreeing(before, 'design', 'complete_randomisation')({ ...scenario, initiatives: [before] }).initiatives[0]!;
    expect(edited).toMatchObject({ design: { id: 'complete_randomisation' } });
    expect((edited as SimulatedInitiative).design.parameters).toEqual({ treated_share: 0.4 });
  });

  it('drops a value that the other would not take', () => {
    const before = { ...experiment, effect: { id: 'quantity_boost', parameters: { size: 4 } } };
    const edited = chooseAgreeing(before, 'effect', 'price_change')({ ...scenario, initiatives: [before] }).initiatives[0]!;
    expect((edited as SimulatedInitiative).effect).toEqual({ id: 'price_change', parameters: {} });
  });
});

describe('the groups of parameters', () => {
  it('keep how an effect unfolds for later, and say what of it is set', () => {
    const groups = parameterGroups('effect', experiment, 0.95);
    expect(Object.keys(groups.first)).toContain('size');
    expect(Object.keys(groups.more)).toEqual(expect.arrayContaining(['ramp_periods', 'half_life', 'quality_heterogeneity']));
    expect(changedParameters(groups, { ramp_periods: 0 })).toEqual([]);
    expect(changedParameters(groups, { ramp_periods: 7 })).toEqual(['Ramp-up']);
  });

  it('keep the columns that the pilot fills in for later', () => {
    const { first, more } = parameterGroups('method', experiment, 0.95);
    expect(Object.keys(first)).toContain('covariate_columns');
    expect(Object.keys(first)).not.toContain('outcome_column');
    expect(Object.keys(more)).toContain('outcome_column');
  });

  it('leave nothing out and list nothing twice', () => {
    for (const initiative of simulated) {
      for (const field of ['effect', 'design', 'method'] as const) {
        const { first, more } = parameterGroups(field, initiative, 0.95);
        const names = [...Object.keys(first), ...Object.keys(more)];
        expect(new Set(names).size).toBe(names.length);
        expect(names.length > 0 || field === 'design').toBe(true);
      }
    }
  });
});

describe('periods', () => {
  it('are days or weeks, in words and in units', () => {
    const weekly = { ...experiment, catalog: { ...experiment.catalog, granularity: 'week' as const } };
    expect(perProductAnd(periodWord(weekly))).toBe('per product and week');
    expect(perProductAnd(periodWord(undefined))).toBe('per product and day');
    const { more } = parameterGroups('effect', weekly, 0.95);
    expect(more['ramp_periods']).toMatchObject({ unit: 'weeks' });
    expect(inPeriods(more, 'day')['ramp_periods']).toBe(more['ramp_periods']);
  });

  it('change over the same span of time, from a Monday on', () => {
    const day = { ...experiment, catalog: { ...experiment.catalog, start_date: '2026-02-04', pre_periods: 28, post_periods: 33 } };
    const edited = setGranularity(day.initiative_id, 'week')({ ...scenario, initiatives: [day] });
    const { catalog } = edited.initiatives[0] as SimulatedInitiative;
    expect(catalog).toMatchObject({ granularity: 'week', start_date: '2026-02-02', pre_periods: 4, post_periods: 5 });
    const back = setGranularity(day.initiative_id, 'day')(edited).initiatives[0] as SimulatedInitiative;
    expect(back.catalog).toMatchObject({ granularity: 'day', pre_periods: 28, post_periods: 35 });
  });
});

describe('the truth in words', () => {
  const truth = (realised: number | null, changes: Partial<GroundTruth> = {}): GroundTruth => ({
    ...pilot(1, [0, 1, 2]).truth,
    nominal_effect: 0.3,
    realised_effect: realised,
    ...changes,
  });
  const withEffect = (id: string, parameters: Record<string, unknown>): SimulatedInitiative => ({
    ...experiment,
    effect: { id, parameters },
  });

  it('says nothing where the effect is what was asked for, and chance where nothing else can be', () => {
    const plain = withEffect('quantity_boost', { size: 0.3 });
    expect(whyRealisedDiffers(truth(0.301), plain)).toBeNull();
    expect(whyRealisedDiffers(truth(null), plain)).toBeNull();
    expect(whyRealisedDiffers(truth(0.33), plain)).toMatch(/^They differ by chance/);
  });

  it('names what took from it', () => {
    expect(whyRealisedDiffers(truth(0.02), withEffect('quantity_boost', { rounding: 'truncate' }))).toContain('rounded down');
    expect(whyRealisedDiffers(truth(0.2), withEffect('probability_boost', {}))).toContain('more often than every day');
    const ramped = whyRealisedDiffers(truth(0.2), withEffect('quantity_boost', { ramp_periods: 14, half_life: 7, start_delay: 1 }));
    expect(ramped).toContain('builds up over 14 days');
    expect(ramped).toContain('by half every 7 days');
    expect(ramped).toContain('in the first day');
    expect(whyRealisedDiffers(truth(0.2), withEffect('quantity_boost', { category_spread: 0.5 }))).toContain('products differ');
  });

  it('has a row for the cutoff only where there is one, and the reason where an effect is not known', () => {
    expect(estimandRows(truth(0.3), money).map(({ estimand }) => estimand)).toEqual(['ate', 'att', 'atc']);
    const atCutoff = { ...pilot(1, [0, 1, 2]).truth.population, at_cutoff: 2 };
    expect(estimandRows(truth(0.3, { population: atCutoff }), money).at(-1)).toMatchObject({ population: '$2.00', sample: '\u2013' });
    const none = { ate: null, att: 1, atc: null, at_cutoff: null };
    const rows = estimandRows(truth(0.3, { sample: none, population: none, missing: { ate: 'no common window' } }), money);
    expect(rows[0]).toMatchObject({ sample: 'not known', reason: 'no common window' });
    expect(rows[2]).toMatchObject({ sample: 'nobody in it', reason: null });
  });

  it('marks no mean for controls that are treated later', () => {
    const measured = pilot(2, [1, 2, 3]);
    expect(effectsHistogramOf(measured).controlMean).toBe(2);
    expect(effectsHistogramOf({ ...measured, series: { ...measured.series, last_start_index: 1 } }).controlMean).toBeNull();
  });
});

describe('balance in words', () => {
  const row = (covariate: 'price' | 'quality_score' | 'pre_revenue', smd: number) => ({ covariate, treated_mean: 1, control_mean: 2, smd });

  it('counts the attributes that are apart, on either side', () => {
    expect(balanceReading([row('price', 0.09), row('quality_score', -0.02)])).toMatch(/^No attribute/);
    expect(balanceReading([row('price', -0.5), row('quality_score', 0)])).toMatch(/^One attribute of two differs/);
    expect(balanceReading([row('price', -0.5), row('quality_score', 0.2)])).toMatch(/^Two attributes of two differ /);
  });

  it('says of each attribute how near the groups are', () => {
    const table = baselineTable([row('price', 0.07), row('pre_revenue', -0.2), row('quality_score', -0.05)], '$');
    expect(table.map(({ label, size }) => [label, size])).toEqual([
      ['price', 'close'],
      ['earlier revenue', 'apart'],
      ['quality score', 'alike'],
    ]);
  });
});

describe('flaws in words', () => {
  it('lists the answers as seen, each with what it says without the flaws', () => {
    const rows = flawRows(pilot(2, [1, 2, 3], [0, 1, 2]), pilot(2, [1.5, 2, 2.5], [1, 2, 3]));
    expect(rows.map(({ id }) => id)).toEqual(['method', 'method-flawless', 'naive', 'naive-flawless']);
    expect(rows[3]!.interval).toEqual({ lower: 1, estimate: 2, upper: 3 });
    expect(flawRows(pilot(2, [1, 2, 3]), null)).toMatchObject([
      { id: 'method' },
      { id: 'naive', interval: null, note: 'nobody to compare with' },
    ]);
  });

  it('says how far off the answer is, and how much of that the flaws did', () => {
    const seen = pilot(2, [2, 3, 4]);
    expect(plainText(flawReading(seen, null, money))).toBe('The method is off by +$1.00 (+50% of the truth).');
    expect(plainText(flawReading(seen, pilot(2, [1, 1.5, 2]), money))).toContain('the flaws alone moved it by +$1.50');
    const group = { ...seen.truth.population, [seen.result.estimand]: null };
    const unknown = { ...seen, truth: { ...seen.truth, population: group, missing: { [seen.result.estimand]: 'no common window' } } };
    expect(plainText(flawReading(unknown, null, money))).toBe('No common window.');
  });

  it('offers each flaw once, and says which cannot happen', () => {
    const offered = flawsToAdd({ ...series, flaws: [{ id: 'coincident_shock', parameters: { severity: 0.2 } }] });
    expect(offered.find(({ id }) => id === 'coincident_shock')!.unavailable).toMatch(/already/);
    expect(offered.find(({ id }) => id === 'imbalance')!.unavailable).toMatch(/untreated/);
    expect(offered.find(({ id }) => id === 'anticipation')!.unavailable).toBeNull();
  });
});

describe('the list of presets', () => {
  it('has every preset once, with its summary, and says which one it is', () => {
    const items = presetGroups('online-retail-five').flatMap((group) => group.items);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(items.filter(({ current }) => current).map(({ id }) => id)).toEqual(['online-retail-five']);
    expect(items.every(({ summary }) => summary.length > 20)).toBe(true);
    expect(presetGroups('')[0]!.name).toBe('Start');
  });
});
