import { InputError, inputError } from '../contracts/input-error.ts';
import { parseParameters, unknownName, type Parameters, type ParameterValues } from '../contracts/parameter.ts';
import type { Choice, SimulatedInitiative } from '../scenario/scenario.ts';
import type { AssignmentDesignDefinition } from './assignment-designs/assignment-design.ts';
import { assignmentDesigns, findAssignmentDesign } from './assignment-designs/index.ts';
import { meanQuality } from './catalog.ts';
import { resolveEffect, type ResolvedEffect } from './effects/effect.ts';
import { effects, findEffect } from './effects/index.ts';
import type { FlawDefinition, FlawSetting } from './flaws/flaw.ts';
import { findFlaw, flaws, flawSetting } from './flaws/index.ts';

/** What of an initiative its data depend on. */
export type SimulatedWorld = Pick<SimulatedInitiative, 'initiative_id' | 'catalog' | 'demand' | 'effect' | 'design' | 'flaws'> & {
  /** How many times its size the effect has in this world; left out where it has its own. */
  readonly effect_multiplier?: number;
};

/** A flaw with its parameters checked and filled in. */
export type ResolvedFlaw = {
  readonly flaw: FlawDefinition;
  readonly parameters: ParameterValues<FlawDefinition['parameters']>;
};

/** A world with its registry entries found and their parameters checked and filled in. */
export type ResolvedWorld = {
  readonly effect: ResolvedEffect;
  readonly design: AssignmentDesignDefinition;
  readonly designParameters: ParameterValues<Parameters>;
  readonly unitNames: readonly string[];
  /** In the order in which they act. */
  readonly flaws: readonly ResolvedFlaw[];
};

/** @throws InputError where effect, design or a flaw does not exist, or does not fit the catalog. */
export function resolveWorld(world: SimulatedWorld, nProducts: number): ResolvedWorld {
  const effect = required(findEffect(world.effect.id), world.effect, 'effect', Object.keys(effects));
  const design = required(findAssignmentDesign(world.design.id), world.design, 'design', Object.keys(assignmentDesigns));
  const effectParameters = checked(effect.parameters, world.effect, 'effect');
  const designParameters = checked(design.parameters, world.design, 'design');
  const misfit = design.misfit?.(designParameters, nProducts, world.catalog) ?? null;
  if (misfit !== null) throw inputError('design', misfit, world.design.id);
  return {
    effect: resolveEffect(effect, effectParameters, meanQuality(), world.effect_multiplier ?? 1),
    design,
    designParameters,
    unitNames: unitNames(design.unitCount?.(designParameters) ?? 0),
    flaws: resolveFlaws(world.flaws, flawSetting(design, designParameters, { ...world.catalog, n_products: nProducts })),
  };
}

function resolveFlaws(choices: readonly Choice[], setting: FlawSetting): ResolvedFlaw[] {
  const known = Object.keys(flaws);
  const resolved = choices.map((choice, k) => {
    const path = `flaws.${k}`;
    const flaw = required(findFlaw(choice.id), choice, path, known);
    const parameters = checked(flaw.parameters, choice, path) as ResolvedFlaw['parameters'];
    const misfit = flaw.misfit?.(parameters, setting) ?? null;
    if (misfit !== null) throw inputError(path, misfit, choice.id);
    return { flaw, parameters };
  });
  return resolved.sort((a, b) => known.indexOf(a.flaw.id) - known.indexOf(b.flaw.id));
}

/** Store 01, Store 02, ...: padded, so that they sort as numbers do. */
function unitNames(count: number): string[] {
  const width = Math.max(2, String(count).length);
  return Array.from({ length: count }, (_, u) => `Store ${String(u + 1).padStart(width, '0')}`);
}

function required<T>(found: T | undefined, choice: Choice, path: string, known: readonly string[]): T {
  if (found === undefined) throw inputError(`${path}.id`, `'${choice.id}' ${unknownName(choice.id, known)}`, choice.id);
  return found;
}

function checked(parameters: Parameters, choice: Choice, path: string): ParameterValues<Parameters> {
  const parsed = parseParameters(parameters, choice.parameters, `${path}.parameters`);
  if (!parsed.ok) throw new InputError(parsed.issues);
  return parsed.value;
}
