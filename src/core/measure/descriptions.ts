import { beforeAfterDescription } from './before-after.ts';
import { differenceInDifferencesDescription } from './difference-in-differences.ts';
import { doublyRobustDescription } from './doubly-robust-description.ts';
import { experimentDescription } from './experiment.ts';
import { inverseProbabilityWeightingDescription } from './inverse-probability-weighting.ts';
import { interruptedTimeSeriesDescription } from './interrupted-time-series.ts';
import { metricsApproximationDescription } from './metrics-approximation-description.ts';
import { naiveDifferenceDescription } from './naive-difference.ts';
import { nearestNeighbourMatchingDescription } from './nearest-neighbour-matching.ts';
import { regressionDiscontinuityDescription } from './regression-discontinuity.ts';
import { subclassificationDescription } from './subclassification.ts';
import { syntheticControlDescription } from './synthetic-control.ts';

/** Every estimator's description by id, in the order the page lists them. Bundles that import only this leave the computation out. */
export const estimatorDescriptions = {
  experiment: experimentDescription,
  subclassification: subclassificationDescription,
  nearest_neighbour_matching: nearestNeighbourMatchingDescription,
  inverse_probability_weighting: inverseProbabilityWeightingDescription,
  doubly_robust: doublyRobustDescription,
  difference_in_differences: differenceInDifferencesDescription,
  synthetic_control: syntheticControlDescription,
  regression_discontinuity: regressionDiscontinuityDescription,
  interrupted_time_series: interruptedTimeSeriesDescription,
  metrics_approximation: metricsApproximationDescription,
  naive_difference: naiveDifferenceDescription,
  before_after: beforeAfterDescription,
} as const;

export type EstimatorId = keyof typeof estimatorDescriptions;
