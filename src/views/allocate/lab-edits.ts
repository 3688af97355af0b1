import type { Candidate, SideConstraints } from '../../core/allocate/decision-rule.ts';
import type { Scenario, WhatIf } from '../../core/scenario/scenario.ts';
import type { Edit } from '../shared/edits.ts';

export type Numbers = Pick<Candidate, 'R_best' | 'R_med' | 'R_worst' | 'confidence'>;
/** Whether a portfolio must hold an initiative, may, or must not. */
export type Standing = 'free' | 'required' | 'excluded';

/** Puts numbers in place of the evidence's, for the decision alone. What the evidence says anyway is not noted. */
export function setWhatIf(evidence: Candidate, numbers: Numbers): Edit {
  const { id } = evidence;
  const movesReturns = (['R_best', 'R_med', 'R_worst'] as const).some((field) => numbers[field] !== evidence[field]);
  const entry: WhatIf = {
    initiative_id: id,
    R_best: movesReturns ? numbers.R_best : null,
    R_med: movesReturns ? numbers.R_med : null,
    R_worst: movesReturns ? numbers.R_worst : null,
    confidence: numbers.confidence === evidence.confidence ? null : numbers.confidence,
  };
  const says = entry.R_best !== null || entry.confidence !== null;
  return (scenario) => {
    const before = scenario.what_if.findIndex(({ initiative_id }) => initiative_id === id);
    if (before < 0) return says ? { ...scenario, what_if: [...scenario.what_if, entry] } : scenario;
    return { ...scenario, what_if: scenario.what_if.flatMap((old, i) => (i === before ? (says ? [entry] : []) : [old])) };
  };
}

/** Back to what the evidence says: of one initiative, or of all. */
export function resetWhatIf(id?: string): Edit {
  return (scenario) => ({
    ...scenario,
    what_if: id === undefined ? [] : scenario.what_if.filter(({ initiative_id }) => initiative_id !== id),
  });
}

/** How many numbers are set by hand. */
export function countByHand(whatIf: readonly WhatIf[], evidence: readonly Candidate[]): number {
  const fields = ['R_best', 'R_med', 'R_worst', 'confidence'] as const;
  return whatIf.reduce((count, entry) => {
    const original = evidence.find(({ id }) => id === entry.initiative_id);
    return count + fields.filter((field) => entry[field] !== null && entry[field] !== original?.[field]).length;
  }, 0);
}

export function standingOf({ required, excluded }: SideConstraints, id: string): Standing {
  return required.includes(id) ? 'required' : excluded.includes(id) ? 'excluded' : 'free';
}

export function setStanding(id: string, standing: Standing): Edit {
  return editConstraints(({ required, excluded, ...others }) => ({
    ...others,
    required: withOrWithout(required, id, standing === 'required'),
    excluded: withOrWithout(excluded, id, standing === 'excluded'),
  }));
}

export function editConstraints(edit: (constraints: SideConstraints) => SideConstraints): Edit {
  return (scenario: Scenario) => ({ ...scenario, constraints: edit(scenario.constraints) });
}

/** How many of the side constraints there are. */
export function countConstraints({ required, excluded, exclusive, prerequisites, at_most, category_caps }: SideConstraints): number {
  return required.length + excluded.length + exclusive.length + prerequisites.length + (at_most === null ? 0 : 1) + category_caps.length;
}

/** Puts an option on the table whose numbers are stated outright. */
export function addOption(option: Candidate): Edit {
  return (scenario) => ({
    ...scenario,
    initiatives: [
      ...scenario.initiatives,
      {
        source: 'stated',
        initiative_id: option.id,
        description: 'Added to show that an option nobody funds can change the choice.',
        category: option.category ?? '',
        divisible: option.divisible ?? false,
        cost_to_scale: option.cost,
        R_best: option.R_best,
        R_med: option.R_med,
        R_worst: option.R_worst,
        confidence: option.confidence,
        model_type: modelTypeFor(option.confidence),
      },
    ],
  });
}

function modelTypeFor(confidence: number) {
  if (confidence >= 0.85) return 'experiment' as const;
  if (confidence >= 0.6) return 'quasi-experiment' as const;
  return confidence >= 0.4 ? ('time-series' as const) : ('observational' as const);
}

function withOrWithout(list: readonly string[], id: string, holds: boolean): string[] {
  const others = list.filter((other) => other !== id);
  return holds ? [...others, id] : others;
}
