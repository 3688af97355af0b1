import { defineParameters } from '../../contracts/parameter.ts';
import type { Stream } from '../../random/stream.ts';
import type { Demand } from '../pilot.ts';
import { defineFlaw, severity, type Sighting } from './flaw.ts';
import { scaleOrders, setOrders } from './scale-orders.ts';

const parameters = defineParameters({
  severity: severity('Relative change of what the products that are to be treated sell before their date.'),
  kind: {
    kind: 'choice',
    label: 'Kind',
    help: 'Waiting: buyers hold back and buy after the date instead. Early start: demand rises before the date already.',
    options: ['waiting', 'early_start'],
    default: 'waiting',
  },
  lead: {
    kind: 'integer',
    label: 'Lead',
    help: 'Periods before the date in which word is out.',
    min: 1,
    max: 90,
    step: 1,
    unit: 'periods',
    default: 7,
  },
});

export const anticipation = defineFlaw({
  id: 'anticipation',
  label: 'Anticipation',
  summary: 'Word gets out: buyers of the products that are to be treated wait for the date, or the change begins before it.',
  breaks: 'That nothing happens before the date: the periods before it are no longer what they would have been without treatment.',
  moves:
    'Waiting moves it up, since sales are only put off past the date, and doubly so where after is compared with before. An early start leaves the difference after the date alone and makes a comparison with before too small.',
  parameters,
  misfit: (_parameters, { prePeriods }) =>
    prePeriods > 0 ? null : 'needs periods before the intervention; raise pre_periods or take this flaw out',
  alter(sighting, _outcomes, { severity: share, kind, lead }, stream) {
    sighting.received.forEach((first, i) => {
      const uniforms = drawMany(stream, lead);
      if (first < 0) return;
      for (let k = 1; k <= Math.min(lead, first); k += 1) {
        if (kind === 'waiting') putOff(sighting, i, first, k, share, uniforms[k - 1]!);
        else scaleOrders(sighting.seen, i * sighting.calendar.nPeriods + first - k, 1 + share, uniforms[k - 1]!);
      }
    });
  },
});

/** What is not bought k periods before the date is bought in the k-th period from it on, if there is one. */
function putOff({ seen, calendar, catalog }: Sighting, i: number, first: number, k: number, share: number, uniform: number): void {
  const { nPeriods } = calendar;
  const before = i * nPeriods + first - k;
  const units = seen.orderedUnits[before]!;
  scaleOrders(seen, before, 1 - share, uniform);
  const putOffUnits = units - seen.orderedUnits[before]!;
  if (putOffUnits === 0 || first + k > nPeriods) return;
  const after = i * nPeriods + first + k - 1;
  const priceAfter = priceFrom(seen, i * nPeriods + first, (i + 1) * nPeriods) ?? catalog.price[i]!;
  setOrders(seen, after, seen.orderedUnits[after]! + putOffUnits, priceAfter);
}

/** The price at which anything was sold in these entries: treatment may have changed it. */
function priceFrom(seen: Demand, from: number, to: number): number | null {
  for (let at = from; at < to; at += 1) if (seen.orderedUnits[at]! > 0) return seen.revenue[at]! / seen.orderedUnits[at]!;
  return null;
}

function drawMany(stream: Stream, count: number): Float64Array {
  return new Float64Array(count).map(() => stream.uniform());
}
