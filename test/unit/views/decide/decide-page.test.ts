import { describe, expect, it } from 'vitest';
import { readPastedTable } from '../../../../src/interchange/pasted-table.ts';
import {
  longestTableLink,
  readTableLink,
  readTableText,
  tableLink,
  tableText,
  type DraftTable,
} from '../../../../src/interchange/payoff-table-text.ts';
import { exactTable } from '../../../../src/core/decide/exact-table.ts';
import { mixedMinimaxRegret } from '../../../../src/core/decide/mixed-regret.ts';
import type { PayoffTable } from '../../../../src/core/decide/payoff-table.ts';
import { stepOfKey } from '../../../../src/views/decide/cell-keys.ts';
import { labApi } from '../../../../workers/lab.ts';
import { decide } from '../../../../src/core/decide/decide.ts';
import { analyseTable, problemAt } from '../../../../src/views/decide/analyse-table.ts';
import { decideHeading, decideReading, figure, list, mixedWords, ruleLines } from '../../../../src/views/decide/decide-words.ts';
import * as edits from '../../../../src/views/decide/table-edits.ts';
import { defaultTable, tableExamples } from '../../../../src/views/decide/table-examples.ts';

const table = (change: Partial<DraftTable> = {}): DraftTable => ({
  options: ['a', 'b', 'c'],
  states: ['x', 'y'],
  payoffs: [
    [8, 2],
    [5, 5],
    [1, 9],
  ],
  sense: 'gain',
  weights: [1, 1],
  alpha: 0.5,
  ...change,
});

describe('what the rules make of a table', () => {
  it('is what deciding the table says, the lottery that the worker gives included', async () => {
    for (const { id, table: example } of tableExamples.filter((candidate) => candidate.id !== 'blank')) {
      const { decision, complete } = analyseTable(example);
      const { mixed_minimax_regret: mixed, ...rest } = decide({
        ...example,
        payoffs: example.payoffs.map((row) => row.map((payoff) => payoff ?? NaN)),
        weights: example.weights.map((w) => w / example.weights.length),
      });
      expect(decision, id).toEqual(rest);
      expect(await labApi().lottery(complete as PayoffTable), id).toEqual({ ok: true, value: mixed });
    }
  });

  it('waits for missing payoffs and counts them', () => {
    const blank = tableExamples.find(({ id }) => id === 'blank')?.table as DraftTable;
    expect(analyseTable(blank)).toMatchObject({ decision: null, missing: 9, issues: [] });
    expect(decideHeading(null, 9)).toBe('Fill in the table: 9 payoffs are missing.');
    expect(decideHeading(null, 1)).toContain('one payoff is missing');
  });

  it('says at which name the trouble is', () => {
    const { decision, issues } = analyseTable(table({ options: ['a', 'a', ''] }));
    expect(decision).toBeNull();
    expect(problemAt(issues, 'options.1')).toContain('name of its own');
    expect(problemAt(issues, 'options.2')).toBe('Give it a name.');
    expect(problemAt(issues, 'options.0')).toBeNull();
  });

  it('takes weights in proportion, and leaves those that add up to 1 as they are', () => {
    expect(analyseTable(table({ weights: [3, 1] })).probabilities).toEqual([0.75, 0.25]);
    expect(analyseTable(table({ weights: [0.1, 0.9] })).probabilities).toEqual([0.1, 0.9]);
    const unweighted = analyseTable(table({ weights: [0, 0] }));
    expect(unweighted.probabilities).toBeNull();
    expect(unweighted.decision?.expected_value).toBeUndefined();
    expect(unweighted.decision?.minimax_regret.selected).toBe('b');
  });
});

