import { parseParameters, type Parameters } from '../../core/contracts/parameter.ts';
import type { Choice, SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { methodDescriptions } from '../../state/catalogue.ts';
import { designOf, effectOf, methodOf } from './catalogue.ts';
import { chooseEntry, type Edit } from './edits.ts';

/** A method and a design that do not go together, with what does. */
export type Misfit = {
  readonly method: string;
  readonly design: string;
  /** Methods at home in the design first, then others whose assumptions hold under it. */
  readonly fittingMethods: readonly { readonly id: string; readonly label: string }[];
  /** Designs under which the method's assumptions hold. */
  readonly fittingDesigns: readonly { readonly id: string; readonly label: string }[];
};

/** null where the method's assumptions hold under the design, or where one of them is unknown. */
export function misfit(methodId: string, designId: string): Misfit | null {
  const method = methodOf(methodId);
  const design = designOf(designId);
  if (method === undefined || design === undefined || method.designs.includes(designId)) return null;
  return {
    method: method.label,
    design: design.label,
    fittingMethods: methodsFor(designId),
    fittingDesigns: method.designs.flatMap((id) => designOf(id) ?? []).map(({ id, label }) => ({ id, label })),
  };
}

/** Those whose first design it is come first; a naive answer, which is right only by luck of design, comes last. */
export function methodsFor(designId: string): { readonly id: string; readonly label: string }[] {
  return methodDescriptions
    .filter(({ designs }) => (designs as readonly string[]).includes(designId))
    .map((method) => ({ id: method.id, label: method.label, rank: rankOf(method, designId) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ id, label }) => ({ id, label }));
}

function rankOf(
  { model_type: type, designs }: { readonly model_type: string; readonly designs: readonly string[] },
  designId: string,
): number {
  return (type === 'observational' ? 2 : 0) + (designs[0] === designId ? 0 : 1);
}

/** The methods as options of a list: those that fit the design, and the others. */
export function methodOptions(designId: string): { value: string; label: string; group: string }[] {
  const fitting = methodsFor(designId);
  const others = methodDescriptions.filter(({ id }) => !fitting.some((method) => method.id === id));
  const option = (group: string) => (method: { readonly id: string; readonly label: string }) => ({
    value: method.id,
    label: method.label,
    group,
  });
  return [...fitting.map(option('fits the design')), ...others.map(option('does not fit the design'))];
}

/** Another effect, design or method; the parameters that both know by the same name keep their values where those still do. */
export function chooseAgreeing(initiative: SimulatedInitiative, field: 'effect' | 'design' | 'method', entry: string): Edit {
  const known = { effect: effectOf, design: designOf, method: methodOf }[field](entry)?.parameters ?? {};
  return chooseEntry(initiative.initiative_id, field, entry, agreeing(initiative[field].parameters, known));
}

function agreeing(given: Choice['parameters'], parameters: Parameters): string[] {
  return Object.keys(given).filter((name) => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return parameter !== undefined && parseParameters({ [name]: parameter }, { [name]: given[name] }, '').ok;
  });
}
