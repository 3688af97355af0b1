import { defineParameters, type ParameterValues } from '../../contracts/parameter.ts';
import { defineAssignmentDesign, type AssignmentInput } from './assignment-design.ts';
import { drawPlaces, logisticProbabilities, logOdds } from './logistic-selection.ts';
import { groupsOf, treatedPlaces, treatedShare } from './treated-places.ts';

const parameters = defineParameters({
  treated_share: treatedShare('Share of the products that is treated: this many, rounded.', 0.3),
  appeal_weight: logOdds(
    'Pull of the hidden appeal',
    'Positive: products that buyers like anyway are treated first. It matters as far as appeal moves demand.',
    1,
  ),
  quality_weight: logOdds('Pull of quality', 'Negative: products with weak listings are treated first.', 0),
});

/** A logistic model of treatment in the standardised hidden appeal, and quality if asked, with a fixed number of places. */
export const selectionOnUnobservable = defineAssignmentDesign({
  id: 'selection_on_unobservable',
  label: 'Selection on an unobservable',
  summary:
    'Whoever chose the products knew which ones buyers like, and that is on no record: a fixed number, by a logistic model of the hidden appeal.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies:
    'Nothing from the attributes on record: products alike in all of them still differ in appeal. Sales before the intervention carry a noisy trace of it.',
  groups: ({ treated_share }, nProducts) => groupsOf(treated_share, nProducts),
  readsAppeal: ({ appeal_weight }) => appeal_weight !== 0,
  treatmentProbabilities,
  assign(input, weights, stream) {
    const places = treatedPlaces(weights.treated_share, input.catalog.nProducts);
    return { firstTreated: drawPlaces(treatmentProbabilities(input, weights), places, input.calendar.interventionIndex, stream) };
  },
});

function treatmentProbabilities({ catalog, appeal }: AssignmentInput, weights: ParameterValues<typeof parameters>): Float64Array {
  const pulls = [
    { values: appeal, weight: weights.appeal_weight },
    { values: catalog.quality, weight: weights.quality_weight },
  ];
  return logisticProbabilities(catalog.nProducts, pulls, treatedPlaces(weights.treated_share, catalog.nProducts));
}
