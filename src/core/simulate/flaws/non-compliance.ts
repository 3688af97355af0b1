import { defineParameters } from '../../contracts/parameter.ts';
import { defineFlaw, severity } from './flaw.ts';

const parameters = defineParameters({
  severity: severity('Probability that a product that was to be treated is not.'),
  control_crossover: {
    kind: 'number',
    label: 'Crossover of controls',
    help: 'How often a control is treated after all, from the intervention on, for each time a treated product is not: 0 never, 1 as often.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0,
  },
});

/** Whoever does not comply is drawn at random. */
export const nonCompliance = defineFlaw({
  id: 'non_compliance',
  label: 'Non-compliance',
  summary: 'Some products that were to be treated are not, and some controls are.',
  breaks:
    'That assigned means treated: comparing by assignment measures the effect of being chosen, which is less than that of the treatment.',
  moves: 'Towards zero: treated and controls become more alike, by the share on either side that crosses over.',
  parameters,
  receive({ calendar, received }, { severity: share, control_crossover: crossover }, stream) {
    for (let i = 0; i < received.length; i += 1) {
      const uniform = stream.uniform();
      if (received[i]! >= 0) {
        if (uniform < share) received[i] = -1;
      } else if (uniform < share * crossover) received[i] = calendar.interventionIndex;
    }
  },
});