describe('the words', () => {
  const { decision, complete } = analyseTable(table());
  const lotteryOf = (asked: PayoffTable | null) => mixedMinimaxRegret(exactTable(asked as PayoffTable));

  it('name the option that is regretted least, and by how much', () => {
    expect(decideHeading(decision, 0)).toBe('b: the least to regret, 4 at most.');
    expect(
      decideHeading(
        analyseTable(
          table({
            payoffs: [
              [8, 8],
              [5, 5],
              [1, 1],
            ],
          }),
        ).decision,
        0,
      ),
    ).toBe('a cannot be regretted.');
  });

  it('say who agrees and who does not', () => {
    expect(decideReading(decision as NonNullable<typeof decision>)).toBe(
      'Minimax regret and Maximin pick b; Maximax picks c; Hurwicz, Laplace and Expected value pick a.',
    );
  });

  it('give every rule a reason with its own figure', () => {
    const lines = ruleLines(decision as NonNullable<typeof decision>);
    expect(lines.map(({ rule }) => rule)).toEqual(['minimax_regret', 'maximin', 'maximax', 'hurwicz', 'laplace', 'expected_value']);
    for (const { verdict, why } of lines) expect(why).toContain(figure(verdict.values[verdict.selected] ?? NaN));
    expect(lines[0]?.why).toBe('It is never more than 4 from the best (y); any other can be regretted by 7 or more.');
  });

  it('speak of costs as costs', () => {
    const costs = analyseTable(table({ sense: 'cost' })).decision as NonNullable<typeof decision>;
    expect(ruleLines(costs).find(({ rule }) => rule === 'maximin')).toMatchObject({ label: 'Minimax cost', verdict: { selected: 'b' } });
    expect(ruleLines(costs).find(({ rule }) => rule === 'maximax')?.why).toBe('It may cost as little as 1, less than any other.');
  });

  it('say what the lottery is worth beside the best single option', () => {
    expect(mixedWords(lotteryOf(complete))).toMatch(/keeps the expected regret at 3\.5 .* regretted by 4\./);
    const ruled = table({
      payoffs: [
        [1, 1],
        [0, 0],
        [0, 0],
      ],
    });
    expect(mixedWords(lotteryOf(analyseTable(ruled).complete))).toContain('does not help');
    expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  });

  it('find the example in which an option that nobody picks decides', () => {
    const example = tableExamples.find(({ id }) => id === 'menu')?.table as DraftTable;
    expect(analyseTable(example).decision?.menu_dependence.length).toBeGreaterThan(0);
  });
});

describe('edits', () => {
  it('keep names, payoffs and weights together', () => {
    const moved = edits.moveState(0, 1)(table({ weights: [3, 1] }));
    expect(moved).toMatchObject({
      states: ['y', 'x'],
      weights: [1, 3],
      payoffs: [
        [2, 8],
        [5, 5],
        [9, 1],
      ],
    });
    expect(edits.moveOption(2, -1)(table())).toMatchObject({
      options: ['a', 'c', 'b'],
      payoffs: [
        [8, 2],
        [1, 9],
        [5, 5],
      ],
    });
    expect(edits.moveOption(0, -1)(table())).toEqual(table());
    expect(edits.removeState(1)(table())).toMatchObject({ states: ['x'], weights: [1], payoffs: [[8], [5], [1]] });
    expect(edits.addState(edits.addOption(table()))).toMatchObject({
      options: ['a', 'b', 'c', 'Option 4'],
      states: ['x', 'y', 'State 3'],
      weights: [1, 1, 1],
    });
  });

  it('leave one option and one state, and stop at thirty', () => {
    const single = edits.removeOption(0)(edits.removeOption(0)(edits.removeOption(0)(table())));
    expect(single.options).toEqual(['c']);
    const large = Array.from({ length: 40 }).reduce<DraftTable>((grown) => edits.addState(edits.addOption(grown)), table());
    expect([large.options.length, large.states.length, large.payoffs.length, large.payoffs[29]?.length]).toEqual([30, 30, 30, 30]);
    expect(new Set(large.options).size).toBe(30);
  });

  it('fill pasted numbers in from a cell on', () => {
    expect(
      edits.fillFrom(1, 1, [
        [7, 7],
        [6, null],
        [5, 5],
      ])(table()).payoffs,
    ).toEqual([
      [8, 2],
      [5, 7],
      [1, 6],
    ]);
  });
});

describe('pasted text', () => {
  const named = {
    options: ['stay', 'go'],
    states: ['rain', 'sun'],
    payoffs: [
      [1, 2.5],
      [-3, 1200],
    ],
  };

  it('is read from a spreadsheet, from CSV with commas or semicolons, with a corner or without', () => {
    for (const text of [
      '\train\tsun\nstay\t1\t2.5\ngo\t-3\t1,200\n',
      'option,rain,sun\r\nstay,1,2.5\r\ngo,\u22123,"1,200"',
      ';rain;sun\nstay;1;2,5\ngo;-3;1.200',
      'rain\tsun\t\nstay\t1\t2.5\ngo\t-3\t$1,200',
    ])
      expect(readPastedTable(text), text).toMatchObject({ ok: true, named: true, ...named });
  });

  it('may be numbers alone, or have names on one side', () => {
    expect(readPastedTable('1\t2\n3\t4')).toMatchObject({
      ok: true,
      named: false,
      options: ['option 1', 'option 2'],
      states: ['state 1', 'state 2'],
      payoffs: [
        [1, 2],
        [3, 4],
      ],
    });
    expect(readPastedTable('rain\tsun\n3\t4')).toMatchObject({ ok: true, states: ['rain', 'sun'], payoffs: [[3, 4]] });
    expect(readPastedTable('stay\t3\t\ngo\t\t4')).toMatchObject({
      ok: true,
      options: ['stay', 'go'],
      payoffs: [
        [3, null],
        [null, 4],
      ],
    });
  });

  it('is refused with a reason where it is no table', () => {
    for (const [text, reason] of [
      ['', /nothing/],
      ['a\tb\nc\tx1', /not a number/],
      ['\ta\tb\nc\t1\toops', /Row 2, column 3 holds 'oops'/],
      [Array.from({ length: 40 }, () => '1\t2').join('\n'), /40 options/],
      [Array.from({ length: 31 }, () => '1').join('\t'), /31 states/],
      ['\ta\nb\t1e300', /not a number/],
    ] as const)
      expect(readPastedTable(text), text).toMatchObject({ ok: false, message: expect.stringMatching(reason) as string });
  });
});

