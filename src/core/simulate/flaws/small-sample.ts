import { defineParameters } from '../../contracts/parameter.ts';
import { defineFlaw, severity } from './flaw.ts';

const parameters = defineParameters({
  severity: severity('Share of the products that never got on record, drawn at random.', { max: 0.98, default: 0.8 }),
});

export const smallSample = defineFlaw({
  id: 'small_sample',
  label: 'Too small a sample',
  summary: 'Only some of the products are on record at all.',
  breaks: 'No assumption about cause and effect; only that there is enough data for chance to even out.',
  moves: 'Neither way on average, and further off each time: the fewer products, the wider it strays from the truth.',
  parameters,
  record({ observedUntil }, { severity: share }, stream) {
    for (let i = 0; i < observedUntil.length; i += 1) if (stream.uniform() < share) observedUntil[i] = -1;
  },
});
