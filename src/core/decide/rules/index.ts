import { expectedValue } from './expected-value.ts';
import { hurwicz } from './hurwicz.ts';
import { laplace } from './laplace.ts';
import { maximax } from './maximax.ts';
import { maximin } from './maximin.ts';
import { minimaxRegret } from './minimax-regret.ts';

/** Every rule for payoff tables by id, in the order the page lists them. */
export const tableRules = {
  minimax_regret: minimaxRegret,
  maximin,
  maximax,
  hurwicz,
  laplace,
  expected_value: expectedValue,
} as const;
