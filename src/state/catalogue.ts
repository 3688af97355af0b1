import { decisionRuleDescriptions } from '../core/allocate/descriptions.ts';
import { estimatorDescriptions } from '../core/measure/descriptions.ts';
import { assignmentDesigns } from '../core/simulate/assignment-designs/index.ts';
import { effects } from '../core/simulate/effects/index.ts';

/** What forms and pages may choose from, described by the definitions themselves. */
export const methodDescriptions = Object.values(estimatorDescriptions);
export const designDescriptions = Object.values(assignmentDesigns);
export const effectDescriptions = Object.values(effects);
export const ruleDescriptions = Object.values(decisionRuleDescriptions);
