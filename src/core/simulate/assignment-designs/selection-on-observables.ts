import { defineParameters, type ParameterValues } from '../../contracts/parameter.ts';
import { defineAssignmentDesign, type AssignmentInput } from './assignment-design.ts';
import { drawPlaces, logisticProbabilities, logOdds } from './logistic-selection.ts';
import { groupsOf, treatedPlaces, treatedShare } from './treated-places.ts';

const parameters = defineParameters({
  treated_share: treatedShare('Share of the products that is treated: this many, rounded.', 0.3),
  quality_weight: logOdds('Pull of quality', 'Negative: products with weak listings are treated first.', -1),
  price_weight: logOdds('Pull of price', 'Positive: dear products are treated first.', 0),
  sales_weight: logOdds('Pull of earlier sales', 'By revenue before the intervention (no pull where there are no periods before it).', 0),
});

/** A logistic model of treatment in standardised quality, price and earlier revenue, with a fixed number of places. */
export const selectionOnObservables = defineAssignmentDesign({
  id: 'selection_on_observables',
  label: 'Selection on observables',
  summary:
    'Products with weak (or strong) listings, prices or sales are treated first, softly: a fixed number, by a logistic model of what is on record.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies:
    'The effect on all, the treated or the controls, given that the analyst adjusts for every attribute that was used and that like products are found on both sides.',
  groups: ({ treated_share }, nProducts) => groupsOf(treated_share, nProducts),
  readsPreRevenue: ({ sales_weight }) => sales_weight !== 0,
  treatmentProbabilities,
  assign(input, weights, stream) {
    const places = treatedPlaces(weights.treated_share, input.catalog.nProducts);
    return { firstTreated: drawPlaces(treatmentProbabilities(input, weights), places, input.calendar.interventionIndex, stream) };
  },
});

function treatmentProbabilities({ catalog, preRevenue }: AssignmentInput, weights: ParameterValues<typeof parameters>): Float64Array {
  const pulls = [
    { values: catalog.quality, weight: weights.quality_weight },
    { values: catalog.price, weight: weights.price_weight },
    { values: preRevenue, weight: weights.sales_weight },
  ];
  return logisticProbabilities(catalog.nProducts, pulls, treatedPlaces(weights.treated_share, catalog.nProducts));
}
