import type { Run } from '../core/contracts/run.ts';
import { correctedPredictions, thresholdQuestion, type CorrectedPredictions } from '../core/scale/corrected-predictions.ts';
import type { EntryThresholds } from '../core/scale/entry-thresholds.ts';
import { thresholdSession } from '../engine/threshold-session.ts';

/** `value` is null where no funded initiative has a known truth, and while it is worked out (`busy`). */
export type Predictions = { readonly value: CorrectedPredictions | null; readonly busy: boolean };

/** Works out a run's corrected predictions, the thresholds of its decision in a worker, for as long as the calling component lives. */
export function attachPredictions(run: () => Run): Predictions {
  let worked = $state.raw<{ readonly of: Run; readonly value: CorrectedPredictions | null } | null>(null);
  const session = thresholdSession();
  $effect(() => () => session.close());
  $effect(() => void take(run()));

  async function take(asked: Run): Promise<void> {
    const thresholds = await thresholdsOf(asked);
    if (thresholds !== null) worked = { of: asked, value: correctedPredictions(asked, thresholds) };
  }

  /** null where a newer run is asked about already. */
  async function thresholdsOf(asked: Run): Promise<EntryThresholds | null> {
    try {
      const result = await session.thresholds(thresholdQuestion(asked));
      if (result.kind === 'superseded') return null;
      if (result.value.ok) return result.value.value;
      return { thresholds: null, reason: result.value.issues.map(({ message }) => message).join(' ') };
    } catch (cause) {
      return { thresholds: null, reason: `the worker stopped (${cause instanceof Error ? cause.message : String(cause)})` };
    }
  }

  return {
    get value() {
      return worked?.of === run() ? worked.value : null;
    },
    get busy() {
      return worked?.of !== run();
    },
  };
}
