import { defineParameters } from '../../contracts/parameter.ts';
import { randomOrder } from '../../random/variates.ts';
import { defineAssignmentDesign } from './assignment-design.ts';
import { groupsOf, treatedPlaces, treatedShare } from './treated-places.ts';

const parameters = defineParameters({
  n_units: {
    kind: 'integer',
    label: 'Store fronts',
    help: 'Number of store fronts; the products are dealt to them evenly.',
    min: 2,
    max: 500,
    step: 1,
    default: 20,
  },
  treated_share: treatedShare('Share of the store fronts that is treated: this many, rounded, drawn at random.', 0.5),
});

export const clusterRandomisation = defineAssignmentDesign({
  id: 'cluster_randomisation',
  label: 'Cluster randomisation',
  summary: 'Whole store fronts, drawn at random, are treated with all their products from the intervention on.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies:
    'The effect on all products, with as many independent draws as there are store fronts: an interval that counts products instead is too narrow.',
  unitCount: ({ n_units }) => n_units,
  misfit: ({ n_units }, nProducts) =>
    n_units > nProducts
      ? `needs at least one product for each of the ${n_units} store fronts, and there are ${nProducts}; lower n_units or raise n_products`
      : null,
  groups: ({ treated_share, n_units }) => groupsOf(treated_share, n_units),
  assign({ catalog, calendar }, { treated_share, n_units }, stream) {
    const isTreated = new Uint8Array(n_units);
    const order = randomOrder(stream, n_units);
    for (let k = 0; k < treatedPlaces(treated_share, n_units); k += 1) isTreated[order[k]!] = 1;
    const firstTreated = Int32Array.from(catalog.unit, (unit) => (isTreated[unit] === 1 ? calendar.interventionIndex : -1));
    return { firstTreated, clustered: true };
  },
});
