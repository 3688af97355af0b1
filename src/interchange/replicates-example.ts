import { namedStream } from '../core/random/stream.ts';
import { standardNormal } from '../core/random/variates.ts';
import { toCsv } from './csv.ts';

/** What both methods of the example estimate. */
export const exampleTruth = 1;

const replications = 500;
const size = 8;
const spread = 2;
/** Of a median against a mean in large normal samples: the square root of pi / 2. */
const medianFactor = 1.2533141373155003;

/**
 * A simulation as somebody might bring it: the mean and the median of eight normal values with mean 1 and standard deviation 2, each
 * with its usual standard error. Intervals by the normal distribution are too short for samples this small.
 */
export function exampleReplicates(): string {
  const stream = namedStream({ seed: 'mean and median', initiative: '', stage: 'pilot', replication: 0, purpose: 'example' });
  const rows = Array.from({ length: replications }, (_, i) => {
    const values = Array.from({ length: size }, () => exampleTruth + spread * standardNormal(stream)).sort((a, b) => a - b);
    const mean = values.reduce((sum, value) => sum + value, 0) / size;
    const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const se = Math.sqrt(squares / (size - 1) / size);
    const median = (values[size / 2 - 1]! + values[size / 2]!) / 2;
    return [
      [i + 1, 'mean', mean, se],
      [i + 1, 'median', median, medianFactor * se],
    ] as const;
  });
  return toCsv(['replication', 'method', 'estimate', 'se'], rows.flat());
}
