import { beforeAfter } from './before-after.ts';
import type { EstimatorId } from './descriptions.ts';
import { differenceInDifferences } from './difference-in-differences.ts';
import { doublyRobust } from './doubly-robust.ts';
import type { EstimatorDefinition } from './estimator.ts';
import { experiment } from './experiment.ts';
import { inverseProbabilityWeighting } from './inverse-probability-weighting.ts';
import { interruptedTimeSeries } from './interrupted-time-series.ts';
import { metricsApproximation } from './metrics-approximation.ts';
import { naiveDifference } from './naive-difference.ts';
import { nearestNeighbourMatching } from './nearest-neighbour-matching.ts';
import { regressionDiscontinuity } from './regression-discontinuity.ts';
import { subclassification } from './subclassification.ts';
import { syntheticControl } from './synthetic-control.ts';

/** Every estimator by id, in the order the page lists them. */
export const estimators = {
  experiment,
  subclassification,
  nearest_neighbour_matching: nearestNeighbourMatching,
  inverse_probability_weighting: inverseProbabilityWeighting,
  doubly_robust: doublyRobust,
  difference_in_differences: differenceInDifferences,
  synthetic_control: syntheticControl,
  regression_discontinuity: regressionDiscontinuity,
  interrupted_time_series: interruptedTimeSeries,
  metrics_approximation: metricsApproximation,
  naive_difference: naiveDifference,
  before_after: beforeAfter,
} as const satisfies Readonly<Record<EstimatorId, unknown>>;

/** The estimator of that id, with its parameter types erased; undefined where there is none. */
export function findEstimator(id: string): EstimatorDefinition | undefined {
  return Object.hasOwn(estimators, id) ? (estimators[id as EstimatorId] as unknown as EstimatorDefinition) : undefined;
}
