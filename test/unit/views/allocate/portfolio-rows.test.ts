import { describe, expect, it } from 'vitest';
import { allocate } from '../../../../src/core/allocate/index.ts';
import type { Allocation, Portfolio } from '../../../../src/core/allocate/decision-rule.ts';
import {
  attains,
  isLargest,
  leastRegret,
  optionRows,
  ownRows,
  shortList,
  type OptionRow,
} from '../../../../src/views/allocate/portfolio-rows.ts';
import { rowTags } from '../../../../src/views/allocate/row-tags.ts';
import { beforeTheAnswer, everything } from '../../../../src/views/allocate/table-steps.ts';
import { attainedBy, benchmarkWords } from '../../../../src/views/allocate/v-star-words.ts';
import { fundedName, portfolioName } from '../../../../src/views/shared/portfolio-name.ts';
import { states } from '../../../../src/core/contracts/shared-types.ts';
import { mine, workedAllocation, workedProblem } from './worked-example.ts';

const asked = { allocation: workedAllocation, problem: workedProblem, mine: null, all: false, sense: 'minimise' } as const;
const rows = optionRows(asked);
const row = (name: string, all: readonly OptionRow[] = rows) => all.find((one) => one.name === name)!;
const tags = (one: OptionRow, revealed = everything) => rowTags(one, revealed).map(({ text }) => text);

const choice = 'TitlesAI + PriceOptimizer + BundleEngine';
const rival = 'TitlesAI + ImageEnhancer + PriceOptimizer';

