import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { allocate } from '../../src/core/allocate/index.ts';
import { judgePortfolio } from '../../src/core/allocate/judge-portfolio.ts';
import type { OwnJudged } from '../../src/engine/lab-session.ts';
import DecisionTables from '../../src/views/allocate/DecisionTables.svelte';
import { leastPossible } from '../../src/views/allocate/least-possible.ts';
import { mine as ticked, money, workedAllocation, workedProblem } from '../unit/views/allocate/worked-example.ts';

type Props = { hidden?: boolean; rule?: string; own?: boolean; mine?: OwnJudged };

const titlesAndImages: OwnJudged = { ...ticked, independentRegret: 15.6 };
let mounted: Record<string, unknown>;

function show({ hidden = false, rule = 'minimax_regret', own = true, mine = titlesAndImages }: Props = {}): void {
  const problem = { ...workedProblem, rule };
  const allocation = rule === 'minimax_regret' ? workedAllocation : allocate(problem, null);
  const least = leastPossible(allocation, [{ rule: 'minimax_regret', allocation: workedAllocation }]);
  mounted = mount(DecisionTables, { target: document.body, props: { allocation, problem, money, mine: own ? mine : null, hidden, least } });
  flushSync();
}

afterEach(async () => {
  await unmount(mounted);
  document.body.innerHTML = '';
});

const all = <T extends Element = HTMLElement>(selector: string) => [...document.querySelectorAll<T>(selector)];
const tidy = (element: Element | null | undefined) => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
const tableOf = (label: string) => document.querySelector<HTMLElement>(`[aria-label="${label}"]`)!;
const cellText = (row: Element | null) =>
  [...(row?.querySelectorAll('th, td') ?? [])]
    .map((cell) => tidy(cell).replaceAll(/ ,\s*/g, ', '))
    .filter((text) => text !== '')
    .join(' | ');
const rowsOf = (label: string) => [...tableOf(label).querySelectorAll('tbody tr')].map(cellText);
const button = (name: string) => all<HTMLButtonElement>('button').find((one) => tidy(one) === name);
const page = () => document.body.textContent;

function press(name: string): void {
  const found = button(name);
  if (found === undefined) throw new Error(`no button is named ${name}`);
  found.focus();
  found.click();
  flushSync();
}

function key(name: string): void {
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  flushSync();
}

const cellsOf = (label: string) => [...tableOf(label).querySelectorAll<HTMLButtonElement>('button[data-cell]')];
const choice = 'TitlesAI + PriceOptimizer + BundleEngine';

describe('the decision tables', () => {
  it('show payoffs with V* at the foot, and regrets with what binds the choice', () => {
    show();
    expect(rowsOf('Payoff table')[0]).toBe(`${choice}, chosen | 10.0 | 30.3, best of the column | 18.9 | 4.0`);
    expect(rowsOf('Regret table')[0]).toBe(
      `${choice}, chosen | 0.0 | 0.7 | 1.0, largest of the row, the binding statebinds | 1.0, the smallest`,
    );
    expect(cellText(tableOf('Payoff table').querySelector('tfoot'))).toBe(
      `V*: what you could have had | 30.3 | 19.6 | 5.0 | best: TitlesAI + ImageEnhancer + BundleEngine or ${choice}median and worst: TitlesAI + ImageEnhancer + PriceOptimizer`,
    );
    expect(rowsOf('Regret table').at(-1)).toContain('TitlesAI + ImageEnhancer, your choice');
    expect(page()).toContain('$1.0 is the most you can regret');
    expect(page()).toContain('can lose $7.6');
    expect(page()).toContain('The scenario that hurts most');
  });

  it('show the objective of another rule beside the regrets', () => {
    show({ rule: 'maximin', own: false });
    expect(cellText(tableOf('Regret table').querySelector('thead'))).toBe(
      'portfolio | best | median | worst | largest | return in the worst state',
    );
    expect(rowsOf('Regret table')[0]).toContain('1.4');
    expect(rowsOf('Regret table')[0]).toContain('5.0, what the rule takes');
  });

  it('show no answer while it is to be guessed, not even out of sight', () => {
    show({ hidden: true });
    expect(rowsOf('Payoff table')).toEqual(['TitlesAI + ImageEnhancer, your choice | 6.0 | 21.3 | 14.4 | 3.0']);
    expect(rowsOf('Regret table')).toEqual(['TitlesAI + ImageEnhancer, your choice | 9.0, largest of the row | 5.2 | 2.0 | 9.0 | 15.6']);
    expect(cellText(tableOf('Regret table').querySelector('thead'))).toBe('portfolio | best | median | worst | largest | each its own way');
    expect(page()).toContain('The largest regret is $8.0 more than the least possible: there is a better portfolio.');
    expect(document.body.innerHTML).not.toMatch(/BundleEngine|PriceOptimizer/);
    expect(page()).not.toMatch(/V\*|chosen|equally good|binding|the smallest|dominated|30\.3|to regret/);
    expect(cellsOf('Regret table')).toEqual([]);
    cellsOf('Payoff table')[0]!.click();
    flushSync();
    expect(document.body.innerHTML).not.toMatch(/BundleEngine|PriceOptimizer/);
    press('Build it up');
    key('End');
    expect(page()).toContain('minimax regret funds');
    key('Escape');
    expect(document.body.innerHTML).not.toContain('BundleEngine');
  });
});

