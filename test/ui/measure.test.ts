import { describe, expect, it } from 'vitest';
import type { CalibrationCard } from '../../src/core/calibrate/calibration-card.ts';
import type { Compared, InitiativeRun, PilotResult } from '../../src/core/contracts/run.ts';
import { estimatorDescriptions } from '../../src/core/measure/descriptions.ts';
import { parseScenario } from '../../src/core/scenario/parse-scenario.ts';
import type { Choice, Scenario, SimulatedInitiative } from '../../src/core/scenario/scenario.ts';
import { plainText } from '../../src/ui/phrase.ts';
import { calibrationRows, calibrationSubtitle, sharesWithError, withError } from '../../src/views/measure/calibration-words.ts';
import { sideBySideReading } from '../../src/views/measure/measure-words.ts';
import { methodsByFit, whyUnfitById } from '../../src/views/measure/method-fit.ts';
import { chartRows, choiceKey, methodRows } from '../../src/views/measure/method-rows.ts';
import { settingGroups, takenBack } from '../../src/views/measure/method-settings.ts';
import { addComparisons, decideBy, decideNaively, removeComparison, setMethodParameter } from '../../src/views/shared/comparison-edits.ts';
import { runFixture } from './run-fixture.ts';

const fixture = runFixture({ initiatives: [{ id: 'a', cost: 1, truth: 5, pilot: [3, 4, 6] }], funded: [], oracle: [] });
const choice = (id: string, parameters: Choice['parameters'] = {}): Choice => ({ id, parameters });
const matching = choice('nearest_neighbour_matching');

function scenarioWith(comparisons: readonly Choice[], method = choice('subclassification')): Scenario {
  return { ...fixture.scenario, initiatives: [{ ...(fixture.scenario.initiatives[0] as SimulatedInitiative), comparisons, method }] };
}
const initiativeWith = (comparisons: readonly Choice[], method?: Choice) =>
  scenarioWith(comparisons, method).initiatives[0] as SimulatedInitiative;
const edited = (scenario: Scenario) => scenario.initiatives[0] as SimulatedInitiative;

function answer(lower: number, estimate: number, upper: number, estimand: PilotResult['estimand'] = 'att'): Compared {
  const base = fixture.initiatives[0]!.pilot!.result;
  return {
    result: {
      ...base,
      status: 'ok',
      method: 'nearest_neighbour_matching',
      estimand,
      effect_estimate: estimate,
      ci_lower: lower,
      ci_upper: upper,
    } as PilotResult,
    picture: null,
  };
}

function runWith(comparisons: readonly Compared[], naive: [number, number, number] | null = [7, 8, 9]): InitiativeRun {
  const run = fixture.initiatives[0]!;
  const pilot = { ...run.pilot!, naive: naive && { estimate: naive[1], ci_lower: naive[0], ci_upper: naive[2] } };
  return { ...run, pilot: { ...pilot, truth: { ...pilot.truth, population: { ate: 9, att: 5, atc: 1, at_cutoff: null } } }, comparisons };
}

describe('edits of the methods on a pilot', () => {
  it('add, remove and swap, and leave a scenario that still parses', () => {
    const added = addComparisons('a', ['nearest_neighbour_matching', 'experiment'])(scenarioWith([]));
    expect(edited(added).comparisons.map(({ id }) => id)).toEqual(['nearest_neighbour_matching', 'experiment']);
    const decided = decideBy('a', 1)(added);
    expect([edited(decided).method.id, edited(decided).comparisons.map(({ id }) => id)]).toEqual([
      'experiment',
      ['nearest_neighbour_matching', 'subclassification'],
    ]);
    expect(edited(decideBy('a', 1)(decided))).toEqual(edited(added));
    expect(edited(removeComparison('a', 0)(decided)).comparisons.map(({ id }) => id)).toEqual(['subclassification']);
    expect(parseScenario(decided).ok).toBe(true);
  });
  it('keep the settings of a method when it is swapped', () => {
    const set = choice('subclassification', { n_strata: 7 });
    const swapped = edited(decideBy('a', 0)(scenarioWith([matching], set)));
    expect(swapped.comparisons).toEqual([set]);
  });
  it('do not pile up naive answers, which are there anyway', () => {
    const naive = decideNaively('a')(scenarioWith([matching]));
    expect([edited(naive).method.id, edited(naive).comparisons.map(({ id }) => id)]).toEqual([
      'naive_difference',
      ['subclassification', 'nearest_neighbour_matching'],
    ]);
    expect(edited(decideBy('a', 0)(naive)).comparisons.map(({ id }) => id)).toEqual(['nearest_neighbour_matching']);
  });
  it('set one parameter of one of them, and take it back', () => {
    const set = setMethodParameter('a', 1, 'n_strata', 9)(scenarioWith([choice('subclassification'), choice('subclassification')]));
    expect(edited(set).comparisons.map(({ parameters }) => parameters)).toEqual([{}, { n_strata: 9 }]);
    expect(edited(set).method.parameters).toEqual({});
    expect(edited(setMethodParameter('a', 1, 'n_strata', undefined)(set)).comparisons[1]).toEqual(choice('subclassification'));
    expect(edited(setMethodParameter('a', 'method', 'n_strata', 3)(set)).method.parameters).toEqual({ n_strata: 3 });
  });
  it('leave other places alone where there is no such comparison', () => {
    const scenario = scenarioWith([matching]);
    expect(decideBy('a', 5)(scenario)).toEqual(scenario);
    expect(removeComparison('a', 5)(scenario)).toEqual(scenario);
  });
});