describe('the rows of the decision tables', () => {
  it('come in the order of the objective, the choice first', () => {
    expect(rows[0]).toMatchObject({ name: choice, chosen: true, portfolio: { cost: 10 } });
    const objectives = rows.map(({ portfolio }) => portfolio.objective_value);
    expect(objectives).toEqual(objectives.toSorted((a, b) => a - b));
    expect(row(rival).portfolio).toMatchObject({
      cost: 8,
      returns: { best: 28.9, med: 19.6, worst: 5 },
      regrets: { best: 1.4, med: 0, worst: 0 },
    });
  });

  it('mark the best of each column, the largest of each row and the smallest of those', () => {
    const best = (name: string) => states.filter((state) => attains(workedAllocation, row(name).portfolio, state));
    expect(best(choice)).toEqual(['best']);
    expect(best(rival)).toEqual(['med', 'worst']);
    expect(states.filter((state) => isLargest(row(choice).portfolio, state))).toEqual(['worst']);
    expect(states.filter((state) => isLargest(row(rival).portfolio, state))).toEqual(['best']);
    expect(leastRegret(rows)).toBe(1);
  });

  it('say what beats a portfolio in every state', () => {
    expect(row('TitlesAI + ImageEnhancer + BundleEngine').dominatedBy).toEqual([{ name: choice, chosen: true }]);
    expect(tags(row('TitlesAI + ImageEnhancer + BundleEngine'))).toEqual(['dominated by the choice']);
    expect(tags(row('TitlesAI + ImageEnhancer + BundleEngine'), { ...everything, choice: false })).toEqual([`dominated by ${choice}`]);
    expect(tags(row('TitlesAI + ImageEnhancer + BundleEngine'), { ...everything, payoffs: 2 })).toEqual([]);
    expect(row(choice).dominatedBy).toEqual([]);
    expect(row(rival).dominatedBy).toEqual([]);
  });

  it('end with the portfolio of one\u2019s own, unless it is listed already', () => {
    const withOwn = optionRows({ ...asked, mine });
    expect(withOwn.at(-1)).toMatchObject({ mine: true, name: 'TitlesAI + ImageEnhancer', chosen: false });
    expect(tags(withOwn.at(-1)!)).toContain('your choice');
    const same = { portfolio: workedAllocation.portfolios[0]!, feasible: true, breaches: [] };
    const merged = optionRows({ ...asked, mine: same });
    expect(merged).toHaveLength(rows.length);
    expect(tags(merged[0]!)).toEqual(['chosen', 'your choice']);
  });

  it('say why one\u2019s own is not feasible', () => {
    const tooDear = { ...mine, feasible: false, breaches: ['It costs 14, which is 4 over the budget.', 'BundleEngine needs TitlesAI.'] };
    expect(tags(optionRows({ ...asked, mine: tooDear }).at(-1)!)).toContain(
      'not feasible: it costs 14, which is 4 over the budget; BundleEngine needs TitlesAI',
    );
    const own = optionRows({ ...asked, mine: { ...tooDear, breaches: ['Bundle needs Titles.'] } }).at(-1)!;
    expect(tags(own)).toContain('not feasible: Bundle needs Titles');
    expect(rowTags(own, everything, true).map(({ text }) => text)).toEqual(['your choice', 'not feasible']);
  });

  it('show nothing but one\u2019s own before the answer', () => {
    expect(ownRows(null)).toEqual([]);
    expect(ownRows(mine)).toHaveLength(1);
    expect(tags(row(choice), beforeTheAnswer)).toEqual([]);
  });

  it('set apart what only sets the benchmark', () => {
    const problem = { ...workedProblem, min_portfolio_worst_return: 4.5 };
    const allocation = allocate(problem, null);
    const listed = optionRows({ ...asked, allocation, problem });
    const bundle = listed.filter(({ benchmarkOnly }) => benchmarkOnly);
    expect(bundle.map(({ name }) => name)).toContain('TitlesAI + ImageEnhancer + BundleEngine');
    expect(listed[0]).toMatchObject({ chosen: true, benchmarkOnly: false, name: rival });
    expect(tags(bundle[0]!)[0]).toBe('below the floor, so only a benchmark');
    expect(leastRegret(listed)).toBe(1.4);
    expect(attainedBy(allocation, problem)[0]).toMatchObject({
      states: 'best',
      portfolios: [{ name: 'TitlesAI + ImageEnhancer + BundleEngine', note: 'below the floor, so only a benchmark' }],
    });
  });

  it('list ties as equally good', () => {
    const tie = ['ImageEnhancer', 'TitlesAI', 'PriceOptimizer'];
    const tied = optionRows({ ...asked, allocation: { ...workedAllocation, ties: [tie] } });
    expect(tags(row(rival, tied))).toEqual(['equally good']);
  });

  it('sort by what the rule wants large', () => {
    const values: Readonly<Record<string, number>> = { [choice]: 4, [rival]: 5 };
    const portfolios = workedAllocation.portfolios.map((portfolio) => ({
      ...portfolio,
      objective_value: values[portfolioName(portfolio.ids)] ?? 1,
    }));
    const maximin: Allocation = {
      ...workedAllocation,
      rule: 'maximin',
      selected_initiatives: ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer'],
      portfolios,
    };
    const sorted = optionRows({ ...asked, allocation: maximin, sense: 'maximise' });
    expect(sorted.slice(0, 2).map(({ name }) => name)).toEqual([rival, choice]);
    expect(sorted[0]?.chosen).toBe(true);
  });

  it('are cut to what tells the story, however many there are', () => {
    const filler = Array.from({ length: 20 }, (_, i): Portfolio => ({ ...workedAllocation.portfolios.at(-1)!, ids: [`f${i}`] }));
    const [chosen, ...others] = workedAllocation.portfolios;
    const many = { ...workedAllocation, portfolios: [chosen!, ...filler, ...others] };
    const names = shortList(many).map(({ ids }) => portfolioName(ids));
    expect(names.length).toBeLessThanOrEqual(9);
    expect(names).toEqual(expect.arrayContaining([choice, rival, 'TitlesAI + ImageEnhancer + BundleEngine']));
    expect(optionRows({ ...asked, allocation: many, all: true })).toHaveLength(many.portfolios.length);
  });
});

describe('what attains V*', () => {
  it('is named for every column, with all that are listed', () => {
    expect(attainedBy(workedAllocation, workedProblem)).toEqual([
      {
        states: 'best',
        portfolios: [
          { name: 'TitlesAI + ImageEnhancer + BundleEngine', note: '' },
          { name: choice, note: '' },
        ],
      },
      { states: 'median and worst', portfolios: [{ name: rival, note: '' }] },
    ]);
  });

  it('may be bound by the floor too', () => {
    expect(benchmarkWords(workedProblem)).toBe('had you known');
    expect(benchmarkWords({ ...workedProblem, benchmark: 'same-feasible-set' })).toBe(
      'had you known, under the same floor and constraints',
    );
  });
});

describe('names', () => {
  it('carry the share of what is funded in part, in digits that tell it from nothing and from the whole', () => {
    expect(portfolioName(['TitlesAI', 'BundleEngine'], { TitlesAI: 1, BundleEngine: 0.4 })).toBe('TitlesAI + 40% of BundleEngine');
    expect(portfolioName([])).toBe('nothing');
    expect(fundedName('a', 1 / 3)).toBe('33.3% of a');
    expect(fundedName('a', 0.9999)).toBe('99.99% of a');
    expect(fundedName('a', 0.00001)).toBe('0.0010% of a');
    expect(fundedName('a', 0.125)).toBe('12.5% of a');
  });
});
