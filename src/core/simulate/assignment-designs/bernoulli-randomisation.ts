import { defineParameters } from '../../contracts/parameter.ts';
import { bernoulli } from '../../random/variates.ts';
import { defineAssignmentDesign } from './assignment-design.ts';
import { treatedShare } from './treated-places.ts';

const parameters = defineParameters({
  treated_share: treatedShare('Probability of being treated, the same for every product; how many it comes to is chance.', 0.5),
});

/**
 * One coin per product, in the order of the catalog, so that a larger catalog begins with the smaller one's assignment. Nothing
 * is drawn again: a small catalog can come out without treated products or without controls, and then has no answer.
 */
export const bernoulliRandomisation = defineAssignmentDesign({
  id: 'bernoulli_randomisation',
  label: 'Bernoulli randomisation',
  summary: 'A coin is tossed for each product, as when visitors arrive one by one; the number treated is chance.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies: 'The effect on all products; on the treated and on the controls it is the same in expectation. Nothing else is needed.',
  groups: (_parameters, nProducts) => ({ treated: nProducts > 0, controls: nProducts > 0 }),
  assign({ catalog, calendar }, { treated_share }, stream) {
    const firstTreated = new Int32Array(catalog.nProducts);
    for (let i = 0; i < catalog.nProducts; i += 1) firstTreated[i] = bernoulli(stream, treated_share) ? calendar.interventionIndex : -1;
    return { firstTreated, intendedShare: treated_share };
  },
});
