import { defineParameters } from '../../contracts/parameter.ts';
import { randomOrder } from '../../random/variates.ts';
import { defineAssignmentDesign } from './assignment-design.ts';
import { groupsOf, treatedPlaces, treatedShare } from './treated-places.ts';

const parameters = defineParameters({
  treated_share: treatedShare('Share of the products that is treated: this many, rounded, drawn at random.', 0.5),
});

export const completeRandomisation = defineAssignmentDesign({
  id: 'complete_randomisation',
  label: 'Complete randomisation',
  summary: 'A fixed number of products, drawn at random, is treated from the intervention on.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies: 'The effect on all products; on the treated and on the controls it is the same in expectation. Nothing else is needed.',
  groups: ({ treated_share }, nProducts) => groupsOf(treated_share, nProducts),
  assign({ catalog, calendar }, { treated_share }, stream) {
    const firstTreated = new Int32Array(catalog.nProducts).fill(-1);
    const order = randomOrder(stream, catalog.nProducts);
    for (let k = 0; k < treatedPlaces(treated_share, catalog.nProducts); k += 1) firstTreated[order[k]!] = calendar.interventionIndex;
    return { firstTreated, intendedShare: treated_share };
  },
});
