import { defineParameters } from '../../contracts/parameter.ts';
import { randomOrder } from '../../random/variates.ts';
import { defineAssignmentDesign } from './assignment-design.ts';

const parameters = defineParameters({
  treated_share: {
    kind: 'number',
    label: 'Treated share',
    help: 'Share of the products that is treated: this many, rounded, drawn at random.',
    min: 0.02,
    max: 0.98,
    step: 0.01,
    default: 0.5,
  },
});

export const completeRandomisation = defineAssignmentDesign({
  id: 'complete_randomisation',
  label: 'Complete randomisation',
  summary: 'A fixed number of products, drawn at random, is treated from the intervention on.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies: 'The effect on all products; on the treated and on the controls it is the same in expectation. Nothing else is needed.',
  groups: ({ treated_share }, nProducts) => ({
    treated: treatedCount(treated_share, nProducts) > 0,
    controls: treatedCount(treated_share, nProducts) < nProducts,
  }),
  assign({ catalog, calendar }, { treated_share }, stream) {
    const firstTreated = new Int32Array(catalog.nProducts).fill(-1);
    const order = randomOrder(stream, catalog.nProducts);
    for (let k = 0; k < treatedCount(treated_share, catalog.nProducts); k += 1) firstTreated[order[k]!] = calendar.interventionIndex;
    return { firstTreated };
  },
});

function treatedCount(share: number, nProducts: number): number {
  return Math.round(share * nProducts);
}
