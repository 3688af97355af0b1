import type { Allocation, AllocationProblem } from '../src/core/allocate/decision-rule.ts';
import type {
  ConfidenceSwitch,
  DominatedInitiative,
  ForcedChoice,
  Frontier,
  MenuExample,
  NearOptimal,
  RuleAnswer,
} from '../src/core/allocate/explain/explanations.ts';
import type { JudgedPortfolio } from '../src/core/allocate/judge-portfolio.ts';
import type { Issue } from '../src/core/contracts/input-error.ts';
import type { MixedRegret } from '../src/core/decide/decision.ts';
import type { PayoffTable } from '../src/core/decide/payoff-table.ts';
import type { EntryThresholds, ThresholdQuestion } from '../src/core/scale/entry-thresholds.ts';

/** Every explanation of an answer by its name. */
export type Explanations = {
  readonly rules: readonly RuleAnswer[];
  readonly frontier: Frontier;
  readonly forced: readonly ForcedChoice[];
  readonly near: NearOptimal;
  readonly switches: readonly ConfidenceSwitch[];
  readonly menu: MenuExample | null;
  readonly dominated: readonly DominatedInitiative[];
};
export type ExplanationName = keyof Explanations;

/** What a person may set about the explanations themselves. */
export type ExplanationSettings = {
  /** How much worse, as a share, still counts as nearly as good. */
  readonly tolerance: number;
};

/** A result, or what is wrong with the problem. */
export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

/** A person's own portfolio, with the most it can be regretted when every initiative goes its own way. */
export type OwnJudged = JudgedPortfolio & { readonly independentRegret: number };

export type LabAnswer = { readonly allocation: Allocation; readonly judged: OwnJudged };

/** What the lab's worker does. It has no second solver: nothing in it may take its time. */
export type LabApi = {
  /** The rule's answer, and `mine` held against it. */
  readonly answer: (problem: AllocationProblem, mine: readonly string[]) => Promise<Answered<LabAnswer>>;
  readonly explain: <N extends ExplanationName>(
    name: N,
    problem: AllocationProblem,
    settings: ExplanationSettings,
  ) => Promise<Answered<Explanations[N]>>;
  /** The lottery over a table's options whose largest expected regret is smallest. */
  readonly lottery: (table: PayoffTable) => Promise<Answered<MixedRegret>>;
  /** The return from which on the decision funds each initiative. */
  readonly thresholds: (question: ThresholdQuestion) => Promise<Answered<EntryThresholds>>;
};
