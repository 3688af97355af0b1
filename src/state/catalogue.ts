import { decisionRuleDescriptions } from '../core/allocate/descriptions.ts';
import { estimatorDescriptions } from '../core/measure/descriptions.ts';
import { assignmentDesigns } from '../core/simulate/assignment-designs/index.ts';
import { effects } from '../core/simulate/effects/index.ts';
import { flaws } from '../core/simulate/flaws/index.ts';
import type { NumberParameter, Parameters } from '../core/contracts/parameter.ts';
import type { FlawDefinition } from '../core/simulate/flaws/flaw.ts';

/** What forms and pages may choose from, described by the definitions themselves. */
export const methodDescriptions = Object.values(estimatorDescriptions);
export const designDescriptions = Object.values(assignmentDesigns);
export const effectDescriptions = Object.values(effects);
export const flawDescriptions = Object.values<unknown>(flaws) as readonly FlawDescription[];
export const ruleDescriptions = Object.values(decisionRuleDescriptions);

/** A flaw as the page shows it, with the types of its own parameters erased. */
export type FlawDescription = Pick<FlawDefinition, 'id' | 'label' | 'summary' | 'breaks' | 'moves' | 'misfit'> & {
  readonly parameters: Parameters & { readonly severity: NumberParameter };
};
