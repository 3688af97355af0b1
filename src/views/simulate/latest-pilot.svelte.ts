import type { Measurement, Run } from '../../core/contracts/run.ts';
import { runState } from '../../state/run.svelte.ts';
import { initiativeRun } from '../shared/selected.ts';

type Asked = { readonly run: Run; readonly id: string | null };

/**
 * The newest measurement of an initiative's pilot: of the run under way where that has come so far, else the last that was
 * shown, so that a slider being dragged never falls back to where it started.
 */
export function latestPilot(asked: () => Asked): { readonly pilot: Measurement | null } {
  let shown: { readonly id: string; readonly run: Run; readonly pilot: Measurement } | null = null;
  const pilot = $derived.by(() => {
    const { run, id } = asked();
    if (id === null) return null;
    const arrived = runState.status === 'cancelled' || runState.status === 'failed' ? undefined : runState.pilots.get(id);
    if (arrived !== undefined) shown = { id, run, pilot: arrived };
    else if (shown?.id !== id || shown.run !== run || runState.status !== 'running') shown = null;
    return shown?.pilot ?? initiativeRun(run, id)?.pilot ?? null;
  });
  return {
    get pilot() {
      return pilot;
    },
  };
}
