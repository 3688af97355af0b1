import { formatConfidence, formatCount, formatPValue, formatSigned } from '../../charts/format.ts';
import type { Run } from '../../core/contracts/run.ts';
import { states, type State } from '../../core/contracts/shared-types.ts';
import type { Initiative, SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { designOf, effectOf, flawOf, methodLabel } from '../shared/catalogue.ts';
import { judge } from '../shared/coverage.ts';
import { effectMoney } from '../shared/effect-money.ts';
import type { Money } from '../shared/money.ts';

export type WorldRow = { readonly id: string; readonly description: string; readonly cost: string; readonly facts: readonly string[] };

/** What is proposed, and the world its pilot is in. */
export function worldRows({ scenario }: Run, money: Money): WorldRow[] {
  return scenario.initiatives.map((initiative) => ({
    id: initiative.initiative_id,
    description: initiative.description,
    cost: money.exact(initiative.cost_to_scale),
    facts: initiative.source === 'simulated' ? worldFacts(initiative) : statedFacts(initiative, money),
  }));
}

function worldFacts({ catalog, effect, design, flaws, units_at_scale: units, effect_at_scale: multiplier }: SimulatedInitiative): string[] {
  const periods = `${catalog.granularity}s`;
  return [
    `${formatCount(catalog.n_products)} products, ${formatCount(catalog.pre_periods)} ${periods} before and ${formatCount(catalog.post_periods)} after`,
    `effect: ${nameOf(effectOf(effect.id), effect.id)}${settings(effect.parameters)}`,
    `design: ${nameOf(designOf(design.id), design.id)}${settings(design.parameters)}`,
    ...flaws.map(({ id, parameters }) => `flaw: ${nameOf(flawOf(id), id)}${settings(parameters)}`),
    `${formatCount(units)} product-${periods} at scale${multiplier === 1 ? '' : `, where the effect is ${multiplier} times the pilot\u2019s`}`,
  ];
}

function statedFacts(initiative: Extract<Initiative, { source: 'stated' }>, money: Money): string[] {
  const { R_worst, R_med, R_best, model_type } = initiative;
  return [`stated: returns ${[R_worst, R_med, R_best].map(money.exact).join(', ')} (worst, middle, best), evidence ${model_type}`];
}

function nameOf(described: { readonly label: string } | undefined, id: string): string {
  return (described?.label ?? id).toLowerCase();
}

/** What is set, but for what is off. */
function settings(parameters: Readonly<Record<string, unknown>>): string {
  const set = Object.entries(parameters).filter(([name, value]) => name === 'size' || (value !== null && value !== 0 && value !== false));
  return set.length === 0 ? '' : ` (${set.map(([name, value]) => `${name.replaceAll('_', ' ')} ${shown(value)}`).join(', ')})`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(' + ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, part]) => `${key} ${shown(part)}`)
      .join(' ');
  return String(value).replaceAll('_', ' ');
}

export type PilotRow = {
  readonly id: string;
  readonly method: string;
  /** null where the data have no answer; `trouble` says why. */
  readonly answer: {
    readonly estimate: string;
    readonly error: string;
    readonly interval: string;
    readonly p: string;
    readonly truth: string;
    readonly off: string;
    readonly holds: string;
  } | null;
  readonly trouble: string;
  readonly sample: string;
};

/** What each pilot said, with the truth it was not given. */
export function pilotRows(run: Run, money: Money): PilotRow[] {
  return run.initiatives.flatMap((initiative): PilotRow[] => {
    const result = initiative.pilot?.result;
    if (result === undefined) return [];
    const head = { id: initiative.initiative_id, method: methodLabel(result.method), sample: formatCount(result.sample_size) };
    if (result.status !== 'ok') return [{ ...head, answer: null, trouble: result.reason }];
    const truth = initiative.true_effect;
    const show = effectMoney(money.symbol, [result.effect_estimate, result.ci_lower, result.ci_upper, truth]);
    const verdict = judge(initiative)?.verdict;
    const answer = {
      estimate: show(result.effect_estimate),
      error: result.standard_error === null ? 'none' : show(result.standard_error),
      interval: `${show(result.ci_lower)} to ${show(result.ci_upper)}`,
      p: formatPValue(result.p_value),
      truth: truth === null ? 'none' : show(truth),
      off: truth === null ? '\u2013' : formatSigned(result.effect_estimate - truth, show),
      holds: verdict === undefined ? '\u2013' : verdict === 'holds' ? 'yes' : `no, ${verdict} it`,
    };
    return [{ ...head, answer, trouble: '' }];
  });
}

export type DecisionRow = {
  readonly id: string;
  readonly cost: string;
  readonly confidence: string;
  readonly returns: readonly string[];
  readonly effective: readonly string[];
  readonly funded: boolean;
  readonly note: string;
};

/** The states in the order of every table. */
export const reportStates: readonly State[] = states.toReversed();

/** What the decision was made from: the returns that counted and what the confidence left of them. */
export function decisionRows(run: Run, money: Money): DecisionRow[] {
  const { allocation } = run;
  const ineligible = new Map(allocation.ineligible.map(({ id, reason }) => [id, reason]));
  const costs = new Map(run.scenario.initiatives.map(({ initiative_id: id, cost_to_scale: cost }) => [id, cost]));
  return run.evaluate_results.map((result) => {
    const { initiative_id: id, confidence } = result;
    const effective = allocation.effective_returns[id];
    const share = allocation.selected_initiatives.includes(id) ? (allocation.shares?.[id] ?? 1) : 0;
    return {
      id,
      cost: money.exact(costs.get(id) ?? result.cost),
      confidence: formatConfidence(confidence),
      returns: reportStates.map((state) => money.exact(result[`R_${state}`])),
      effective: reportStates.map((state) => (effective === undefined ? '\u2013' : money.exact(effective[state]))),
      funded: share > 0,
      note: share > 0 ? (share === 1 ? 'funded' : `funded in part (${formatCount(share * 100)}%)`) : (ineligible.get(id) ?? 'not funded'),
    };
  });
}
