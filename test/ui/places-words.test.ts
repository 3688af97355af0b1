import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/contracts/run.ts';
import { plainText } from '../../src/ui/phrase.ts';
import { allocateHeading, allocateReading } from '../../src/views/allocate/allocate-words.ts';
import { budgetRange, floorRange } from '../../src/views/allocate/slider-range.ts';
import { evaluateHeading, evaluateReading } from '../../src/views/evaluate/evaluate-words.ts';
import { placeProgress, progressRows } from '../../src/views/frame/stage-progress.ts';
import { stepResults } from '../../src/views/frame/step-results.ts';
import { estimateReading, measureHeading } from '../../src/views/measure/measure-words.ts';
import { diagnosticRows } from '../../src/views/measure/diagnostic-words.ts';
import { whatToTry } from '../../src/views/overview/what-to-try.ts';
import { outcomeRows, portfolioFacts, scaleHeading, scaleReading } from '../../src/views/scale/scale-words.ts';
import { moneyOf } from '../../src/views/shared/money.ts';
import { simulateHeading } from '../../src/views/simulate/world-words.ts';
import { runFixture, type FixtureInitiative } from './run-fixture.ts';

const caught = (id: string, truth = 300): FixtureInitiative => ({
  id,
  cost: 30_000,
  truth,
  pilot: [truth - 50, truth + 10, truth + 50],
  scale: [truth - 5, truth, truth + 5],
});
const missed = (id: string): FixtureInitiative => ({ id, cost: 30_000, truth: 300, pilot: [350, 400, 450] });
const degenerate = (id: string): FixtureInitiative => ({ id, cost: 30_000, truth: 300, pilot: 'degenerate' });
const stated = (id: string): FixtureInitiative => ({ id, cost: 4, truth: 0, pilot: 'stated' });
const money = (run: Run) => moneyOf(run.scenario);

const two = runFixture({ initiatives: [caught('a'), missed('b')], funded: ['a'], oracle: ['b'] });
const textbook = runFixture({ initiatives: [stated('x'), stated('y')], funded: ['x'], oracle: [], budget: 10 });
const none = runFixture({ initiatives: [], funded: [], oracle: [] });

describe('money', () => {
  it('prints a textbook to a tenth and programme money whole', () => {
    expect(money(textbook).exact(30.3)).toBe('$30.3');
    expect(money(textbook).exact(4)).toBe('$4.0');
    expect(money(textbook).rounded(18.275)).toBe('$18.3');
    expect(money(two).exact(18_249.6)).toBe('$18,250');
    expect(money(two).rounded(11_423)).toBe('$11,400');
    expect(money(two).rounded(-11_423)).toBe('\u2212$11,400');
    expect(money(two).compact(11_423)).toBe('$11.4k');
    expect(moneyOf({ ...two.scenario, currency: 'CHF' }).exact(5)).toBe('CHF\u00a05');
  });
});

describe('the navigation', () => {
  it('tells the story in two words a step', () => {
    expect(stepResults(two, money(two))).toEqual({
      overview: 'one truth missed',
      simulate: '2 catalogs',
      measure: '1 of 2 in interval',
      evaluate: 'confidence 0.70',
      allocate: '1 funded',
      scale: 'nothing lost',
    });
    expect(stepResults(textbook, money(textbook))).toMatchObject({
      simulate: '2 stated',
      measure: 'nothing measured',
      scale: 'not simulated',
    });
    expect(stepResults(none, money(none))).toMatchObject({ simulate: 'empty', evaluate: 'nothing to trust', allocate: 'none funded' });
  });

  it('shows how much of a stage is done', () => {
    const step = (initiative_id: string | null, stage: 'pilot' | 'allocate', status: 'done' | 'running') => ({
      initiative_id,
      stage,
      status,
    });
    const progress = {
      done: 1,
      total: 3,
      steps: [step('a', 'pilot', 'done'), step('b', 'pilot', 'running'), step(null, 'allocate', 'running')],
    };
    expect(placeProgress(progress, 'measure')).toBe(0.5);
    expect(placeProgress(progress, 'scale')).toBeNull();
    expect(progressRows(progress)).toEqual([
      { initiative: 'a', stages: { pilot: 'done', evaluate: null, scale: null } },
      { initiative: 'b', stages: { pilot: 'running', evaluate: null, scale: null } },
    ]);
  });
});

describe('headings', () => {
  it('say what each place found', () => {
    expect(simulateHeading(two)).toBe('Two simulated worlds: two help.');
    expect(simulateHeading(textbook)).toBe('Two initiatives with stated returns, and no world behind them.');
    expect(measureHeading(two)).toBe('One of two intervals holds the truth.');
    expect(measureHeading(runFixture({ initiatives: [caught('a'), degenerate('b')], funded: ['a'], oracle: ['a'] }))).toBe(
      'The interval holds the truth; one pilot has no answer.',
    );
    expect(measureHeading(textbook)).toBe('Nothing was measured: all returns are stated.');
    expect(evaluateHeading(two)).toBe('Every estimate earns a confidence of 0.70.');
    expect(evaluateHeading(none)).toBe('There is no estimate to trust or distrust.');
    expect(allocateHeading(two, money(two))).toBe('Fund one initiative for $30,000: at most $0 to regret.');
    expect(scaleHeading(two, money(two))).toBe('The pilots promised $31,000; $30,000 came.');
    expect(scaleHeading(none, money(none))).toBe('Nothing was scaled.');
  });
});

