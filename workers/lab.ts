import type { Allocation, AllocationProblem } from '../src/core/allocate/decision-rule.ts';
import { allocate } from '../src/core/allocate/index.ts';
import { compareRules } from '../src/core/allocate/explain/compare-rules.ts';
import { confidenceSwitches } from '../src/core/allocate/explain/confidence-switches.ts';
import { dominatedInitiatives } from '../src/core/allocate/explain/dominated.ts';
import { forcedChoices } from '../src/core/allocate/explain/forced-choices.ts';
import { frontier } from '../src/core/allocate/explain/frontier.ts';
import { menuExample } from '../src/core/allocate/explain/menu-example.ts';
import { nearOptimal } from '../src/core/allocate/explain/near-optimal.ts';
import { judgePortfolio } from '../src/core/allocate/judge-portfolio.ts';
import { InputError } from '../src/core/contracts/input-error.ts';
import { checkPayoffTable } from '../src/core/decide/check-payoff-table.ts';
import { exactTable } from '../src/core/decide/exact-table.ts';
import { mixedMinimaxRegret } from '../src/core/decide/mixed-regret.ts';
import { entryThresholds } from '../src/core/scale/entry-thresholds.ts';
import type { Answered, ExplanationName, Explanations, ExplanationSettings, LabApi, OwnJudged } from './lab-api.ts';

/** The lab's work; the same in a browser worker and in node. */
export function labApi(): LabApi {
  const answerOf = latest((problem: AllocationProblem) => allocate(problem, null));
  return {
    answer: async (problem, mine) =>
      checked(() => {
        const allocation = answerOf(problem);
        return { allocation, judged: ownJudged(problem, mine, allocation) };
      }),
    explain: async (name, problem, settings) => checked(() => explanations[name](problem, settings)),
    lottery: async (table) => checked(() => mixedMinimaxRegret(exactTable(checkPayoffTable(table)))),
    thresholds: async (question) => checked(() => entryThresholds(question)),
  };
}

const explanations: { readonly [N in ExplanationName]: (problem: AllocationProblem, settings: ExplanationSettings) => Explanations[N] } = {
  rules: (problem) => compareRules(problem),
  frontier: (problem) => frontier(problem),
  forced: (problem) => forcedChoices(problem),
  near: (problem, { tolerance }) => nearOptimal(problem, tolerance),
  switches: (problem) => confidenceSwitches(problem),
  menu: (problem) => menuExample(problem),
  dominated: (problem) => dominatedInitiatives(problem),
};

function ownJudged(problem: AllocationProblem, mine: readonly string[], allocation: Allocation): OwnJudged {
  const byInterval = { ...problem, rule: 'interval_minimax_regret', rule_parameters: {} };
  const { portfolio } = judgePortfolio(byInterval, mine, allocation);
  return { ...judgePortfolio(problem, mine, allocation), independentRegret: portfolio.objective_value };
}

/** What is wrong with a problem is an answer too: it must survive the way out of the worker. */
function checked<T>(compute: () => T): Answered<T> {
  try {
    return { ok: true, value: compute() };
  } catch (error) {
    if (error instanceof InputError) return { ok: false, issues: error.issues };
    throw error;
  }
}

/** Remembers the last answer: another portfolio of one's own is held against the same one. */
function latest<P, R>(compute: (problem: P) => R): (problem: P) => R {
  let known: { readonly key: string; readonly result: R } | null = null;
  return (problem) => {
    const key = JSON.stringify(problem);
    if (known?.key !== key) known = { key, result: compute(problem) };
    return known.result;
  };
}
