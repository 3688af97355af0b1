import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluateResult } from '../../../../src/core/contracts/evaluate-result.ts';
import { scoreConfidence } from '../../../../src/core/evaluate/score.ts';
import { allocationProblem } from '../../../../src/core/pipeline.ts';
import { parseScenario, requireScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { findPreset } from '../../../../src/core/scenario/presets/index.ts';
import type { Scenario, StatedInitiative } from '../../../../src/core/scenario/scenario.ts';
import { changeSheet, type TypedRow } from '../../../../src/views/allocate/sheet/sheet-change.ts';
import { blockOf, cellsOf, hasHeader } from '../../../../src/views/allocate/sheet/sheet-block.ts';
import { evidenceOf, sheetColumns, shownNumber, type SheetCells } from '../../../../src/views/allocate/sheet/sheet-cells.ts';
import {
  addResults,
  blankSheet,
  byHandOf,
  makeSheet,
  moveRow,
  replaceWithResults,
  resetAllByHand,
  resetByHand,
  setRow,
} from '../../../../src/views/allocate/sheet/sheet-edits.ts';
import { fillSheet, type Waiting } from '../../../../src/views/allocate/sheet/sheet-fill.ts';

const stated = findPreset('worked-example')!.scenario;
const simulated = findPreset('online-retail-five')!.scenario;
const evaluations: readonly EvaluateResult[] = simulated.initiatives.map(({ initiative_id, cost_to_scale }, i) => ({
  initiative_id,
  confidence: 0.9 + i / 100,
  cost: cost_to_scale,
  R_worst: -10.5 - i,
  R_med: 100 / 3 + i,
  R_best: 200 + i,
  model_type: 'experiment',
}));
const [firstId = '', secondId = ''] = simulated.initiatives.map(({ initiative_id }) => initiative_id);
const of = (scenario: Scenario, id: string) => scenario.initiatives.find(({ initiative_id }) => initiative_id === id) as StatedInitiative;
const ids = ({ initiatives }: Scenario) => initiatives.map(({ initiative_id }) => initiative_id);
const valid = (scenario: Scenario) => expect(parseScenario(scenario)).toMatchObject({ ok: true });

function row(scenario: Scenario, id: string, cells: SheetCells): TypedRow {
  const initiative = of(scenario, id);
  const mayBeEmpty = initiative.source !== ('stated' as string) || byHandOf(scenario, id) !== undefined;
  return { key: id, id, cells, evidence: evidenceOf(initiative, evaluations), mayBeEmpty };
}
const fresh = (key: string, cells: SheetCells): TypedRow => ({ key, id: null, cells, evidence: null, mayBeEmpty: false });

describe('a blank sheet', () => {
  it('is a valid scenario with nothing in it, and keeps the money and the seed', () => {
    const blank = blankSheet()({ ...simulated, currency: 'EUR' });
    valid(blank);
    expect(blank).toMatchObject({ title: 'My sheet', budget: 10, initiatives: [], currency: 'EUR', seed: simulated.seed });
    expect(blank.min_portfolio_worst_return).toBeNull();
  });
});

describe('the numbers of a run as a sheet', () => {
  it('decide as the run did, to the bit', () => {
    const sheet = makeSheet(evaluations)(simulated);
    valid(sheet);
    const again = sheet.initiatives.map((initiative) => ({ ...(initiative as StatedInitiative), cost: initiative.cost_to_scale }));
    expect(again.every(({ source }) => source === 'stated')).toBe(true);
    expect(allocationProblem(sheet, again).candidates).toEqual(allocationProblem(simulated, evaluations).candidates);
  });

  it('take in what was set by hand; a confidence no method earns stays set by hand', () => {
    const byHand = [
      { initiative_id: firstId, R_worst: 1, R_med: 2, R_best: 3, confidence: 0.97 },
      { initiative_id: secondId, R_worst: null, R_med: null, R_best: null, confidence: 0.1 },
    ];
    const sheet = makeSheet(evaluations)({ ...simulated, what_if: byHand });
    valid(sheet);
    expect(of(sheet, firstId)).toMatchObject({ R_worst: 1, R_med: 2, R_best: 3, confidence: 0.97 });
    expect(of(sheet, secondId)).toMatchObject({ R_worst: evaluations[1]!.R_worst, confidence: 0.85 });
    expect(sheet.what_if).toEqual([{ initiative_id: secondId, R_worst: null, R_med: null, R_best: null, confidence: 0.1 }]);
  });

  it('leave an initiative without numbers as it is', () => {
    const sheet = makeSheet(evaluations.slice(1))(simulated);
    valid(sheet);
    expect(sheet.initiatives[0]).toBe(simulated.initiatives[0]);
    expect(sheet.initiatives[1]?.source).toBe('stated');
  });
});

describe('results that are brought', () => {
  const results = [of(stated, 'TitlesAI'), of(stated, 'BundleEngine')];

  it('replace all, with what was said of those that go', () => {
    const constrained = requireScenario({
      ...stated,
      initiatives: stated.initiatives.map((one) => ({ ...one, category: one.initiative_id === 'TitlesAI' ? 'a' : 'b' })),
      what_if: [{ initiative_id: 'SearchRanker', confidence: 0.9 }],
      constraints: {
        required: ['SearchRanker', 'TitlesAI'],
        exclusive: [
          ['SearchRanker', 'BundleEngine'],
          ['TitlesAI', 'BundleEngine'],
        ],
        prerequisites: [{ id: 'SearchRanker', requires: 'TitlesAI' }],
        category_caps: [{ category: 'b', max_initiatives: 1 }],
      },
    });
    const replaced = replaceWithResults(results, [], { budget: 3 })(constrained);
    valid(replaced);
    expect(ids(replaced)).toEqual(['TitlesAI', 'BundleEngine']);
    expect(replaced).toMatchObject({ budget: 3, what_if: [] });
    expect(replaced.constraints).toMatchObject({
      required: ['TitlesAI'],
      exclusive: [['TitlesAI', 'BundleEngine']],
      prerequisites: [],
      category_caps: [],
    });
  });

  it('are added below the others', () => {
    const added = addResults(results, [])(simulated);
    valid(added);
    expect(ids(added)).toEqual([...ids(simulated), 'TitlesAI', 'BundleEngine']);
  });
});

describe('typing into a row', () => {
  it('of a stated initiative changes it, and the same numbers change nothing', () => {
    const { scenario, left } = changeSheet(stated, [
      row(stated, 'TitlesAI', { cost: '4.5', R_best: '1,500', category: ' titles ', divisible: 'yes' }),
    ]);
    expect(left).toEqual([]);
    expect(of(scenario, 'TitlesAI')).toMatchObject({ cost_to_scale: 4.5, R_best: 1500, category: 'titles', divisible: true });
    expect(changeSheet(stated, [row(stated, 'TitlesAI', { cost: '4', R_best: '15' })]).scenario).toBe(stated);
  });

  it('takes returns together, so that they may pass through an order that is wrong', () => {
    const first = changeSheet(stated, [row(stated, 'TitlesAI', { R_worst: '20', cost: '3' })]);
    expect(of(first.scenario, 'TitlesAI')).toMatchObject({ R_worst: 2, cost_to_scale: 3 });
    expect(first.left).toMatchObject([{ key: 'TitlesAI', cells: { R_worst: '20' } }]);
    expect(first.left[0]?.errors.R_worst).toMatch(/^Needs worst ≤ median ≤ best/);
    const then = changeSheet(first.scenario, [row(first.scenario, 'TitlesAI', { ...first.left[0]?.cells, R_med: '21', R_best: '22' })]);
    expect(then.left).toEqual([]);
    expect(of(then.scenario, 'TitlesAI')).toMatchObject({ R_worst: 20, R_med: 21, R_best: 22 });
  });

  it('keeps what is no number beside its cell, and takes the rest', () => {
    const { scenario, left } = changeSheet(stated, [row(stated, 'TitlesAI', { cost: '=1+1', confidence: '0,9', category: 'x' })]);
    expect(of(scenario, 'TitlesAI')).toMatchObject({ cost_to_scale: 4, confidence: 0.9, category: 'x' });
    expect(left[0]?.errors).toMatchObject({ cost: expect.stringContaining('Formulas'), confidence: expect.stringContaining('0.9') });
  });

  it.each([
    ['cost', '0', /more than 0/],
    ['cost', '-1', /more than 0/],
    ['cost', '1e16', /at most/],
    ['cost', '1e309', /too large|number/],
    ['R_best', '1e16', /at most/],
    ['confidence', '1.01', /1 or less/],
    ['confidence', '101%', /100 or less/],
    ['category', 'x'.repeat(61), /60 characters/],
    ['id', '!!!', /letters/],
    ['id', 'BundleEngine', /used twice/],
    ['model_type', 'magic', /method/],
    ['divisible', 'perhaps', /yes or no/],
    ['R_med', '', /number/],
  ] as const)('%s of %j is refused beside its cell', (column, text, message) => {
    const { scenario, left } = changeSheet(stated, [row(stated, 'TitlesAI', { [column]: text })]);
    expect(scenario).toBe(stated);
    expect(left[0]?.cells).toEqual({ [column]: text });
    expect(left[0]?.errors[column]).toMatch(message);
  });

  it('puts a confidence that the kind of evidence cannot earn by hand, and takes it back from there', () => {
    const beyond = changeSheet(stated, [row(stated, 'TitlesAI', { confidence: '30%' })]).scenario;
    expect(of(beyond, 'TitlesAI').confidence).toBe(0.85);
    expect(byHandOf(beyond, 'TitlesAI')?.confidence).toBe(0.3);
    const inside = changeSheet(beyond, [row(beyond, 'TitlesAI', { confidence: '0.95' })]).scenario;
    expect(of(inside, 'TitlesAI').confidence).toBe(0.95);
    expect(inside.what_if).toEqual([]);
    expect(changeSheet(beyond, [row(beyond, 'TitlesAI', { confidence: '' })]).scenario.what_if).toEqual([]);
  });

  it('moves the confidence into the range of another kind of evidence', () => {
    const changed = changeSheet(stated, [row(stated, 'TitlesAI', { model_type: 'DiD' })]).scenario;
    expect(of(changed, 'TitlesAI')).toMatchObject({ model_type: 'quasi-experiment', confidence: 0.84 });
    expect(changed.what_if).toEqual([]);
  });

  it('of a simulated initiative sets numbers by hand, all three returns or none', () => {
    const set = changeSheet(simulated, [row(simulated, firstId, { R_worst: '-5000', confidence: '0.2' })]).scenario;
    expect(set.initiatives[0]).toEqual(simulated.initiatives[0]);
    const { R_med, R_best } = evaluations[0]!;
    expect(set.what_if).toEqual([{ initiative_id: firstId, R_worst: -5000, R_med, R_best, confidence: 0.2 }]);
    const back = changeSheet(set, [row(set, firstId, { R_worst: '' })]).scenario;
    expect(back.what_if).toEqual([{ initiative_id: firstId, R_worst: null, R_med: null, R_best: null, confidence: 0.2 }]);
    expect(changeSheet(back, [row(back, firstId, { confidence: '' })]).scenario.what_if).toEqual([]);
    expect(resetByHand(firstId)(set).what_if).toEqual([]);
    expect(resetAllByHand()(set).what_if).toEqual([]);
  });

  it('changes the cost of a simulated initiative itself', () => {
    const changed = changeSheet(simulated, [row(simulated, firstId, { cost: '12,345', divisible: 'yes' })]).scenario;
    expect(changed.initiatives[0]).toMatchObject({ source: 'simulated', cost_to_scale: 12345, divisible: true });
  });

  it('over returns set by hand goes on by hand, and leaves those on record alone', () => {
    const byHand: Scenario = { ...stated, what_if: [{ initiative_id: 'TitlesAI', R_worst: 0, R_med: 1, R_best: 2, confidence: null }] };
    const changed = changeSheet(byHand, [row(byHand, 'TitlesAI', { R_best: '7' })]).scenario;
    expect(of(changed, 'TitlesAI')).toEqual(of(stated, 'TitlesAI'));
    expect(changed.what_if[0]).toMatchObject({ R_worst: 0, R_med: 1, R_best: 7 });
  });

  it('renames wherever the decision names it, and rows can take each other’s ids', () => {
    const named = requireScenario({ ...stated, constraints: { required: ['TitlesAI'], excluded: ['BundleEngine'] } });
    const { scenario, left } = changeSheet(named, [
      row(named, 'TitlesAI', { id: 'BundleEngine' }),
      row(named, 'BundleEngine', { id: 'Titles AI' }),
    ]);
    expect(left).toEqual([]);
    expect(ids(scenario)).toEqual(['BundleEngine', 'ImageEnhancer', 'PriceOptimizer', 'SearchRanker', 'Titles-AI']);
    expect(scenario.constraints).toMatchObject({ required: ['BundleEngine'], excluded: ['Titles-AI'] });
  });

  it('a cap follows its category to another name', () => {
    const capped = requireScenario({
      ...stated,
      initiatives: stated.initiatives.map((one) => ({ ...one, category: one.initiative_id === 'TitlesAI' ? 'only' : 'more' })),
      constraints: { category_caps: [{ category: 'only', max_initiatives: 1 }] },
    });
    const renamed = setRow('TitlesAI', { category: 'other' }, null)(capped);
    valid(renamed);
    expect(renamed.constraints.category_caps).toMatchObject([{ category: 'other' }]);
    const dropped = setRow('TitlesAI', { category: 'more' }, null)(capped);
    valid(dropped);
    expect(dropped.constraints.category_caps).toMatchObject([{ category: 'more' }]);
  });
});

describe('a new row', () => {
  const cells = { id: 'New one', cost: '1', R_worst: '-1', R_med: '0', R_best: '1' };

  it('waits until it has all it needs, and then is an initiative with the score of its id', () => {
    const { id, ...incomplete } = cells;
    const waiting = changeSheet(stated, [fresh('n', incomplete)]);
    expect(waiting).toMatchObject({ scenario: stated, left: [{ key: 'n', cells: incomplete, errors: {} }], added: [] });
    const { scenario, left, added } = changeSheet(stated, [fresh('n', { ...incomplete, id })]);
    expect({ left, added }).toEqual({ left: [], added: ['n'] });
    expect(scenario.initiatives.at(-1)).toMatchObject({
      initiative_id: 'New-one',
      confidence: scoreConfidence('New-one', 'experiment').confidence,
      model_type: 'experiment',
    });
  });

  it('keeps what is wrong, cell by cell, and none of it is taken', () => {
    const { scenario, left } = changeSheet(stated, [fresh('n', { ...cells, R_worst: '5' }), fresh('m', { ...cells, id: 'TitlesAI' })]);
    expect(scenario).toBe(stated);
    expect(left.map(({ key, errors }) => [key, Object.keys(errors)])).toEqual([
      ['n', ['R_med']],
      ['m', ['id']],
    ]);
  });
});

describe('a block of cells from a spreadsheet', () => {
  const nothing: Waiting = { drafts: [], fresh: [] };
  let made = 0;
  const fill = (scenario: Scenario, text: string, at: { row: number; column: (typeof sheetColumns)[number] }, waiting = nothing) =>
    fillSheet(
      scenario,
      evaluations,
      waiting,
      cellsOf(blockOf(text) ?? [], at.column).rows.map((cells, k) => ({ row: at.row + k, cells })),
      () => `new ${(made += 1)}`,
    );

  it('fills rows and makes new ones, in one step', () => {
    const filled = fill(blankSheet()(stated), 'a\t1\t0\t1\t2\t0.9\tRCT\tx\tyes\r\nb c\t2\t-1\t0\t5\t70%\tmatching\t\tno\r\n', {
      row: 0,
      column: 'id',
    });
    valid(filled.scenario);
    expect(filled.fresh).toEqual([]);
    expect(filled.notice).toBe('Ids hold only letters, digits, _ and -: ‘b c’ became b-c.');
    expect(filled.scenario.initiatives).toMatchObject([
      { initiative_id: 'a', cost_to_scale: 1, confidence: 0.9, category: 'x', divisible: true },
      { initiative_id: 'b-c', R_best: 5, confidence: 0.7, model_type: 'quasi-experiment' },
    ]);
  });

  it('reads decimal commas as the file reader does', () => {
    const filled = fill(stated, '2,5\t10,25\n2,5\t1.000,5', { row: 0, column: 'R_med' });
    expect(filled.scenario.initiatives).toMatchObject([{ R_med: 2.5, R_best: 10.25 }, { R_med: 2.5, R_best: 1000.5 }, {}, {}, {}]);
  });

  it('leaves the rows that are wrong to be corrected, and takes the others', () => {
    const filled = fill(stated, '3\nx\n5', { row: 0, column: 'cost' });
    expect(filled.scenario.initiatives.slice(0, 3).map(({ cost_to_scale }) => cost_to_scale)).toEqual([3, 2, 5]);
    expect(filled.drafts).toMatchObject([{ key: 'ImageEnhancer', cells: { cost: 'x' } }]);
  });

  it('says what there is no room for', () => {
    const many = Array.from({ length: 250 }, (_, i) => `i${i}\t1\t0\t1\t2`).join('\n');
    const filled = fill(blankSheet()(stated), many, { row: 0, column: 'id' });
    expect(filled.scenario.initiatives).toHaveLength(200);
    expect(filled.refused).toBe(50);
    expect(cellsOf([['1', '2', '3']], 'category').dropped).toBe(1);
  });

  it('knows one cell, quotes, empty cells and a header', () => {
    expect(blockOf('5\r\n')).toBeNull();
    expect(blockOf('a\tb')).toEqual([['a', 'b']]);
    expect(blockOf('a\t\n\tb\n')).toEqual([
      ['a', ''],
      ['', 'b'],
    ]);
    expect(blockOf('"two\nlines"\t"say ""x"""\t5"')).toEqual([['two lines', 'say "x"', '5"']]);
    expect(
      hasHeader([
        ['ID', 'Cost'],
        ['a', '1'],
      ]),
    ).toBe(true);
    expect(hasHeader([['a', '1']])).toBe(false);
  });

  it('leaves a valid scenario and loses no cell, whatever it holds', () => {
    const cell = fc.oneof(
      fc.constantFrom('a', 'TitlesAI', '1', '-3', '0.5', '90%', 'rct', '', 'x y', '=1', '1e309', 'yes', '__proto__'),
      fc.string({ maxLength: 4 }),
    );
    const block = fc.array(fc.array(cell, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(block, fc.nat(6), fc.constantFrom(...sheetColumns), fc.constantFrom(stated, simulated), (rows, at, column, start) => {
        const { rows: cells } = cellsOf(rows, column);
        const filled = fillSheet(
          start,
          evaluations,
          nothing,
          cells.map((given, k) => ({ row: at + k, cells: given })),
          () => `new ${(made += 1)}`,
        );
        valid(filled.scenario);
        for (const { cells: left, errors } of filled.drafts)
          for (const [name, text] of Object.entries(left)) expect([name, text, Object.keys(errors).length > 0]).toEqual([name, text, true]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the order of rows', () => {
  it('is moved among all kinds, and not beyond the ends', () => {
    const mixed = addResults([of(stated, 'TitlesAI')], [])(simulated);
    expect(ids(moveRow('TitlesAI', -1)(mixed)).at(-2)).toBe('TitlesAI');
    expect(moveRow('TitlesAI', 1)(mixed)).toBe(mixed);
    expect(moveRow('nobody', 1)(mixed)).toBe(mixed);
  });
});

describe('a number in a cell at rest', () => {
  it.each([
    [1234.5, '1,234.5'],
    [36336.28374652, '36,336.3'],
    [1234567.891, '1,234,568'],
    [0.88457833487, '0.884578'],
    [-0.1, '-0.1'],
    [1e21, '1e+21'],
  ])('%s is shown as %s', (value, text) => expect(shownNumber(value)).toBe(text));
});
