import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { FrontierChart } from '../../src/charts/index.ts';
import { frontierGeometry } from '../../src/charts/frontier-geometry.ts';
import { frontierSummary, frontierTable, stepAt } from '../../src/charts/frontier-words.ts';
import { askedFrontier, exampleFrontier, flooredFrontier, longFrontier } from './fixtures.ts';
import { open, press, readout } from './mounting.ts';

const money = (value: number) => `$${value.toFixed(1)}`;
const whole = (value: number) => `$${value}`;
const options = { width: 700, budget: 10, format: money, formatBudget: whole };
const words = { budget: 10, format: money, formatBudget: whole };

describe('the steps', () => {
  it('are those of the worked example: no regret below 10 and from 12 on, 1 between', () => {
    const told = exampleFrontier.steps.map(({ from, max_regret }) => [from, max_regret]);
    expect(told).toEqual([
      [0, 0],
      [2, 0],
      [4, 0],
      [6, 0],
      [8, 0],
      [10, 1],
      [12, 0],
    ]);
    expect(stepAt(exampleFrontier.steps, 11.99)!.selected_initiatives).toEqual(['TitlesAI', 'PriceOptimizer', 'BundleEngine']);
    expect(stepAt(exampleFrontier.steps, -1)).toBeNull();
  });

  it('are drawn as one path that turns exactly at the breakpoints', () => {
    const { regret, paths } = frontierGeometry(exampleFrontier, options);
    const [x0, x10, x12, x1] = [0, 10, 12, Infinity].map((budget) => (budget === Infinity ? regret.box.x1 : regret.x(budget)));
    const [y0, y1] = [regret.y(0), regret.y(1)];
    const px = (value: number) => Math.round(value * 10) / 10;
    expect(paths.regret.startsWith(`M${px(x0!)} ${px(y0)}H`)).toBe(true);
    expect(paths.regret.endsWith(`H${px(x10!)}V${px(y1)}H${px(x12!)}V${px(y0)}H${px(x1!)}`)).toBe(true);
    expect(paths.regret.match(/M/g)).toHaveLength(1);
    // 12 of 12 * 1.08 = 12.96 budget units across.
    expect((x12! - regret.box.x0) / (regret.box.x1 - regret.box.x0)).toBeCloseTo(12 / 12.96, 9);
  });

  it('put the dots and the label at the current budget', () => {
    const { current, regret, value, texts } = frontierGeometry(exampleFrontier, options);
    expect(current).toEqual({
      x: regret.x(10),
      beyond: false,
      dots: [
        { x: regret.x(10), y: regret.y(1), tone: 'regret' },
        { x: regret.x(10), y: value.y(18.9), tone: 'funded' },
      ],
    });
    expect(texts.map(({ text }) => text)).toContain('$1.0 at $10');
  });

  it.each([300, 700, 1400])('in %d px keep the label of any budget inside', (width) => {
    for (const budget of [0, 5, 10, 12.9, 13, 1e6]) {
      const { texts } = frontierGeometry(exampleFrontier, { ...options, width, budget });
      const label = texts.find(({ text }) => text.includes(' at '))!;
      expect(label.x).toBeGreaterThanOrEqual(0);
      expect(label.x).toBeLessThanOrEqual(width);
    }
  });

  it('say when the budget lies beyond the axis', () => {
    const { current, regret } = frontierGeometry(exampleFrontier, { ...options, budget: 900 });
    expect(current.beyond).toBe(true);
    expect(current.x).toBe(regret.box.x1);
  });

  it('break where no portfolio is feasible, and hatch that', () => {
    const { paths, gaps, regret, value, texts } = frontierGeometry(flooredFrontier, options);
    const first = flooredFrontier.steps.find((step) => step.max_regret !== null)!;
    expect(first.from).toBeGreaterThan(0);
    expect(paths.regret.startsWith(`M${Math.round(regret.x(first.from) * 10) / 10} `)).toBe(true);
    expect(gaps.map(({ box }) => [box.x, box.width, box.y])).toEqual([
      [regret.box.x0, regret.x(first.from) - regret.box.x0, regret.box.y0],
      [regret.box.x0, regret.x(first.from) - regret.box.x0, value.box.y0],
    ]);
    expect(texts.map(({ text }) => text)).toContain('no portfolio');
    const inGap = frontierGeometry(flooredFrontier, { ...options, budget: 1 });
    expect(inGap.current.dots).toEqual([]);
    expect(inGap.texts.map(({ text }) => text)).toContain('no portfolio at $1');
  });

  it('show where the rule was asked if it was not asked everywhere', () => {
    expect(frontierGeometry(exampleFrontier, options).asked).toEqual([]);
    const { asked, legend } = frontierGeometry(askedFrontier, options);
    expect(asked).toHaveLength(askedFrontier.steps.length);
    expect(legend.texts.map(({ text }) => text)).toContain('asked here; between, it may differ');
  });

  it('are thousands in one path', () => {
    const { paths, isDense, marks } = frontierGeometry(longFrontier(4000), options);
    expect(isDense).toBe(true);
    expect(marks).toHaveLength(4000);
    expect(paths.regret.match(/M/g)).toHaveLength(1);
    expect(frontierSummary(longFrontier(4000), '$', words).length).toBeLessThan(2500);
  });
});

