import { bayesianDescription } from './bayesian.ts';
import { greedyRoiDescription } from './greedy-roi.ts';
import { hurwiczDescription } from './hurwicz.ts';
import { intervalMinimaxRegretDescription } from './interval-minimax-regret.ts';
import { maximaxDescription } from './maximax.ts';
import { maximinDescription } from './maximin.ts';
import { minimaxRegretDescription } from './minimax-regret.ts';

/** Every decision rule's description by id, in the order the page lists them. */
export const decisionRuleDescriptions = {
  minimax_regret: minimaxRegretDescription,
  bayesian: bayesianDescription,
  maximin: maximinDescription,
  maximax: maximaxDescription,
  hurwicz: hurwiczDescription,
  interval_minimax_regret: intervalMinimaxRegretDescription,
  greedy_roi: greedyRoiDescription,
} as const;

export type DecisionRuleId = keyof typeof decisionRuleDescriptions;
