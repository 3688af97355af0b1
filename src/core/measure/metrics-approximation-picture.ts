import { mean } from '../numeric/moments.ts';
import { normalQuantile } from '../numeric/normal.ts';
import type { ResponsePicture } from './method-picture.ts';
import type { MetricsApproximationValues } from './metrics-approximation-description.ts';
import type { Belief, ChangedUnits } from './metrics-approximation-rows.ts';
import type { ResponseFunction } from './response-functions/response-function.ts';

const POINTS = 41;
const BINS = 12;

/**
 * What a change of the metric is believed to be worth to the typical treated unit (mean metric before, mean baseline), with the
 * band of the coefficient alone, and how many units changed by how much.
 */
export function drawResponse(
  units: ChangedUnits,
  response: ResponseFunction,
  { coefficient, scale, standardError }: Belief,
  values: MetricsApproximationValues,
): ResponsePicture {
  const changes = units.after.map((value, i) => value - units.before[i]!).sort();
  const [least, most] = [changes[0]!, changes.at(-1)!];
  const from = mean(units.before);
  const baseline = mean(units.baseline);
  const reach = normalQuantile(0.5 + values.confidence_level / 2) * standardError;
  const [low, high] = [Math.min(0, least), Math.max(0, most)];
  const curve = Array.from({ length: POINTS }, (_, k) => {
    const x = low + ((high - low) * k) / (POINTS - 1);
    const y = baseline * response.change(from, from + x, coefficient, scale);
    const spread = Math.abs(baseline * response.slope(from, from + x, coefficient, scale)) * reach;
    return { x, y, lower: y - spread, upper: y + spread };
  }).filter(({ y, lower }) => Number.isFinite(y) && Number.isFinite(lower));
  return {
    kind: 'response',
    metric: values.metric_before_column,
    response: response.id,
    curve,
    bins: histogram(changes, least, most),
    mean_change: mean(changes),
  };
}

/** Values that are all the same stand in one bin of their own. */
function histogram(changes: Float64Array, least: number, most: number): ResponsePicture['bins'] {
  const isOne = !(most - least > 1e-9 * Math.max(Math.abs(least), Math.abs(most)));
  const nBins = isOne ? 1 : BINS;
  const width = isOne ? Math.abs(least) / 10 : (most - least) / BINS;
  const start = isOne ? least - width / 2 : least;
  const counts = new Array<number>(nBins).fill(0);
  for (const change of changes) {
    const bin = Math.max(0, Math.min(nBins - 1, Math.floor((change - start) / width)));
    counts[bin] = counts[bin]! + 1;
  }
  return counts.map((count, b) => ({ from: start + b * width, to: start + (b + 1) * width, count }));
}
