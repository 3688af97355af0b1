import { defineParameters } from '../../contracts/parameter.ts';
import { defineFlaw, severity } from './flaw.ts';
import { rankShares, rowSums } from './rank-shares.ts';

const parameters = defineParameters({
  severity: severity(
    'Probability that the weakest seller of the group is lost; half as likely for the one in the middle, never for the strongest.',
    {
      default: 0.5,
    },
  ),
  group: {
    kind: 'choice',
    label: 'Lost from',
    help: 'Which group loses its weak sellers.',
    options: ['treated', 'controls'],
    default: 'treated',
  },
});

export const differentialAttrition = defineFlaw({
  id: 'differential_attrition',
  label: 'Differential attrition',
  summary: 'Products that sell little drop out of one group, and nothing is heard of them from their date on.',
  breaks: 'That who is left is as comparable as who was chosen: those who stay in one group are its better half.',
  moves: 'Up where the treated lose their weak sellers, since their mean is over the strong ones; down where the controls do.',
  parameters,
  misfit: (_parameters, { controls }) =>
    controls ? null : 'needs untreated products to differ from, and this design has none; take this flaw out',
  record({ catalog, calendar, assignment, seen, observedUntil }, { severity: size, group }, stream) {
    const { nPeriods, interventionIndex } = calendar;
    const lostFrom = Int32Array.from(assignment.firstTreated, (first) =>
      group === 'treated' ? first : first < 0 ? interventionIndex : -1,
    );
    const members = Array.from(lostFrom.keys()).filter((i) => lostFrom[i]! >= 0);
    const standing = rankShares(rowSums(seen.revenue, catalog.nProducts, nPeriods, interventionIndex, nPeriods), members);
    lostFrom.forEach((first, i) => {
      const uniform = stream.uniform();
      if (first >= 0 && uniform < size * (1 - standing[i]!)) observedUntil[i] = Math.min(observedUntil[i]!, first);
    });
  },
});
