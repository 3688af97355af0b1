import { minimaxRegretDescription } from './minimax-regret.ts';

/** Every decision rule's description by id, in the order the page lists them. */
export const decisionRuleDescriptions = { minimax_regret: minimaxRegretDescription } as const;

export type DecisionRuleId = keyof typeof decisionRuleDescriptions;
