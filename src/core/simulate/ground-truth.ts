import { effectsHistogram } from './individual-effects.ts';
import type { PopulationEffects } from './population-effects.ts';
import { isStaggered } from './treatment-plan.ts';
import type { Assignment, Calendar, Catalog, GroundTruth, PotentialOutcomes } from './pilot.ts';

/**
 * The true effects. Sample effects average Y(1) - Y(0), revenue per product-period, over the product-periods of the post
 * window: all of them (ate), the treated ones (att), and those that are not (atc). The realised relative effect is the sum of
 * Y(1) - Y(0) over the sum of Y(0) among the treated; null where there are none, or none of them would have sold anything.
 * Where products start at different dates only the effect on the treated is defined: over each one's own periods of treatment.
 */
export function groundTruth(
  catalog: Catalog,
  calendar: Calendar,
  assignment: Assignment,
  outcomes: PotentialOutcomes,
  population: PopulationEffects,
  nominalEffect: number,
): GroundTruth {
  const { nPeriods, interventionIndex } = calendar;
  const without = outcomes.untreated.revenue;
  const withTreatment = outcomes.treated.revenue;
  const treated = { periods: 0, gain: 0, baseline: 0 };
  const control = { periods: 0, gain: 0, baseline: 0 };
  const individual = new Float64Array(nPeriods > interventionIndex ? catalog.nProducts : 0);
  for (let i = 0; i < catalog.nProducts; i += 1) {
    const first = assignment.firstTreated[i]!;
    const from = i * nPeriods;
    const start = Math.max(first, interventionIndex);
    let ownGain = 0;
    for (let t = interventionIndex; t < nPeriods; t += 1) {
      const group = first >= 0 && t >= first ? treated : control;
      const baseline = without[from + t]!;
      group.periods += 1;
      const gain = withTreatment[from + t]! - baseline;
      group.gain += gain;
      group.baseline += baseline;
      if (t >= start) ownGain += gain;
    }
    if (start < nPeriods) individual[i] = ownGain / (nPeriods - start);
  }
  const oneDate = !isStaggered(assignment, calendar);
  return {
    sample: {
      ate: oneDate ? ratio(treated.gain + control.gain, treated.periods + control.periods) : null,
      att: ratio(treated.gain, treated.periods),
      atc: oneDate ? ratio(control.gain, control.periods) : null,
      // About a limit, not about the products drawn.
      at_cutoff: population.effects.at_cutoff,
    },
    population: population.effects,
    population_standard_error: population.standardError,
    nominal_effect: nominalEffect,
    realised_effect: ratio(treated.gain, treated.baseline),
    baseline_mean: ratio(treated.baseline, treated.periods),
    missing: population.missing,
    effects_histogram: effectsHistogram(individual, assignment),
  };
}

function ratio(sum: number, count: number): number | null {
  return count > 0 ? sum / count : null;
}