describe('the link', () => {
  it('holds every table that can be made, and gives it back', async () => {
    const names = (word: string) => Array.from({ length: 30 }, (_, i) => `${word} \u{1F33D} ${i}`);
    const large = table({
      options: names('option'),
      states: names('state'),
      weights: names('').map((_, i) => i / 7),
      payoffs: names('').map((_, i) => names('').map((__, j) => ((i * 31 + j * 17) % 997) / 7)),
    });
    for (const each of [
      ...tableExamples.map((example) => example.table),
      table({
        payoffs: [
          [-0.1, null],
          [1e15, -1e15],
          [0, 3],
        ],
      }),
      large,
    ]) {
      const link = await tableLink(each);
      expect(link.length).toBeLessThan(longestTableLink);
      expect(await readTableLink(link)).toEqual({ ok: true, table: each });
    }
  });

  it('is refused with a reason whatever else it holds', async () => {
    for (const link of ['', 'x', '!!!', 'a'.repeat(longestTableLink + 1), '%00', 'AAAA'])
      expect(await readTableLink(link), link.slice(0, 9)).toMatchObject({ ok: false });
    const good = JSON.parse(tableText(defaultTable)) as Record<string, unknown>;
    for (const change of [
      { options: [] },
      { options: [1, 2, 3, 4] },
      { options: ['x'.repeat(61), 'b', 'c', 'd'] },
      { states: Array.from({ length: 31 }, String) },
      { payoffs: [[1]] },
      {
        payoffs: [
          ['1', 2, 3],
          [1, 2, 3],
          [1, 2, 3],
          [1, 2, 3],
        ],
      },
      {
        payoffs: [
          [1e300, 2, 3],
          [1, 2, 3],
          [1, 2, 3],
          [1, 2, 3],
        ],
      },
      { sense: 'profit' },
      { weights: [1, -1, 1] },
      { weights: null },
      { alpha: 2 },
      { __proto__: null, alpha: '0.5' },
    ])
      expect(readTableText(JSON.stringify({ ...good, ...change })), JSON.stringify(change)).toMatchObject({
        ok: false,
        message: expect.stringContaining('cannot be opened') as string,
      });
    for (const text of ['', 'null', '[]', '3', '{']) expect(readTableText(text)).toMatchObject({ ok: false });
  });
});

describe('the keys that lead from cell to cell', () => {
  const at = (selectionStart: number, selectionEnd = selectionStart, value = '1,234') => ({ selectionStart, selectionEnd, value });
  const step = (key: string, input = at(2), shiftKey = false) => stepOfKey({ key, shiftKey }, input);

  it('go by row wherever the cursor is', () => {
    expect([step('Enter'), step('ArrowDown')]).toEqual([
      { down: 1, across: 0 },
      { down: 1, across: 0 },
    ]);
    expect([step('Enter', at(2), true), step('ArrowUp')]).toEqual([
      { down: -1, across: 0 },
      { down: -1, across: 0 },
    ]);
  });

  it('go by column from the ends of the text, or where all of it is selected', () => {
    expect(step('ArrowLeft')).toBeNull();
    expect(step('ArrowRight')).toBeNull();
    expect(step('ArrowLeft', at(0))).toEqual({ down: 0, across: -1 });
    expect(step('ArrowRight', at(0))).toBeNull();
    expect(step('ArrowRight', at(5))).toEqual({ down: 0, across: 1 });
    expect(step('ArrowRight', at(0, 5))).toEqual({ down: 0, across: 1 });
    expect(step('ArrowLeft', at(0, 0, ''))).toEqual({ down: 0, across: -1 });
  });

  it('stay in the cell for all else, and where text is being selected', () => {
    for (const key of ['a', 'Tab', 'Home', 'Escape']) expect(step(key), key).toBeNull();
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) expect(step(key, at(0, 5), true), key).toBeNull();
  });
});
