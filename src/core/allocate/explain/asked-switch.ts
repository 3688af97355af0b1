import type { AllocationProblem, Candidate } from '../decision-rule.ts';
import { allocate } from '../index.ts';
import type { ConfidenceSwitch } from './explanations.ts';

/**
 * The confidence at which a candidate enters, by asking the rule at one confidence after the other: halving, down to a
 * thousandth. For where the portfolios are too many to look at; that one confidence tells is shown in `confidence-switches.ts`.
 */
export function askedSwitch(problem: AllocationProblem, candidate: Candidate): Pick<ConfidenceSwitch, 'enters_at' | 'sure_from' | 'precision'> {
  const answers = new Map<number, { readonly some: boolean; readonly all: boolean }>();
  const ask = (step: number) => {
    const known = answers.get(step);
    if (known !== undefined) return known;
    const at = { ...candidate, confidence: step / steps };
    const { objective_value, selected_initiatives, ties } = allocate({ ...problem, candidates: problem.candidates.map((other) => (other.id === candidate.id ? at : other)) }, null);
    const best = objective_value === null ? [] : [selected_initiatives, ...ties];
    const holds = best.map((ids) => ids.includes(candidate.id));
    const answer = { some: holds.includes(true), all: holds.length > 0 && !holds.includes(false) };
    answers.set(step, answer);
    return answer;
  };
  const first = Math.ceil(problem.min_confidence_threshold * steps);
  const entry = (which: 'some' | 'all', from: number): number | null => {
    if (!ask(steps)[which]) return null;
    if (ask(from)[which]) return from;
    let [low, high] = [from, steps];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (ask(middle)[which]) high = middle;
      else low = middle;
    }
    return high;
  };
  const enters = entry('some', first);
  const sure = enters === null ? null : entry('all', enters);
  return { enters_at: asConfidence(enters), sure_from: asConfidence(sure), precision: 1 / steps };
}

const steps = 1_000;

function asConfidence(step: number | null): number | null {
  return step === null ? null : step / steps;
}
