import type { MixedRegret } from '../core/decide/decision.ts';
import type { PayoffTable } from '../core/decide/payoff-table.ts';
import { spawnLabWorker, type Answered, type LabWorker } from './lab-session.ts';
import { newestLane, type LaneResult } from './newest-lane.ts';

export type LotterySessionOptions = {
  readonly spawn?: () => LabWorker;
  readonly onNotice?: (notice: string) => void;
};

/** A lottery is of the newest table or of no use. */
const patienceMs = 60;

/** A worker for the lotteries of payoff tables, started when first needed. */
export function lotterySession({ spawn = spawnLabWorker, onNotice }: LotterySessionOptions = {}) {
  const lane = newestLane({ spawn, patienceMs, onNotice });
  return {
    lottery: (table: PayoffTable): Promise<LaneResult<Answered<MixedRegret>>> => lane.ask((api) => api.lottery(table)),
    close: (): void => lane.close(),
  };
}
