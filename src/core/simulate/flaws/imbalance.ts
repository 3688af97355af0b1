import { defineParameters } from '../../contracts/parameter.ts';
import { defineFlaw, severity } from './flaw.ts';
import { rankShares, rowSums } from './rank-shares.ts';

const parameters = defineParameters({
  severity: severity(
    'Probability that the strongest control is not on record; half as likely for the one in the middle, never for the weakest.',
    {
      default: 0.5,
    },
  ),
});

/** Strength is revenue before the intervention, which adjustment can see; where there is no such time, revenue after it. */
export const imbalance = defineFlaw({
  id: 'imbalance',
  label: 'Imbalance',
  summary: 'Part of the stronger controls is missing from the record, so that the groups were unlike from the start.',
  breaks: 'That treated and controls were alike before: the controls on record are the weaker ones.',
  moves: 'Up: the treated are compared with weak products and seem to gain. Adjusting for earlier sales takes part of it back.',
  parameters,
  misfit: (_parameters, { controls }) =>
    controls ? null : 'needs untreated products to be missing, and this design has none; take this flaw out',
  record({ catalog, calendar, assignment, seen, observedUntil }, { severity: size }, stream) {
    const { nPeriods, interventionIndex } = calendar;
    const controls = Array.from(assignment.firstTreated.keys()).filter((i) => assignment.firstTreated[i]! < 0);
    const strength = rowSums(seen.revenue, catalog.nProducts, nPeriods, 0, interventionIndex > 0 ? interventionIndex : nPeriods);
    const standing = rankShares(strength, controls);
    assignment.firstTreated.forEach((first, i) => {
      const uniform = stream.uniform();
      if (first < 0 && uniform < size * standing[i]!) observedUntil[i] = -1;
    });
  },
});
