/** A worker behind a lane. `died` resolves, with the reason, if it stops without being told to. */
export type LaneWorker<Api> = { readonly api: Api; readonly died: Promise<string>; readonly terminate: () => void };

export type LaneOptions<Api> = {
  readonly spawn: () => LaneWorker<Api>;
  /** How long a request that nobody waits for any more may still occupy the worker. */
  readonly patienceMs: number;
  readonly onNotice?: (notice: string) => void;
};

/** `superseded`: a newer request came, so that this one has no answer. */
export type LaneResult<R> = { readonly kind: 'answer'; readonly value: R } | { readonly kind: 'superseded' };

type Request<Api> = {
  readonly call: (api: Api) => Promise<unknown>;
  readonly resolve: (result: LaneResult<unknown>) => void;
  readonly reject: (reason: unknown) => void;
  attempts: number;
};

const attemptsAllowed = 2;

/**
 * One worker that answers the newest request: at most one is under way and at most one waits, the newest. The answer under way is
 * still given when a newer request waits, so that whoever drags sees answers on the way; but if it takes longer than `patienceMs`
 * from then on, the worker is ended and another one answers the newer request. A worker that dies is replaced and its request tried
 * once more.
 */
export function newestLane<Api>({ spawn, patienceMs, onNotice = () => undefined }: LaneOptions<Api>) {
  let worker: LaneWorker<Api> | null = null;
  let current: Request<Api> | null = null;
  let waiting: Request<Api> | null = null;
  let impatience: ReturnType<typeof setTimeout> | undefined;

  function ask<R>(call: (api: Api) => Promise<R>): Promise<LaneResult<R>> {
    return new Promise<LaneResult<R>>((resolve, reject) => {
      waiting?.resolve({ kind: 'superseded' });
      waiting = { call, resolve: resolve as Request<Api>['resolve'], reject, attempts: 0 };
      if (current === null) next();
      else impatience ??= setTimeout(abandon, patienceMs);
    });
  }

  function next(): void {
    clearTimeout(impatience);
    impatience = undefined;
    current = waiting;
    waiting = null;
    if (current !== null) void work(current);
  }

  async function work(request: Request<Api>): Promise<void> {
    request.attempts += 1;
    const used = (worker ??= spawn());
    const lost = used.died.then((reason) => ({ kind: 'lost' as const, reason }));
    const answered = request.call(used.api).then(
      (value) => ({ kind: 'answer' as const, value }),
      (error: unknown) => ({ kind: 'error' as const, error }),
    );
    const outcome = await Promise.race([answered, lost]);
    if (current !== request) return;
    if (outcome.kind === 'lost') return recover(request, used, outcome.reason);
    if (outcome.kind === 'answer') request.resolve(outcome);
    else request.reject(outcome.error);
    next();
  }

  function recover(request: Request<Api>, lost: LaneWorker<Api>, reason: string): void {
    lost.terminate();
    if (worker === lost) worker = null;
    if (request.attempts >= attemptsAllowed) {
      request.reject(new Error(`two workers in a row ${reason} on the same work`));
      return next();
    }
    onNotice(`A worker ${reason}. It was replaced and its work started again.`);
    if (waiting === null) return void work(request);
    request.resolve({ kind: 'superseded' });
    next();
  }

  function abandon(): void {
    worker?.terminate();
    worker = null;
    current?.resolve({ kind: 'superseded' });
    next();
  }

  return {
    ask,
    /** Gives up what is under way and what waits, and ends the worker. The next request starts another. */
    close(): void {
      waiting?.resolve({ kind: 'superseded' });
      waiting = null;
      if (worker === null) return;
      abandon();
    },
  };
}