describe('while the answer is to be guessed', () => {
  const judged = (ids: readonly string[]): OwnJudged => ({
    ...judgePortfolio(workedProblem, ids, workedAllocation),
    independentRegret: 7.6,
  });

  it('what to do is said until something is ticked that may be chosen', async () => {
    show({ hidden: true, own: false });
    expect(document.querySelector('table')).toBeNull();
    expect(page()).toContain('Tick initiatives for up to $10.0 to see what you could regret, and how far that is from the least possible.');
    await unmount(mounted);
    show({ hidden: true, mine: judged(['TitlesAI', 'ImageEnhancer', 'PriceOptimizer', 'BundleEngine']) });
    expect(rowsOf('Payoff table')[0]).toContain('not feasible');
    expect(tableOf('Regret table')).toBeNull();
    expect(page()).toContain('Your portfolio cannot be chosen as it stands.');
    expect(page()).not.toContain('least possible');
  });

  it('the best portfolio is known when it is found, and bears no mark before it is revealed', () => {
    show({ hidden: true, mine: judged(['TitlesAI', 'PriceOptimizer', 'BundleEngine']) });
    expect(rowsOf('Regret table')).toEqual([`${choice}, your choice | 0.0 | 0.7 | 1.0, largest of the row | 1.0 | 7.6`]);
    expect(page()).toContain('The largest regret is the least possible: no portfolio does better.');
    expect(document.querySelector('.funded')).toBeNull();
  });

  it('another rule has its own column, and its own distance', () => {
    const problem = { ...workedProblem, rule: 'maximin' };
    const mine = { ...judgePortfolio(problem, ['TitlesAI', 'ImageEnhancer'], allocate(problem, null)), independentRegret: 15.6 };
    show({ hidden: true, rule: 'maximin', mine });
    expect(rowsOf('Regret table')[0]).toBe(
      'TitlesAI + ImageEnhancer, your choice | 9.0, largest of the row | 5.2 | 2.0 | 9.0 | 15.6 | 3.0',
    );
    expect(page()).toContain('$8.0 more than the least possible: another portfolio has less to regret.');
    expect(page()).toContain('The return in the worst state, which the rule in use looks at, is $2.0 less than the most possible.');
    expect(document.body.innerHTML).not.toMatch(/BundleEngine|PriceOptimizer/);
  });
});