describe('the rows side by side', () => {
  it('put the decision first, comparisons in order, the naive answer last', () => {
    const initiative = initiativeWith([matching, choice('experiment')]);
    const rows = methodRows(runWith([answer(6, 7, 8), answer(4, 5, 6, 'ate')]), initiative, initiative);
    expect(rows.map(({ key }) => key)).toEqual(['method', 'comparison-0', 'comparison-1', 'naive']);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['holds', 'above', 'below', 'above']);
  });
  it('judge each by the truth about what it asks for', () => {
    const initiative = initiativeWith([matching]);
    const rows = methodRows(runWith([answer(8, 9.5, 11, 'ate')]), initiative, initiative);
    expect(rows.map(({ truth, bias }) => [truth, bias])).toEqual([
      [5, -1],
      [9, 0.5],
      [5, 3],
    ]);
    expect(chartRows(rows)[1]).toMatchObject({ truth: 9, hollow: true, tone: 'pilot' });
  });
  it('follow the scenario in hand, with answers of the run where it has them', () => {
    const measured = initiativeWith([matching]);
    const inHand = initiativeWith([choice('experiment'), choice('subclassification')], matching);
    const rows = methodRows(runWith([answer(6, 7, 8)]), measured, inHand);
    expect(rows.map(({ label, interval, trouble }) => [label, interval?.estimate ?? null, trouble])).toEqual([
      ['Nearest neighbour matching', 7, null],
      ['Experiment', null, 'being measured'],
      ['Subclassification', 4, null],
      ['Naive difference', 8, null],
    ]);
  });
  it('tell one method with two settings apart', () => {
    expect(choiceKey(choice('x', { a: 1, b: 2 }))).toBe(choiceKey(choice('x', { b: 2, a: 1 })));
    expect(choiceKey(choice('x', { a: 1 }))).not.toBe(choiceKey(choice('x', { a: 2 })));
    const seven = choice('subclassification', { n_strata: 7 });
    const initiative = initiativeWith([seven]);
    const rows = methodRows(runWith([answer(6, 7, 8)]), initiative, initiative);
    expect([rows[0]!.interval?.estimate, rows[1]!.interval?.estimate, rows[1]!.settings]).toEqual([4, 7, 'strata 7']);
  });
  it('show a degenerate answer with its reason, and no bias', () => {
    const base = answer(1, 2, 3).result;
    const initiative = initiativeWith([matching]);
    const degenerate: Compared = {
      result: { ...base, status: 'degenerate', reason: 'nobody within the caliper' },
      picture: null,
    };
    const row = methodRows(runWith([degenerate]), initiative, initiative)[1]!;
    expect(row).toMatchObject({ interval: null, bias: null, verdict: null, trouble: 'nobody within the caliper' });
    expect(chartRows([row])[0]).toMatchObject({ interval: null, note: 'nobody within the caliper' });
  });
  it('say why there is no naive answer, and have it once only', () => {
    const initiative = initiativeWith([]);
    expect(methodRows(runWith([], null), initiative, initiative).at(-1)).toMatchObject({
      key: 'naive',
      trouble: 'there is nobody to compare with',
    });
    const naive = initiativeWith([], choice('naive_difference'));
    expect(methodRows(runWith([]), naive, naive).map(({ key }) => key)).toEqual(['method']);
  });
  it('are summed up in a sentence', () => {
    const initiative = initiativeWith([matching]);
    const read = (run: InitiativeRun) => plainText(sideBySideReading(methodRows(run, initiative, initiative), (value) => value.toFixed(1)));
    expect(read(runWith([answer(6, 7, 8)]))).toBe(
      'Two methods can be judged: one of their intervals holds the truth. Without a method the answer would be 3.0 too high, and its interval would miss.',
    );
    expect(read(runWith([answer(4, 5, 8)], [3, 4, 6]))).toBe(
      'Two methods can be judged: both their intervals hold the truth. Without a method the answer would be 1.0 too low, within its interval.',
    );
  });
});

