import { defineParameters } from '../../contracts/parameter.ts';
import { defineFlaw, severity } from './flaw.ts';
import { scaleOrders } from './scale-orders.ts';

const parameters = defineParameters({
  severity: severity('Relative change of what is sold from the intervention date on.'),
  direction: { kind: 'choice', label: 'Direction', help: 'Whether more or less is sold.', options: ['up', 'down'], default: 'up' },
  hits: {
    kind: 'choice',
    label: 'Hits',
    help: 'All products alike, or only the treated ones (a campaign for the same products, say).',
    options: ['everyone', 'treated'],
    default: 'everyone',
  },
  duration: {
    kind: 'integer',
    label: 'Duration',
    help: 'Periods it lasts; left empty, it stays for good.',
    min: 1,
    max: 730,
    step: 1,
    unit: 'periods',
    default: null,
  },
});

export const coincidentShock = defineFlaw({
  id: 'coincident_shock',
  label: 'Coincident shock',
  summary: 'Something else changes demand on the very date of the intervention.',
  breaks:
    'That nothing but the treatment changed on that date: for everyone, in a comparison with before; for the treated alone, in any comparison.',
  moves:
    'The way of the shock. Where it hits everyone, a comparison with before counts it as effect, and one with untreated products only scales what it finds; where it hits the treated, both count it.',
  parameters,
  alter({ catalog, calendar, assignment, seen }, _outcomes, { severity: size, direction, hits, duration }, stream) {
    const { nPeriods, interventionIndex } = calendar;
    const factor = direction === 'up' ? 1 + size : 1 - size;
    const end = duration === null ? nPeriods : Math.min(nPeriods, interventionIndex + duration);
    for (let i = 0; i < catalog.nProducts; i += 1) {
      const isHit = hits === 'everyone' || assignment.firstTreated[i]! >= 0;
      for (let t = interventionIndex; t < nPeriods; t += 1) {
        const uniform = stream.uniform();
        if (isHit && t < end) scaleOrders(seen, i * nPeriods + t, factor, uniform);
      }
    }
  },
});
