import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import { requireScenario } from '../../src/core/scenario/parse-scenario.ts';
import type { SweepDocument } from '../../src/core/study/sweep-plan.ts';
import { designGridCsv } from '../../src/interchange/design-grid-csv.ts';
import { sweepCsv } from '../../src/interchange/sweep-csv.ts';
import { gridChoices, gridState } from '../../src/state/design-grid.svelte.ts';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import { sweepChoices, sweepState } from '../../src/state/sweep.svelte.ts';
import GridPanel from '../../src/views/study/grid/GridPanel.svelte';
import { breakdownSentences } from '../../src/views/study/sweep/breakdown-words.ts';
import { evenGrid, readGrid } from '../../src/views/study/sweep/grid-text.ts';
import { firstMeasure, measuresOf } from '../../src/views/study/sweep/sweep-measures.ts';
import SweepPanel from '../../src/views/study/sweep/SweepPanel.svelte';
import { smallScenario } from '../unit/engine/study-fixture.ts';

const trouble = vi.hoisted(() => ({ atBudget: NaN }));
// Replications on the spot, each after a turn of the page, so that there is something to pause.
vi.mock('../../src/state/worker-pool.ts', async () => {
  const { inlineStudyRunner } = await import('../../src/engine/inline-study-runner.ts');
  const inner = inlineStudyRunner();
  const replicate: typeof inner.replicate = async (request, signal) => {
    await new Promise((resolve) => setTimeout(resolve));
    if (request.plan.scenario.budget === trouble.atBudget) throw new Error('pilot of ads: the worker is out of memory');
    return inner.replicate(request, signal);
  };
  return { pool: { ...inner, replicate }, onPoolNotice: () => undefined };
});

let mounted: Record<string, unknown> | null = null;
beforeEach(() => {
  expect(scenarioState.change('start', () => smallScenario())).toEqual([]);
});
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.innerHTML = '';
});

function show(panel: Component): void {
  mounted = mount(panel, { target: document.body, props: {} });
  flushSync();
}

const text = () => document.body.textContent.replaceAll(/\s+/g, ' ');
const labelled = (name: RegExp) => [...document.querySelectorAll('label')].find((label) => name.test(label.textContent))!;
const control = (name: RegExp) => document.getElementById(labelled(name).getAttribute('for')!) as HTMLInputElement & HTMLSelectElement;

