import { describe, expect, it, vi } from 'vitest';
import { formatMoney } from '../../src/charts/format.ts';
import { PairedDifferenceChart, RegretDistributionChart } from '../../src/charts/index.ts';
import { pairedDifferenceGeometry } from '../../src/charts/paired-difference-geometry.ts';
import { pairedDifferenceSummary, pairedDifferenceTable, standingOf } from '../../src/charts/paired-difference-words.ts';
import type { RegretDistribution } from '../../src/charts/regret-distribution-data.ts';
import { regretDistributionGeometry } from '../../src/charts/regret-distribution-geometry.ts';
import { regretDistributionSummary, regretDistributionTable } from '../../src/charts/regret-distribution-words.ts';
import { regretSplitGeometry, regretSplitTable } from '../../src/charts/regret-split-geometry.ts';
import { open, press, readout } from './mounting.ts';
import { armRows, regretDistribution, regretParts, regretTotal } from './study-fixtures.ts';

const format = (value: number) => formatMoney(value);
const options = { width: 700, format };

function regretsOf(values: readonly number[]): RegretDistribution {
  return { regrets: values.map((regret, i) => ({ replication: i + 1, regret })), mean: { value: 10, monte_carlo_se: 1 }, worst: null };
}

describe('the distribution of regret', () => {
  it('has the exact zeros in a bar of their own, apart from regrets that are almost zero', () => {
    const { zero, marks } = regretDistributionGeometry(regretsOf([0, 0, 0, -0, 1e-9, 40, 60, 80, 100, 90, 70]), options);
    expect(zero).not.toBeNull();
    expect(marks[0]!.label).toBe('No regret');
    expect(marks[0]!.values[0]!.text).toBe('4 replications (36.4%)');
    const others = marks.slice(1).map(({ values }) => Number(values[0]!.text.split(' ')[0]));
    expect(others.reduce((sum, count) => sum + count, 0)).toBe(7);
    expect(regretDistributionGeometry(regretsOf([1, 2, 3]), options).zero).toBeNull();
  });

  it('keeps heights in proportion, and cuts the bar of zeros where it would dwarf the others', () => {
    const level = regretDistributionGeometry(regretsOf([0, 0, 10, 10, 10, 10]), options);
    expect(level.zero!.cut).toBe(false);
    expect(level.zero!.bar.height).toBeCloseTo(level.bars[0]!.height / 2, 9);
    const dwarfing = regretDistributionGeometry(regretsOf([...Array.from({ length: 90 }, () => 0), 10, 10]), options);
    expect(dwarfing.zero!.cut).toBe(true);
    expect(dwarfing.zero!.bar.height).toBeLessThan(1.8 * dwarfing.bars[0]!.height);
    expect(dwarfing.zero!.texts.map(({ text }) => text)).toContain('97.8%');
  });

  it('starts its axis at zero, and has none to speak of where no regret is more', () => {
    const some = regretDistributionGeometry(regretsOf([120, 130, 180, 200, 260]), options);
    expect(some.across[0]!.value).toBe(0);
    const none = { ...regretsOf([0, 0, 0]), mean: { value: 0, monte_carlo_se: 0 } };
    const { across, mean, marks } = regretDistributionGeometry(none, options);
    expect(across.map(({ value }) => value)).toEqual([0]);
    expect(mean!.x).toBeCloseTo(across[0]!.at, 9);
    expect(marks.map(({ label }) => label)).toEqual(['No regret']);
  });

  it('does not stretch its axis to a disaster, but shows where it is and how many lie beyond', () => {
    const { worst, across, legend } = regretDistributionGeometry(regretDistribution(), options);
    expect(worst!.beyond).toBe(true);
    expect(Math.max(...across.map(({ value }) => value))).toBeLessThan(100_000);
    expect(legend.texts.map(({ text }) => text).join()).toMatch(/beyond the axis: \d/);
  });

  it('says mean with its Monte Carlo error, worst and zeros, in words and in the table', () => {
    const distribution = regretDistribution();
    const zeros = distribution.regrets.filter(({ regret }) => regret === 0).length;
    const words = regretDistributionSummary(distribution, '$', format);
    expect(words).toContain(`Exactly zero in ${zeros}`);
    expect(words).toContain('Worst $310,000, in replication 418');
    const { rows } = regretDistributionTable(distribution, '$', format);
    expect(rows.at(-1)).toEqual(['largest', '$310,000', '418']);
    expect(rows[0]![1]).toBe(`${format(distribution.mean.value)} \u00b1 ${format(distribution.mean.monte_carlo_se!)}`);
  });

  it('opens the worst replication, and one of a bar', () => {
    const onpick = vi.fn();
    const chart = open(RegretDistributionChart, { ...regretDistribution(), unit: '$', format, onpick });
    const reader = chart.target.querySelector('.reader')!;
    press(reader, 'End');
    expect(readout(chart.target)).toContain('Worst: $310,000, in replication 418');
    press(reader, 'Enter');
    expect(onpick).toHaveBeenLastCalledWith(418);
    press(reader, 'Home');
    press(reader, 'ArrowRight');
    const example = Number(/such as replication ([\d,]+)/.exec(readout(chart.target))![1]!.replace(',', ''));
    press(reader, 'Enter');
    expect(onpick).toHaveBeenLastCalledWith(example);
    chart.close();
  });
});

