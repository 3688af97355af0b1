import type { Run } from '../../core/contracts/run.ts';

export type SliderRange = { readonly min: number; readonly max: number; readonly step: number };

/** From nothing to somewhat more than everything together costs. */
export function budgetRange(run: Run): SliderRange {
  const all = run.scenario.initiatives.reduce((sum, { cost_to_scale }) => sum + cost_to_scale, 0);
  return around(0, all * 1.1);
}

/** The floors that make a difference: from the worst any portfolio can return to the most one can be sure of. */
export function floorRange(run: Run): SliderRange {
  const worst = run.evaluate_results.map(({ R_worst }) => R_worst);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return around(sum(worst.filter((value) => value < 0)), sum(worst.filter((value) => value > 0)));
}

/** Round ends, about two hundred steps. */
function around(lowest: number, highest: number): SliderRange {
  const span = Math.max(highest - lowest, 1e-6);
  const magnitude = 10 ** Math.floor(Math.log10(span / 200));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => span / size <= 200) ?? magnitude * 10;
  const tidy = (value: number) => Number(value.toPrecision(12));
  return { min: tidy(Math.floor(lowest / step) * step), max: tidy(Math.ceil(highest / step) * step), step: tidy(step) };
}