describe('readings', () => {
  it('put the truth beside the estimate, on its side of the interval', () => {
    const [a, b] = two.initiatives;
    const read = (initiative: typeof a) =>
      plainText(estimateReading(initiative!, initiative!.pilot!.result as never, (value) => value.toFixed(0), '95%'));
    expect(read(a)).toBe(
      'Per product and day, the pilot says 310, with a 95% interval from 250 to 350. The truth is 300, inside the interval.',
    );
    expect(read(b)).toContain('The truth is 300, below the interval.');
  });

  it('name who falls below the threshold', () => {
    const run = { ...two, scenario: { ...two.scenario, min_confidence_threshold: 0.8 } };
    expect(plainText(evaluateReading(run))).toContain('a and b fall below the threshold of 0.80 and cannot be funded.');
  });

  it('explain an empty selection', () => {
    const run = runFixture({ initiatives: [missed('a')], funded: [], oracle: [], reason: 'No initiative fits the budget.' });
    expect(plainText(allocateReading(run, money(run), 'Minimax regret'))).toBe(
      'Minimax regret chooses nothing. No initiative fits the budget.',
    );
    expect(plainText(scaleReading(run))).toBe('Nothing was funded, so there is nothing to measure again.');
  });

  it('say how many results lie inside their pilot interval', () => {
    expect(plainText(scaleReading(two))).toBe(
      'Each funded initiative was measured again at scale on 5,000 other products of the same world. The result lies outside its pilot interval.',
    );
  });
});

describe('sliders', () => {
  it('have round ends, and a step that lands on them', () => {
    const budget = budgetRange(two);
    expect(budget).toEqual({ min: 0, max: 66_000, step: 500 });
    const floor = floorRange(two);
    expect(floor.min).toBe(0);
    expect(floor.max).toBeGreaterThanOrEqual(60_000);
    expect(floor.max % floor.step).toBe(0);
  });
});

describe('what to try', () => {
  it('offers an experiment to the pilot that missed, a budget for one more, and another world', () => {
    const tries = whatToTry(two, money(two), '42');
    expect(tries.map(({ label }) => label)).toEqual(['Give b an experiment', 'Draw another world']);
    const edited = tries[0]!.edit(two.scenario);
    expect(edited.initiatives[1]).toMatchObject({ design: { id: 'complete_randomisation' }, method: { id: 'experiment' } });
    expect(tries[1]!.edit(two.scenario).seed).toBe('42');
    const poor = { ...two, scenario: { ...two.scenario, budget: 40_000 } };
    expect(whatToTry(poor, money(poor), '42').map(({ label }) => label)).toContain('Raise the budget to $60,000');
  });

  it('offers the largest floor that can be met where none can', () => {
    const run = runFixture({ initiatives: [stated('x')], funded: [], oracle: [], status: 'infeasible', budget: 10 });
    const infeasible = { ...run, allocation: { ...run.allocation, attainable_worst_return: 2 } };
    const [first] = whatToTry(infeasible, money(infeasible), '1');
    expect(first?.label).toBe('Lower the floor to $2.0');
    expect(first?.edit(run.scenario).min_portfolio_worst_return).toBe(2);
  });
});

describe('the outcome report', () => {
  it('signs the error and adds up the portfolio', () => {
    const inPart = { ...two, allocation: { ...two.allocation, shares: { a: 0.4 } } };
    expect(outcomeRows(inPart, money(two))[0]?.name).toBe('40% of a');
    expect(outcomeRows(two, money(two))[0]).toMatchObject({
      name: 'a',
      predicted: '$31,000',
      actual: '$30,000',
      error: '\u2212$1,000',
      confidence: '0.70',
      truth: 'not known',
    });
    const facts = Object.fromEntries(portfolioFacts(two, money(two)).map(({ label, value }) => [label, value]));
    expect(facts).toMatchObject({
      'promised by the pilots': '$31,000',
      'measured at scale': '$30,000',
      'return on investment': '0%',
      'realised regret': '$0',
    });
  });
});

describe('diagnostics', () => {
  it('have plain names, known ones first, and flag what deserves a look', () => {
    const rows = diagnosticRows({ something_new: true, r_squared: 0.0312, f_p_value: 1e-12, n_strata: 5, gone: null, tiny: 3e-13 });
    expect(rows.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'strata: 5',
      'variance explained (R\u00b2): 0.0312',
      'p of F: <0.001',
      'something new: yes',
      'tiny: 3.0e\u221213',
    ]);
    expect(diagnosticRows({ max_smd_after: 0.2 })[0]?.worry).toBe(true);
    expect(diagnosticRows({ max_smd_after: 0.02 })[0]?.worry).toBe(false);
  });
});
