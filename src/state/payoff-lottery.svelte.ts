import type { MixedRegret } from '../core/decide/decision.ts';
import type { PayoffTable } from '../core/decide/payoff-table.ts';
import { lotterySession } from '../engine/lottery-session.ts';

/** How long the hand must rest before a lottery is begun. */
const restMs = 120;

/** `mixed` is the one before while another is worked out, and null until there is one. */
export type PayoffLottery = { readonly mixed: MixedRegret | null; readonly error: string | null; readonly again: () => void };

/** Keeps the lottery of a table up to date, in a worker, for as long as the calling component lives. */
export function attachLottery(table: () => PayoffTable): PayoffLottery {
  let mixed = $state.raw<MixedRegret | null>(null);
  let error = $state<string | null>(null);
  let attempt = $state(0);
  const session = lotterySession();
  $effect(() => () => session.close());
  $effect(() => {
    const asked = table();
    void attempt;
    const later = setTimeout(() => void take(asked), restMs);
    return () => clearTimeout(later);
  });

  async function take(asked: PayoffTable): Promise<void> {
    try {
      const result = await session.lottery(asked);
      // Of a table that is no longer the one in hand: the newer one is on its way.
      if (result.kind === 'superseded' || asked !== table()) return;
      if (result.value.ok) [mixed, error] = [result.value.value, null];
      else error = result.value.issues.map(({ message }) => message).join(' ');
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    }
  }

  return {
    get mixed() {
      return mixed;
    },
    get error() {
      return error;
    },
    again(): void {
      error = null;
      attempt += 1;
    },
  };
}