describe('which methods fit a pilot', () => {
  const designed = (
    id: string,
    catalog: Partial<SimulatedInitiative['catalog']> = {},
    parameters: Choice['parameters'] = {},
  ): SimulatedInitiative => {
    const initiative = initiativeWith([]);
    const parsed = parseScenario({
      ...scenarioWith([]),
      initiatives: [{ ...initiative, design: { id, parameters }, catalog: { ...initiative.catalog, ...catalog } }],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    return parsed.value.initiatives[0] as SimulatedInitiative;
  };
  it('lists every method but the naive one, once', () => {
    const { fitting, others } = methodsByFit(designed('selection_on_observables'));
    const ids = [...fitting.map(({ id }) => id), ...others.map(({ method }) => method.id)];
    expect(ids.toSorted()).toEqual(
      Object.keys(estimatorDescriptions)
        .filter((id) => id !== 'naive_difference')
        .toSorted(),
    );
  });
  it('puts those at home in the design first, and gives a reason for each of the others', () => {
    const { fitting, others } = methodsByFit(designed('selection_on_observables'));
    expect(fitting.map(({ id }) => id)).toContain('subclassification');
    expect(fitting.map(({ id }) => id)).not.toContain('experiment');
    expect(others.find(({ method }) => method.id === 'experiment')?.reason).toMatch(
      /^Its assumptions hold under ‘Complete randomisation’.*this pilot is ‘/,
    );
    expect(methodsByFit(designed('complete_randomisation')).fitting[0]?.id).toBe('experiment');
  });
  it('names the data a method misses before the design it wants', () => {
    expect(whyUnfitById('experiment', designed('everyone_from_date'))).toMatch(/everyone is treated/);
    expect(whyUnfitById('synthetic_control', designed('complete_randomisation'))).toMatch(/needs store fronts/);
    expect(whyUnfitById('interrupted_time_series', designed('complete_randomisation'))).toMatch(/leaves out the controls/);
    expect(whyUnfitById('interrupted_time_series', designed('everyone_from_date', { pre_periods: 0 }))).toMatch(/there are none/);
    expect(whyUnfitById('interrupted_time_series', designed('everyone_from_date'))).toBeNull();
  });
});

describe('the settings of a method', () => {
  const { parameters } = estimatorDescriptions.subclassification;
  const { own, filled, known } = settingGroups(parameters, initiativeWith([]), 0.9);
  it('separate what an analyst chooses from what the pilot says', () => {
    expect(Object.keys(own)).toEqual(['covariate_columns', 'strata_on', 'n_strata', 'estimand']);
    expect(Object.keys(filled)).toEqual(['outcome_column', 'treatment_column', 'confidence_level']);
    expect(known).toMatchObject({
      confidence_level: 0.9,
      covariate_columns: ['quality_score', 'price', 'pre_revenue'],
      outcome_column: 'revenue',
    });
  });
  it('take a value back that says what holds anyway', () => {
    expect(takenBack(parameters, known, 'n_strata', 5)).toBe(true);
    expect(takenBack(parameters, known, 'n_strata', 6)).toBe(false);
    expect(takenBack(parameters, known, 'covariate_columns', ['quality_score', 'price', 'pre_revenue'])).toBe(true);
    expect(takenBack(parameters, known, 'covariate_columns', ['price'])).toBe(false);
    expect(takenBack(parameters, known, 'covariate_columns', [])).toBe(true);
    expect(takenBack(parameters, known, 'confidence_level', 0.9)).toBe(true);
  });
});

describe('the calibration card', () => {
  it('shows no digit finer than the Monte Carlo error', () => {
    expect(withError({ value: 0.012345, monte_carlo_se: 0.0041 })).toBe('0.012 (0.004)');
    expect(withError({ value: -3.456, monte_carlo_se: 0.2 })).toBe('\u22123.5 (0.2)');
    expect(withError({ value: 123.4, monte_carlo_se: 12 })).toBe('123 (12)');
    expect(withError(null)).toBe('\u2013');
    expect(sharesWithError({ value: 0.9432, monte_carlo_se: 0.0073 })).toBe('94.3% (0.7)');
    expect(sharesWithError({ value: 1, monte_carlo_se: 0 })).toBe('100%');
  });
  it('flags coverage that is off its level by more than chance', () => {
    const cell = (kind: 'null' | 'home', coverage: number): CalibrationCard['cells'][number] => ({
      world: kind,
      kind,
      severity: null,
      label: kind,
      estimand: 'att',
      replications: 1000,
      degenerate: kind === 'null' ? 3 : 0,
      bias: { value: 0.01, monte_carlo_se: 0.02 },
      empirical_se: { value: 1.03, monte_carlo_se: 0.02 },
      model_se: { value: 0.98, monte_carlo_se: 0.004 },
      relative_error_model_se: { value: -5, monte_carlo_se: 2 },
      coverage: { value: coverage, monte_carlo_se: 0.007 },
      rejection_rate: { value: 0.05, monte_carlo_se: 0.007 },
      sample_coverage: { value: 0.961, monte_carlo_se: 0.006 },
    });
    const card: CalibrationCard = { estimator: 'experiment', cells: [cell('null', 0.94), cell('home', 0.9)], note: null };
    const rows = calibrationRows(card, 0.95);
    expect(rows.map(({ off, failures }) => [off, failures])).toEqual([
      [false, '3 of 1,000'],
      [true, ''],
    ]);
    expect(rows[0]).toMatchObject({
      bias: '0.01 (0.02)',
      model: '0.980 (0.004), \u22125%',
      coverage: '94.0% (0.7)',
      ownCoverage: '96.1% (0.6)',
    });
    expect(calibrationSubtitle(card)).toContain('1,000 replications of each world');
  });
});
