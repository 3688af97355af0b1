import { defineParameters } from '../../contracts/parameter.ts';
import { defineFlaw, severity, type Sighting } from './flaw.ts';
import { scaleOrders } from './scale-orders.ts';

const parameters = defineParameters({
  severity: severity(
    'Relative change of what an untreated product sells if all the others around it were treated; in proportion where some are.',
  ),
  direction: {
    kind: 'choice',
    label: 'Direction',
    help: 'Cannibalisation: treated products take sales from the untreated. Positive: they bring them some.',
    options: ['cannibalisation', 'positive'],
    default: 'cannibalisation',
  },
  reach: {
    kind: 'choice',
    label: 'Reach',
    help: 'Whose treatment matters to a product: that of all, of its category, or of its store front (all, where there are none).',
    options: ['all', 'category', 'unit'],
    default: 'all',
  },
});

/** The truth stays the effect of a product's own treatment. */
export const spillover = defineFlaw({
  id: 'spillover',
  label: 'Spillover',
  summary: 'What treated products gain is partly taken from (or passed on to) the untreated ones around them.',
  breaks:
    'That one product’s treatment leaves another’s sales alone: the controls no longer show what would have happened without the programme.',
  moves:
    'Up with cannibalisation, since the controls sink while they are compared with; down with a positive spillover, since they rise too.',
  parameters,
  misfit: (_parameters, { controls }) =>
    controls ? null : 'needs untreated products for the treatment to spill over to, and this design has none; take this flaw out',
  alter(sighting, _outcomes, { severity: size, direction, reach }, stream) {
    const { catalog, calendar, received, seen } = sighting;
    const { nPeriods, interventionIndex } = calendar;
    const groups = reach === 'category' ? catalog.category : reach === 'unit' ? catalog.unit : new Uint8Array(catalog.nProducts);
    const share = treatedShares(sighting, groups);
    const perShare = direction === 'positive' ? size : -size;
    for (let i = 0; i < catalog.nProducts; i += 1) {
      const first = received[i]!;
      for (let t = interventionIndex; t < nPeriods; t += 1) {
        const uniform = stream.uniform();
        if (first < 0 || t < first) scaleOrders(seen, i * nPeriods + t, 1 + perShare * share[groups[i]! * nPeriods + t]!, uniform);
      }
    }
  },
});

/** The share of each group's products that is treated, by period. */
function treatedShares({ catalog, calendar, received }: Sighting, groups: Uint8Array | Uint16Array): Float64Array {
  const { nPeriods } = calendar;
  let nGroups = 1;
  for (const group of groups) nGroups = Math.max(nGroups, group + 1);
  const size = new Float64Array(nGroups);
  const treated = new Float64Array(nGroups * nPeriods);
  for (let i = 0; i < catalog.nProducts; i += 1) {
    const group = groups[i]!;
    size[group] = size[group]! + 1;
    const first = received[i]!;
    if (first < 0) continue;
    for (let t = first; t < nPeriods; t += 1) treated[group * nPeriods + t] = treated[group * nPeriods + t]! + 1;
  }
  return treated.map((count, at) => (count === 0 ? 0 : count / size[Math.floor(at / nPeriods)]!));
}
