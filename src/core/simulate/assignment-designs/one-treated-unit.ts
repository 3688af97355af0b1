import { defineParameters } from '../../contracts/parameter.ts';
import { uniformInteger } from '../../random/variates.ts';
import { defineAssignmentDesign } from './assignment-design.ts';

const parameters = defineParameters({
  n_units: {
    kind: 'integer',
    label: 'Store fronts',
    help: 'Number of store fronts; the products are dealt to them evenly and one of them is treated.',
    min: 2,
    max: 500,
    step: 1,
    default: 20,
  },
});

export const oneTreatedUnit = defineAssignmentDesign({
  id: 'one_treated_unit',
  label: 'One treated store front',
  summary: 'Products are dealt evenly to store fronts; one of them, drawn at random, is treated from the intervention on.',
  parameters,
  shape: 'panel',
  estimands: ['att'],
  identifies: 'The effect on the treated store front, given that a weighted mean of the others would have followed it.',
  unitCount: ({ n_units }) => n_units,
  misfit: ({ n_units }, nProducts) =>
    n_units > nProducts
      ? `needs at least one product for each of the ${n_units} store fronts, and there are ${nProducts}; lower n_units or raise n_products`
      : null,
  groups: (_parameters, nProducts) => ({ treated: nProducts > 0, controls: nProducts > 1 }),
  assign({ catalog, calendar }, { n_units }, stream) {
    const treatedUnit = uniformInteger(stream, n_units);
    const firstTreated = new Int32Array(catalog.nProducts).fill(-1);
    for (let i = 0; i < catalog.nProducts; i += 1) if (catalog.unit[i] === treatedUnit) firstTreated[i] = calendar.interventionIndex;
    return { firstTreated };
  },
});