describe('ways to decide', () => {
  it('stand under the headings of their groups, the own way on the line of no difference', () => {
    const { rows, zeroAt } = pairedDifferenceGeometry(armRows, options);
    expect(rows.filter(({ heading }) => heading).map(({ id }) => id)).toEqual([
      'group Another decision rule',
      'group Another confidence penalty',
      'group Another correction',
    ]);
    expect(rows[0]).toMatchObject({ id: 'own', reference: true, interval: null });
    const better = rows.find(({ id }) => id === 'penalty:none')!;
    expect(better.interval!.x1).toBeLessThan(zeroAt);
    expect(better.clear).toBe(true);
  });

  it('differ clearly only where the 95% Monte Carlo interval leaves zero out', () => {
    const standings = Object.fromEntries(armRows.map((row) => [row.id, standingOf(row)]));
    expect(standings).toEqual({
      own: 'unclear',
      'rule:maximin': 'worse',
      'rule:expected_value': 'unclear',
      'rule:nothing': 'worse',
      'penalty:none': 'better',
      'penalty:linear': 'same',
      'correction:empirical_bayes': 'unclear',
    });
    const { rows } = pairedDifferenceGeometry(armRows, options);
    expect(rows.filter(({ clear }) => clear).map(({ id }) => id)).toEqual(['rule:maximin', 'rule:nothing', 'penalty:none']);
  });

  it('have their numbers printed beside and in the table: -1,050 with an error of 160 is [-1,364, -736]', () => {
    const chart = open(PairedDifferenceChart, { rows: armRows, unit: '$', format }, 900);
    expect(chart.target.querySelector('svg')!.textContent).toContain('\u2212$1,050 [\u2212$1,364, \u2212$736]');
    chart.close();
    const row = pairedDifferenceTable(armRows, '$', format).rows.find(([label]) => label === 'No penalty')!;
    expect(row.slice(2)).toEqual(['$5,160', '$260', '\u2212$1,050', '$160', '\u2212$1,364', '\u2212$736']);
    expect(pairedDifferenceSummary(armRows, '$', format)).toContain('No penalty \u2212$1,050 [\u2212$1,364, \u2212$736], lower regret');
  });

  it('of which one was not compared have a row without a mark', () => {
    const lost = { ...armRows[1]!, difference: null };
    const { rows, marks } = pairedDifferenceGeometry([armRows[0]!, lost], options);
    expect(rows.find(({ id }) => id === lost.id)!.interval).toBeNull();
    expect(marks[1]!.values.at(-1)!.text).toBe('not compared');
  });
});

describe('the split of expected regret', () => {
  it('is a waterfall: each part starts where the one before ended, the last ends where the total does', () => {
    const { rows, zeroAt } = regretSplitGeometry(regretParts, regretTotal, options);
    const [noise, bias, transport, rule, total] = rows.map(({ bar }) => [bar.x, bar.x + bar.width] as const);
    expect(noise![0]).toBeCloseTo(zeroAt, 9);
    expect(bias![0]).toBeCloseTo(noise![1], 9);
    expect(transport![1]).toBeCloseTo(bias![1], 9);
    expect(rule![0]).toBeCloseTo(transport![0], 9);
    expect(total![0]).toBeCloseTo(zeroAt, 9);
    expect(total![1]).toBeCloseTo(rule![1], 9);
    expect((noise![1] - noise![0]) / (total![1] - total![0])).toBeCloseTo(4100 / 6210, 9);
  });

  it('marks what takes regret away, and draws an error only where one is known', () => {
    const { rows } = regretSplitGeometry(regretParts, regretTotal, options);
    expect(rows.map(({ tone }) => tone)).toEqual(['regret', 'regret', 'funded', 'regret', 'regret']);
    expect(rows.map(({ error }) => error !== null)).toEqual([true, true, true, false, true]);
    const { bar, error } = rows[0]!;
    expect((error!.x1 - error!.x0) / bar.width).toBeCloseTo((2 * 1.959964 * 300) / 4100, 5);
  });

  it('has the parts with their signs and the total in the table', () => {
    const { rows } = regretSplitTable(regretParts, regretTotal, '$', format);
    expect(rows.map(([, value, error]) => [value, error])).toEqual([
      ['+$4,100', '$300'],
      ['+$2,700', '$210'],
      ['\u2212$900', '$80'],
      ['+$310', '\u2013'],
      ['$6,210', '$290'],
    ]);
  });
});
