import { defineParameters } from '../../contracts/parameter.ts';
import { randomOrder } from '../../random/variates.ts';
import { defineAssignmentDesign, type AssignmentInput } from './assignment-design.ts';
import { groupsOf, treatedPlaces, treatedShare } from './treated-places.ts';

const parameters = defineParameters({
  treated_share: treatedShare('Share of the products that is treated: this many, rounded, from the lowest quality score up.', 0.3),
});

export const lowestQualityFirst = defineAssignmentDesign({
  id: 'lowest_quality_first',
  label: 'Lowest quality first',
  summary: 'The products with the weakest listings are treated, a fixed number of them; ties are broken at random.',
  parameters,
  shape: 'cross_section',
  estimands: ['att', 'atc', 'ate'],
  identifies:
    'Hardly anything by comparing products: no treated listing has an untreated one of the same quality. Only an assumed shape of sales over quality, or a comparison over time, bridges the gap.',
  groups: ({ treated_share }, nProducts) => groupsOf(treated_share, nProducts),
  treatmentProbabilities,
  assign(input, { treated_share }, stream) {
    const { quality, nProducts } = input.catalog;
    const order = Array.from(randomOrder(stream, nProducts)).sort((a, b) => quality[a]! - quality[b]!);
    const firstTreated = new Int32Array(nProducts).fill(-1);
    for (let k = 0; k < treatedPlaces(treated_share, nProducts); k += 1) firstTreated[order[k]!] = input.calendar.interventionIndex;
    return { firstTreated };
  },
});

/** 1 below the last score that is reached, 0 above it, and at it the share of places left. */
function treatmentProbabilities({ catalog }: AssignmentInput, { treated_share }: { readonly treated_share: number }): Float64Array {
  const { quality, nProducts } = catalog;
  const places = treatedPlaces(treated_share, nProducts);
  if (places === 0) return new Float64Array(nProducts);
  const last = quality.slice().sort()[places - 1]!;
  let below = 0;
  let at = 0;
  for (const q of quality) {
    if (q < last) below += 1;
    else if (q === last) at += 1;
  }
  return quality.map((q) => (q < last ? 1 : q === last ? (places - below) / at : 0));
}
