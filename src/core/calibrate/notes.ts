import type { EstimatorId } from '../measure/descriptions.ts';
import type { Measured } from '../study/diagnosand.ts';
import type { CalibrationCell } from './calibration-card.ts';

/** What the interval of a method covers at home, and why it is not its level, where it is not. Said with the card's own figures. */
export const calibrationNotes: Readonly<Partial<Record<EstimatorId, (home: CalibrationCell) => string>>> = {
  subclassification: ({ coverage }) =>
    `Its variance takes the strata as given and does not count how the score evens them out, so the interval is a little wide: it covers the truth ${percent(coverage)} of the time.`,
  doubly_robust: ({ coverage }) =>
    `The influence function is a large-sample formula: with some seventy treated products it covers the truth ${percent(coverage)} of the time. The small sample correction, a setting, comes nearer.`,
  synthetic_control: ({ coverage, sample_coverage: own }) =>
    `Its interval is about the one store front that was treated: it covers that store front's own effect ${percent(own)} of the time, and the expected effect on any store front, from which this one may differ, ${percent(coverage)}. Placebos do not see that difference.`,
  interrupted_time_series: ({ coverage }) =>
    `Maximum likelihood takes the fitted level and trend as known when it estimates the noise, so its interval is a little narrow in a short series: it covers the truth ${percent(coverage)} of the time. Restricted likelihood, a setting, comes nearer.`,
  inverse_probability_weighting: ({ coverage }) =>
    `The sandwich is a large-sample formula: with some seventy treated products it covers the truth ${percent(coverage)} of the time. The small sample correction, a setting, comes nearer.`,
  metrics_approximation: ({ coverage }) =>
    `The response is believed, not estimated, so the interval is as wide as the belief is vague: here it covers the truth ${percent(coverage)} of the time, and elsewhere as often as the belief is right. Without a change of the metric there is nothing to apply it to.`,
};

function percent(share: Measured | null): string {
  return share === null ? 'an unknown share' : `${Math.round(1000 * share.value) / 10}%`;
}
