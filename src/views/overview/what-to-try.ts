import type { InitiativeRun, Run } from '../../core/contracts/run.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { judge } from '../shared/coverage.ts';
import { chooseEntry, setField, type Edit } from '../shared/edits.ts';
import type { Money } from '../shared/money.ts';

/** A change worth making next, ready to be made. `why` says what it would show. */
export type Suggestion = { readonly label: string; readonly why: string; readonly edit: Edit };

export function whatToTry(run: Run, money: Money, newSeed: string): Suggestion[] {
  const found = [
    lowerFloor(run, money),
    betterEvidence(run),
    moreBudget(run, money),
    lowerThreshold(run),
    naive(run),
    anotherWorld(run, newSeed),
  ];
  return found.filter((suggestion) => suggestion !== null).slice(0, 4);
}

function lowerFloor({ allocation }: Run, money: Money): Suggestion | null {
  const floor = allocation.attainable_worst_return;
  if (allocation.status !== 'infeasible' || floor === null) return null;
  return {
    label: `Lower the floor to ${money.exact(floor)}`,
    why: 'The largest worst return any affordable portfolio attains.',
    edit: setField('min_portfolio_worst_return', floor),
  };
}

/** For the pilot that needs it most: one that missed the truth, else the least trusted one. */
function betterEvidence(run: Run): Suggestion | null {
  const candidates = run.initiatives.filter((initiative) => initiative.pilot !== null && initiative.pilot.result.method !== 'experiment');
  const weakest = candidates.toSorted((a, b) => need(b) - need(a) || trust(a) - trust(b))[0];
  if (weakest === undefined) return null;
  const id = weakest.initiative_id;
  return {
    label: `Give ${id} an experiment`,
    why: reasonFor(weakest),
    edit: (scenario) => chooseEntry(id, 'method', 'experiment')(chooseEntry(id, 'design', 'complete_randomisation')(scenario)),
  };
}

function need(initiative: InitiativeRun): number {
  if (initiative.pilot?.result.status === 'degenerate') return 2;
  const judged = judge(initiative);
  return judged !== null && judged.verdict !== 'holds' ? 1 : 0;
}

function reasonFor(initiative: InitiativeRun): string {
  if (need(initiative) === 2) return 'Its pilot could not be measured; randomise instead.';
  if (need(initiative) === 1) return 'Its interval missed the truth; randomise instead.';
  return 'It has the least confidence; randomise and see what that is worth.';
}

function trust(initiative: InitiativeRun): number {
  return initiative.evaluation?.confidence ?? 0;
}

/** The smallest budget that pays for one more initiative beside what is funded. */
function moreBudget({ allocation, scenario, evaluate_results }: Run, money: Money): Suggestion | null {
  const out = new Set([...allocation.selected_initiatives, ...allocation.ineligible.map(({ id }) => id)]);
  const costs = evaluate_results.filter(({ initiative_id, R_best }) => !out.has(initiative_id) && R_best > 0).map(({ cost }) => cost);
  if (costs.length === 0) return null;
  const budget = allocation.total_cost + Math.min(...costs);
  if (budget <= scenario.budget) return null;
  return {
    label: `Raise the budget to ${money.exact(budget)}`,
    why: 'Just enough for one more initiative.',
    edit: setField('budget', budget),
  };
}

function lowerThreshold(run: Run): Suggestion | null {
  const shut = run.allocation.ineligible
    .map(({ id }) => run.evaluate_results.find((result) => result.initiative_id === id))
    .find((result) => result !== undefined);
  if (shut === undefined) return null;
  const threshold = Math.floor(shut.confidence * 20) / 20;
  return {
    label: `Let ${shut.initiative_id} in`,
    why: `Lower the confidence threshold to ${threshold.toFixed(2)}.`,
    edit: setField('min_confidence_threshold', threshold),
  };
}

/** The comparison anyone would make first, on the pilot where it misleads most. */
function naive(run: Run): Suggestion | null {
  const misled = run.initiatives.toSorted((a, b) => naiveError(b) - naiveError(a))[0];
  if (misled === undefined || naiveError(misled) === 0) return null;
  const id = misled.initiative_id;
  return {
    label: `Measure ${id} naively`,
    why: 'Treated minus control, selection and all.',
    edit: chooseEntry(id, 'method', 'naive_difference'),
  };
}

/** How far the naive answer is from the truth, in half-widths of its own interval; 0 where it would teach nothing. */
function naiveError({ pilot, true_effect: truth }: InitiativeRun): number {
  if (pilot === null || pilot.naive === null || truth === null || ['experiment', 'naive_difference'].includes(pilot.result.method))
    return 0;
  const { estimate, ci_lower, ci_upper } = pilot.naive;
  return ci_upper > ci_lower ? Math.abs(estimate - truth) / ((ci_upper - ci_lower) / 2) : 0;
}

function anotherWorld(run: Run, newSeed: string): Suggestion | null {
  if (!run.scenario.initiatives.some(isSimulated)) return null;
  return { label: 'Draw another world', why: 'A new seed: the same effects, other luck.', edit: setField('seed', newSeed) };
}

function isSimulated(initiative: Scenario['initiatives'][number]): boolean {
  return initiative.source === 'simulated';
}
