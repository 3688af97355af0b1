import type { Scenario } from '../scenario/scenario.ts';

/** How much of the loop a replication runs: the pilots alone, up to the decision, or with the second measurement at scale. */
export const extents = ['estimates', 'decision', 'whole'] as const;
export type Extent = (typeof extents)[number];

/** A target: replications go on until the diagnosand's Monte Carlo standard error is at most this for every initiative's own method. */
export type Precision = { readonly diagnosand: string; readonly monte_carlo_se: number };

/** What a study depends on, beside the scenario. Field names are wire names. */
export type StudySettings = {
  readonly extent: Extent;
  /** 'none' is the A/A mode: the same worlds, in which no initiative does anything. */
  readonly effect: 'as_declared' | 'none';
  /** Stops before all replications are run; null to run them all. */
  readonly precision: Precision | null;
  /** So many replications, the first, are kept one by one for pictures; all enter the sums. */
  readonly keep: number;
};

/** Replications 0 to `replications` - 1 of the scenario. */
export type StudyPlan = { readonly scenario: Scenario; readonly settings: StudySettings; readonly replications: number };

export const defaultSettings: StudySettings = { extent: 'whole', effect: 'as_declared', precision: null, keep: 5000 };