describe('the words', () => {
  it('tell the current step and the largest', () => {
    const summary = frontierSummary(exampleFrontier, '$', words);
    expect(summary).toContain('in 7 steps');
    expect(summary).toContain('At the budget of $10: $1.0 with TitlesAI + PriceOptimizer + BundleEngine.');
    expect(summary).toContain('It is largest for a budget from $10 to below $12: $1.0.');
  });
  it('have a row a step', () => {
    const { columns, rows } = frontierTable(exampleFrontier, '$', words);
    expect(columns.map(({ label }) => label)).not.toContain(undefined);
    expect(rows[5]).toEqual(['$10', '$12', 'TitlesAI + PriceOptimizer + BundleEngine', '$10', '$1.0', '$18.9', '$19.6', '$17.7']);
    expect(rows[6]![1]).toBe('any');
    const maximin = { ...exampleFrontier, objective: { label: 'return in the worst state', sense: 'maximise' as const } };
    expect(frontierTable(maximin, '$', words).columns).toHaveLength(columns.length + 1);
  });
});

describe('picking a budget', () => {
  const picks = () => {
    const onpick = vi.fn();
    const chart = open(
      FrontierChart,
      { frontier: exampleFrontier, budget: 10, unit: '$', format: money, formatBudget: whole, onpick },
      700,
    );
    const svg = chart.target.querySelector('svg')!;
    svg.getBoundingClientRect = () => ({ left: 0, top: 0, width: 700, height: Number(svg.getAttribute('height')) }) as DOMRect;
    return { onpick, chart, reader: chart.target.querySelector('.reader')! };
  };
  it('takes the start of the step that Enter is pressed on', () => {
    const { onpick, chart, reader } = picks();
    for (let i = 0; i < 6; i++) press(reader, 'ArrowRight');
    expect(readout(chart.target)).toBe(
      'Budget from $10 to below $12: largest regret $1.0, TitlesAI + PriceOptimizer + BundleEngine, costs $10, median return $18.9, V* $19.6, mean of the states $17.7',
    );
    press(reader, 'Enter');
    expect(onpick.mock.calls).toEqual([[10]]);
    chart.close();
  });
  it('takes the start of the step that is clicked', () => {
    const { onpick, chart, reader } = picks();
    const { regret } = frontierGeometry(exampleFrontier, options);
    const at = { clientX: regret.x(13), clientY: regret.box.y0 + 20, bubbles: true };
    reader.dispatchEvent(new MouseEvent('pointermove', at));
    reader.dispatchEvent(new MouseEvent('click', at));
    flushSync();
    expect(onpick.mock.calls).toEqual([[12]]);
    chart.close();
  });
  it('is not offered where nobody listens', () => {
    const chart = open(FrontierChart, { frontier: exampleFrontier, budget: 10, unit: '$' }, 700);
    expect(chart.target.querySelector('.clickable')).toBeNull();
    expect(chart.target.textContent).not.toContain('Click a step');
    chart.close();
  });
});