describe('the arithmetic of a cell', () => {
  it('opens under the table, one at a time, and closes with Escape to where it was asked for', async () => {
    show();
    const [best] = cellsOf('Payoff table');
    best!.focus();
    best!.click();
    flushSync();
    expect(best!.getAttribute('aria-expanded')).toBe('true');
    const panel = document.getElementById(best!.getAttribute('aria-controls')!);
    expect([...panel!.querySelectorAll('tbody tr')].map(cellText)).toContain('TitlesAI | 2 + (1 \u2212 0.1) \u00d7 (15 \u2212 2) | 13.7');
    expect(tidy(panel)).toContain('13.7 + 7.6 + 9 = 30.3');
    const regret = cellsOf('Regret table')[2]!;
    regret.focus();
    regret.click();
    flushSync();
    expect(all('[aria-expanded="true"]')).toEqual([regret]);
    expect(all('.arithmetic')).toHaveLength(1);
    expect(tidy(document.querySelector('.arithmetic'))).toContain('5 \u2212 4 = 1');
    expect(tidy(document.querySelector('.arithmetic'))).toContain('attained by TitlesAI + ImageEnhancer + PriceOptimizer');
    key('Escape');
    expect(all('.arithmetic')).toEqual([]);
    await vi.waitFor(() => expect(document.activeElement).toBe(regret));
  });

  it('is one stop for the Tab key, and arrow keys lead from figure to figure', () => {
    show();
    const cells = cellsOf('Payoff table');
    expect(cells.filter(({ tabIndex }) => tabIndex === 0)).toEqual([cells[0]]);
    cells[0]!.focus();
    key('ArrowRight');
    expect(document.activeElement).toBe(cells[1]);
    key('ArrowDown');
    expect(document.activeElement).toBe(cells[4]);
    expect(cellsOf('Payoff table').filter(({ tabIndex }) => tabIndex === 0)).toEqual([cells[4]]);
    key('Home');
    key('ArrowUp');
    expect(document.activeElement).toBe(cells[0]);
    key('ArrowUp');
    expect(document.activeElement).toBe(cells[0]);
  });
});

describe('the tables step by step', () => {
  const told = () => tidy(document.querySelector('.stepper [aria-live="polite"]'));
  const figures = (label: string) => cellsOf(label).length;

  it('reveal a column at a time, and nothing before its time', () => {
    show();
    press('Build it up');
    expect(told()).toBe(
      '1 of 10 The options Each row is a portfolio and what it costs; the budget is $10.0. Of the 15 that fit, six are listed.',
    );
    expect([figures('Payoff table'), figures('Regret table')]).toEqual([0, 0]);
    expect(page()).not.toMatch(/chosen|V\*|equally good|\bbinds\b|the smallest|30\.3|to regret/);
    press('Next');
    const rows = rowsOf('Payoff table').length;
    expect(figures('Payoff table')).toBe(rows);
    press('Next');
    press('Next');
    expect(figures('Payoff table')).toBe(3 * rows);
    expect(page()).not.toMatch(/chosen|V\*|best of the column/);
    press('Next');
    expect(told()).toContain('V* is the most the budget could have returned');
    expect(cellText(tableOf('Payoff table').querySelector('tfoot'))).toContain('30.3 | 19.6 | 5.0');
    expect(figures('Regret table')).toBe(0);
    press('Next');
    expect(figures('Regret table')).toBe(rows);
    press('Next');
    press('Next');
    expect(page()).not.toMatch(/chosen|largest of the row|the smallest/);
    press('Next');
    expect(page()).toContain('largest of the row');
    expect(page()).not.toMatch(/chosen|the smallest/);
    press('Next');
    expect(told()).toContain(`The smallest of these is $1.0: minimax regret funds ${choice}.`);
    expect(rowsOf('Payoff table').find((row) => row.includes('chosen'))).toContain(choice);
    expect(button('Next')!.getAttribute('aria-disabled')).toBe('true');
    press('Done');
    expect(document.querySelector('.stepper')).toBeNull();
  });

  it('go by arrow keys, and Escape closes them', async () => {
    show();
    press('Build it up');
    expect(tidy(document.activeElement)).toBe('Next');
    key('ArrowRight');
    key('ArrowRight');
    expect(told()).toContain('3 of 10');
    key('ArrowLeft');
    expect(told()).toContain('2 of 10');
    key('End');
    expect(told()).toContain('10 of 10');
    key('Home');
    expect(told()).toContain('1 of 10');
    key('ArrowLeft');
    expect(told()).toContain('1 of 10');
    key('Escape');
    expect(document.querySelector('.stepper')).toBeNull();
    await vi.waitFor(() => expect(tidy(document.activeElement)).toBe('Build it up'));
  });
});
