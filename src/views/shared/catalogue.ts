import type { InitiativeRun } from '../../core/contracts/run.ts';
import type { Initiative } from '../../core/scenario/scenario.ts';
import { designDescriptions, effectDescriptions, flawDescriptions, methodDescriptions, ruleDescriptions } from '../../state/catalogue.ts';

type Described = { readonly id: string; readonly label: string };

function find<T extends Described>(descriptions: readonly T[], id: string): T | undefined {
  return descriptions.find((description) => description.id === id);
}

export const methodOf = (id: string) => find(methodDescriptions, id);
export const designOf = (id: string) => find(designDescriptions, id);
export const effectOf = (id: string) => find(effectDescriptions, id);
export const flawOf = (id: string) => find(flawDescriptions, id);
export const ruleOf = (id: string) => find(ruleDescriptions, id);

export const methodLabel = (id: string) => methodOf(id)?.label ?? id;
export const ruleLabel = (id: string) => ruleOf(id)?.label ?? id;

export function optionsOf(descriptions: readonly Described[]): { value: string; label: string }[] {
  return descriptions.map(({ id, label }) => ({ value: id, label }));
}

/** 'Experiment, n 1,200': what stands behind an initiative's numbers. */
export function evidenceLine(initiative: InitiativeRun, declared: Initiative | undefined, count: (n: number) => string): string {
  if (initiative.pilot === null) return declared?.source === 'stated' ? `stated returns, ${declared.model_type}` : 'stated returns';
  const { method, sample_size } = initiative.pilot.result;
  return `${methodLabel(method)}, n ${count(sample_size)}`;
}