function enter(name: RegExp, value: string): void {
  const field = control(name);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

function press(name: RegExp): void {
  const button = [...document.querySelectorAll('button')].find((element) => name.test(element.textContent.trim()));
  if (button === undefined) throw new Error(`no button is named ${name.source}`);
  button.click();
  flushSync();
}

describe('the panel of sweeps', () => {
  it('finds a parameter by words of its name, among every number of the scenario', () => {
    show(SweepPanel);
    expect(text()).toContain(`of ${sweepChoices.targets.length})`);
    enter(/^Find a parameter/, 'imbalance severity together');
    expect(control(/^Parameter/).options).toHaveLength(1);
    expect(sweepChoices.target!.path).toBe('initiatives.*.flaws.imbalance.severity');
    enter(/^Find a parameter/, 'nothing of the sort');
    expect(text()).toContain('No parameter has these words');
    enter(/^Find a parameter/, '');
    enter(/^Parameter/, 'budget');
    expect(sweepChoices.target!.path).toBe('budget');
    expect(sweepChoices.values).toContain(scenarioState.current.budget);
  });

  it('takes a grid from one end to the other, or number by number', () => {
    show(SweepPanel);
    enter(/^Parameter/, 'initiatives.*.flaws.imbalance.severity');
    enter(/^Values/, '0.5, 0, 0.5 1');
    expect(sweepChoices.values).toEqual([0, 0.5, 1]);
    enter(/^Values/, '0.5, x');
    expect(text()).toContain("'x' is not a number");
    enter(/^To/, '0.8');
    expect(sweepChoices.values.at(-1)).toBe(0.8);
    enter(/^In so many values/, '3');
    expect(sweepChoices.values).toEqual([0, 0.4, 0.8]);
    expect(control(/^Values/).value).toBe('0, 0.4, 0.8');
  });

  it('runs, pauses, goes on, and draws any measure with sentences about what breaks where', async () => {
    show(SweepPanel);
    enter(/^Parameter/, 'initiatives.*.flaws.small_sample.severity');
    enter(/^Values/, '0, 0.4, 2');
    enter(/^Replications/, '4');
    press(/^Run the sweep/);
    expect(text()).toContain('Cancel');
    press(/^Pause$/);
    await vi.waitFor(() => expect(sweepState.status).toBe('paused'));
    flushSync();
    press(/^Go on$/);
    await vi.waitFor(() => expect(sweepState.status).toBe('done'), { timeout: 20_000 });
    flushSync();
    const { points } = sweepState.document!;
    expect(points.map(({ replications, issues }) => [replications, issues === null])).toEqual([
      [4, true],
      [4, true],
      [0, false],
    ]);
    expect(text()).toContain('8 of 8 replications');
    expect(text()).toMatch(/What does too small a sample: severity, all together do to coverage\?/);
    expect(text()).toMatch(/coverage (stays|falls|is below|reaches)/);
    expect(text()).toContain('funded most often');
    expect(text()).toContain('4 replications at each value');
    enter(/^Draw/, 'expected_regret');
    expect(text()).toMatch(/do to expected regret\?/);
    expect(scenarioState.change('budget', (scenario) => ({ ...scenario, budget: scenario.budget + 1 }))).toEqual([]);
    flushSync();
    expect(text()).toContain('This sweep is of the scenario before your change');
  });

  it('keeps what was found when it is cancelled', async () => {
    show(SweepPanel);
    enter(/^Parameter/, 'budget');
    enter(/^Values/, '0, 30000');
    enter(/^Replications/, '1000');
    press(/^Run the sweep/);
    await vi.waitFor(() => expect(sweepState.progress?.done ?? 0).toBeGreaterThan(0));
    press(/^Cancel$/);
    await vi.waitFor(() => expect(sweepState.status).toBe('cancelled'));
    const done = sweepState.document!.points.reduce((sum, { replications }) => sum + replications, 0);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(2000);
  });

  it('says what stopped it, and goes on from the values that are done', async () => {
    show(SweepPanel);
    enter(/^Parameter/, 'budget');
    enter(/^Values/, '0, 30000');
    enter(/^Replications/, '3');
    enter(/^How far/, 'estimates');
    trouble.atBudget = 30_000;
    press(/^Run the sweep/);
    await vi.waitFor(() => expect(sweepState.status).toBe('failed'));
    flushSync();
    expect(text()).toContain('The sweep was stopped by an error');
    expect(text()).toContain('the worker is out of memory. What was found before it stays.');
    expect(sweepState.document!.points[0]!.replications).toBe(3);
    trouble.atBudget = NaN;
    press(/^Go on$/);
    await vi.waitFor(() => expect(sweepState.status).toBe('done'));
    expect(sweepState.document!.points.map(({ replications }) => replications)).toEqual([3, 3]);
    enter(/^How far/, 'decision');
  });

  it('gives every figure as CSV, exact', () => {
    const sweep = sweepState.document!;
    const lines = sweepCsv(sweep).trim().split('\r\n');
    expect(lines[0]).toBe('parameter,value,replications,initiative_id,method,estimand,failures,measure,estimate,monte_carlo_se,note');
    const point = sweep.points[0]!;
    const own = point.diagnosands[0]!;
    expect(lines).toContain(
      `budget,0,${own.replications},${own.initiative_id},${own.method},${own.estimand},0,coverage,${own.diagnosands.coverage!.value},${own.diagnosands.coverage!.monte_carlo_se!},`,
    );
    expect(sweepCsv({ ...sweep, points: [{ ...point, issues: [{ path: 'a', message: 'cannot be, here' }] }] })).toContain(
      '"cannot be, here"',
    );
  });

  it('says that there is nothing to turn where there is not', () => {
    const empty = requireScenario({ ...smallScenario(), initiatives: [] });
    expect(scenarioState.change('empty', () => empty)).toEqual([]);
    show(SweepPanel);
    expect(sweepChoices.target).toBeNull();
    expect(text()).toContain('there is nothing to turn');
  });
});

describe('what a sweep is drawn of', () => {
  const decision = { expected_regret: null, oracle_probability: null, selection: [{}] };
  const of = (points: readonly object[], initiative: string | null) => {
    const document = { points, initiative } as unknown as SweepDocument;
    return [firstMeasure(document), measuresOf(document).length];
  };
  it('is coverage where the world is turned, the decision where that is, and never what there is not', () => {
    const whole = { diagnosands: [{}], decision: { ...decision, expected_regret: {}, oracle_probability: {} } };
    expect(of([whole], '*')[0]).toBe('coverage');
    expect(of([whole], null)[0]).toBe('expected_regret');
    expect(of([{ diagnosands: [], decision }], 'stated')).toEqual(['selection', 1]);
    expect(of([{ diagnosands: [{}], decision: null }], null)[0]).toBe('coverage');
    expect(of([{ diagnosands: [], decision: null }], null)).toEqual([null, 0]);
  });
});

describe('what is said about a breakdown', () => {
  const document = { label: 'Severity', values: [0, 0.5, 1] } as unknown as SweepDocument;
  const sentences = (coverage: object, decision: object | null = null) =>
    breakdownSentences(
      {
        ...document,
        breakdown: { coverage: [{ initiative_id: 'ads', threshold: 0.9, ...coverage }], decision },
      } as unknown as SweepDocument,
      ['ads'],
    );
  it('gives the value, its neighbours and how sure it is', () => {
    const falls = { kind: 'falls', value: 0.318, between: [0, 0.5], interval: { lower: 0.27, upper: null } };
    expect(sentences(falls)).toEqual([
      'ads: coverage falls below 90% at severity 0.32, by a straight line between 0.0 and 0.5; Monte Carlo error leaves 0.27 to beyond the grid.',
    ]);
    expect(sentences({ kind: 'never' })).toEqual(['ads: coverage stays at 90% or above at every value between 0.0 and 1.0.']);
    expect(sentences({ kind: 'always' })).toEqual(['ads: coverage is below 90% at every value between 0.0 and 1.0.']);
  });
  it('tells the nearest change of the decision on either side', () => {
    const flips = [
      { between: [0, 0.5], from: ['a'], to: ['b'], shares: [0.6, 0.55] },
      { between: [0.5, 1], from: ['b'], to: [], shares: [0.7, 1] },
    ];
    const [, told] = sentences({ kind: 'never' }, { flips, from_current: { portfolio: ['b'], below: flips[0], above: flips[1] } });
    expect(told).toBe(
      'From b, which is funded most often now, the decision changes between 0.0 and 0.5 from a (in 60% of replications) to b (in 55% of replications), and between 0.5 and 1.0 from b (in 70% of replications) to nothing (in 100% of replications).',
    );
    expect(sentences({ kind: 'never' }, { flips: [], from_current: null })[1]).toBe(
      'The portfolio that is funded most often is the same at every value between 0.0 and 1.0.',
    );
  });
  it('reads a grid as people write it', () => {
    expect(readGrid('1; 2 ,3\n0', 10)).toEqual({ ok: true, values: [0, 1, 2, 3] });
    expect(readGrid('', 10).ok).toBe(false);
    expect(readGrid('1 2 3', 2).ok).toBe(false);
    expect(evenGrid(0, 1, 5, false)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(evenGrid(0, 3, 7, true)).toEqual([0, 1, 2, 3]);
  });
});

describe('the panel of the grid', () => {
  it('runs the world of an initiative under every design, and shows any measure', async () => {
    show(GridPanel);
    expect(gridChoices.initiative).toBe(scenarioState.current.initiatives[0]!.initiative_id);
    enter(/^Replications/, '8');
    enter(/^Its effect/, 'none');
    press(/^Run the grid/);
    await vi.waitFor(() => expect(gridState.document?.rows[0]!.replications).toBe(8), { timeout: 20_000 });
    press(/^Cancel$/);
    await vi.waitFor(() => expect(gridState.status).toBe('cancelled'));
    flushSync();
    expect(document.querySelector('figure h3')!.textContent).toMatch(/Which method can be trusted with which design\?/);
    expect(text()).toContain('Complete randomisation');
    expect(text()).toContain('without any effect');
    enter(/^Show/, 'rejection_rate');
    expect(text()).toContain('it should be 5%');
    const [header, ...lines] = designGridCsv(gridState.document!).trim().split('\r\n');
    expect(header).toContain('assumptions_hold');
    expect(lines.filter((line) => line.includes(',complete_randomisation,experiment,ate,true,8,0,')).length).toBeGreaterThan(5);
  }, 40_000);

  it('says that nothing is simulated where nothing is', () => {
    expect(scenarioState.change('stated', () => findPreset('worked-example')!.scenario)).toEqual([]);
    show(GridPanel);
    expect(text()).toContain('No initiative of this scenario is simulated');
  });
});
