import { describe, expect, it } from 'vitest';
import { cellArithmetic } from '../../../../src/core/allocate/explain/cell-arithmetic.ts';
import { states } from '../../../../src/core/contracts/shared-types.ts';
import { arithmeticLines, exactText, regretText, sumText } from '../../../../src/views/allocate/cell-arithmetic-words.ts';
import { workedAllocation, workedProblem } from './worked-example.ts';

const choice = { ids: ['TitlesAI', 'PriceOptimizer', 'BundleEngine'] };
const cell = (state: (typeof states)[number], portfolio: Parameters<typeof cellArithmetic>[2] = choice, problem = workedProblem) =>
  cellArithmetic(problem, workedAllocation, portfolio, state);

describe('the arithmetic of a cell', () => {
  it('is written out for every initiative, summed, and taken from V*', () => {
    expect(arithmeticLines(cell('best'))).toEqual([
      { id: 'TitlesAI', formula: '2 + (1 \u2212 0.1) \u00d7 (15 \u2212 2)', value: '13.7' },
      { id: 'PriceOptimizer', formula: '2 + (1 \u2212 0.2) \u00d7 (9 \u2212 2)', value: '7.6' },
      { id: 'BundleEngine', formula: '0 + (1 \u2212 0.5) \u00d7 (18 \u2212 0)', value: '9' },
    ]);
    expect(states.map((state) => sumText(cell(state)))).toEqual(['13.7 + 7.6 + 9 = 30.3', '9.2 + 5.2 + 4.5 = 18.9', '2 + 2 + 0 = 4']);
    expect(states.map((state) => regretText(cell(state)))).toEqual(['30.3 \u2212 30.3 = 0', '19.6 \u2212 18.9 = 0.7', '5 \u2212 4 = 1']);
  });

  it('adds up on paper: every printed formula gives the printed value, and the values the sum', () => {
    const number = (text: string) => text.replaceAll(',', '').replaceAll('\u2212', '-').replaceAll('\u00d7', '*');
    const evaluate = (formula: string): number => {
      const [, worst, gamma, ret, minus] = /^(-?[\d.]+) \+ \(1 - ([\d.]+)\) \* \((-?[\d.]+) - \(?(-?[\d.]+)\)?\)$/
        .exec(number(formula))!
        .map(Number);
      return worst! + (1 - gamma!) * (ret! - minus!);
    };
    for (const portfolio of workedAllocation.portfolios) {
      for (const state of states) {
        const arithmetic = cell(state, portfolio);
        const lines = arithmeticLines(arithmetic);
        for (const { formula, value } of lines) expect(evaluate(formula)).toBeCloseTo(Number(number(value)), 12);
        const total = lines.reduce((sum, { value }) => sum + Number(number(value)), 0);
        expect(total).toBeCloseTo(portfolio.returns[state], 12);
        expect(Number(number(regretText(arithmetic).split(' = ')[1]!))).toBeCloseTo(portfolio.regrets[state], 12);
      }
    }
  });

  it('keeps losses in brackets and shares in front', () => {
    const [titles, ...others] = workedProblem.candidates;
    const losing = { ...workedProblem, candidates: [{ ...titles!, R_worst: -3 }, ...others] };
    const portfolio = { ids: ['BundleEngine', 'TitlesAI'], shares: { TitlesAI: 1, BundleEngine: 0.4 } };
    const arithmetic = cell('worst', portfolio, losing);
    expect(arithmeticLines(arithmetic)[0]?.formula).toBe('\u22123 + (1 \u2212 0.1) \u00d7 (\u22123 \u2212 (\u22123))');
    expect(sumText(arithmetic)).toBe('\u22123 + 0.4 \u00d7 0 = \u22123');
    expect(regretText(arithmetic)).toBe('5 \u2212 (\u22123) = 8');
    expect(sumText(cell('best', { ids: [] }))).toBe('nothing is funded: 0');
    expect(sumText(cell('best', { ids: ['TitlesAI'] }))).toBe('13.7');
  });

  it('cuts digits nobody reads, and says so', () => {
    const text = (decimal: string) => exactText({ decimal });
    expect(text('1234567.5')).toBe('1,234,567.5');
    expect(text('-18249.63452381726')).toBe('\u221218,249.634523\u2026');
    expect(text('0.0000000001')).toBe('0.0000000001');
  });

  it('leaves nothing between a benchmark in the digits of a double and the same sum in all its own', () => {
    const exact = (decimal: string) => ({ value: Number(decimal), decimal });
    const arithmetic = {
      ...cell('best'),
      sum: exact('51234.12345678901234'),
      v_star: exact('51234.12345678901'),
      regret: exact('-0.00000000000234'),
    };
    expect(regretText(arithmetic)).toBe('51,234.123456\u2026 \u2212 51,234.123456\u2026 = 0');
  });
});
