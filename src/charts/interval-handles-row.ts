import type { PerState } from '../core/contracts/shared-types.ts';
import type { IntervalValues } from './interval-drag.ts';

/** One initiative with the numbers that decide about it. */
export type IntervalHandlesRow = {
  readonly id: string;
  readonly label: string;
  /** More words beside cost and confidence; usually none. */
  readonly detail?: string;
  readonly cost: number;
  readonly confidence: number;
  readonly raw: PerState<number>;
  /** After the confidence penalty. */
  readonly effective: PerState<number>;
  /** Set by hand; `original` is then what it was. */
  readonly changed?: boolean;
  readonly original?: IntervalValues | null;
  /** Why it cannot be chosen; null where it can. */
  readonly ineligible: string | null;
  readonly funded: boolean;
  /** Whether it is in the reader's own portfolio. */
  readonly mine: boolean;
};
