import type { Parameters } from '../../core/contracts/parameter.ts';
import type { DataShape } from '../../core/measure/estimator.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { methodDescriptions } from '../../state/catalogue.ts';
import { designOf, methodOf } from '../shared/catalogue.ts';
import { methodsFor } from '../shared/fitting.ts';
import { listed } from '../shared/words.ts';

type Described = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly shape: DataShape;
  readonly designs: readonly string[];
  readonly parameters: Parameters;
};

export type FittingMethods = {
  /** At home in the design first. */
  readonly fitting: readonly Described[];
  readonly others: readonly { readonly method: Described; readonly reason: string }[];
};

/** Every method but the naive one, which is beside each pilot anyway: those that fit it, and the others with why not. */
export function methodsByFit(initiative: SimulatedInitiative): FittingMethods {
  const all = (methodDescriptions as readonly Described[]).filter(({ id }) => id !== 'naive_difference');
  const order = methodsFor(initiative.design.id).map(({ id }) => id);
  const judged = all.map((method) => ({ method, reason: whyUnfit(method, initiative) }));
  return {
    fitting: judged
      .filter(({ reason }) => reason === null)
      .map(({ method }) => method)
      .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
    others: judged.flatMap(({ method, reason }) => (reason === null ? [] : [{ method, reason }])),
  };
}

/** Why a method's answer on this pilot would not be about the effect; null where its assumptions can hold. */
export function whyUnfit(method: Described, initiative: SimulatedInitiative): string | null {
  const needed = missingNeed(method, initiative);
  if (needed !== null) return needed;
  if (method.designs.includes(initiative.design.id)) return null;
  return `${holdsUnder(method)}; this pilot is \u2018${designOf(initiative.design.id)?.label ?? initiative.design.id}\u2019.`;
}

/** As `whyUnfit`, for a method by its id. */
export function whyUnfitById(id: string, initiative: SimulatedInitiative): string | null {
  const method = methodOf(id) as Described | undefined;
  return method === undefined ? null : whyUnfit(method, initiative);
}

export function holdsUnder(method: Pick<Described, 'designs'>): string {
  const designs = method.designs.flatMap((id) => designOf(id)?.label ?? []).map((label) => `\u2018${label}\u2019`);
  return designs.length === 0 ? 'Its assumptions hold under no design here' : `Its assumptions hold under ${listed(designs)}`;
}

/** Data that the method reads and the pilot does not have. */
function missingNeed(method: Described, { design, catalog }: SimulatedInitiative): string | null {
  const groups = groupsOf(design, catalog.n_products);
  const has = (name: string) => Object.hasOwn(method.parameters, name);
  if (groups !== null && !groups.treated) return 'Nobody is treated, so there is no effect to see.';
  if (catalog.pre_periods === 0 && method.shape !== 'cross_section')
    return 'It learns from periods before the intervention, and there are none.';
  if (method.designs.includes(design.id)) return null;
  if (groups !== null && !groups.controls && method.shape !== 'series' && !has('metric_before_column'))
    return 'It compares with controls, and here everyone is treated.';
  if (has('cutoff')) return 'It needs a rule with a cutoff that decided who was treated.';
  if (has('treated_unit')) return 'It needs store fronts, one of them treated as a whole and the others not at all.';
  if (method.shape === 'series' && groups?.controls)
    return 'It reads only the treated, one row per period, and leaves out the controls that this pilot has.';
  return null;
}

function groupsOf(
  design: SimulatedInitiative['design'],
  nProducts: number,
): { readonly treated: boolean; readonly controls: boolean } | null {
  const known = designOf(design.id);
  return known === undefined ? null : known.groups(design.parameters as never, nProducts);
}
