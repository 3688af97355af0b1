/** A worker that says whether it could take a lock by this name, which it then keeps for as long as it lives. */
type LockHolder = { readonly hold: (lockName: string) => Promise<boolean> };

/** `holding` resolves once a death would be noticed; `died`, with the reason, if the worker stops without being told to. */
export type WatchedWorker<Api> = {
  readonly api: Api;
  readonly holding: Promise<boolean>;
  readonly died: Promise<string>;
  readonly terminate: () => void;
};

/** A worker that has not even started by then never will. */
const startLimitMs = 30_000;

/** Watches over a worker: no task before the lock is held, so that one that dies on its first task is noticed as quickly as any other. */
export function watchWorker<Api extends LockHolder>(worker: Worker, api: Api, name: string): WatchedWorker<Api> {
  const watch = new AbortController();
  const lockName = `impact-workbench-${name}-${nextName()}`;
  const holding = api.hold(lockName);
  const died = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(`failed${event.message ? ` (${event.message})` : ' to start'}`));
    worker.addEventListener('messageerror', () => resolve('sent something unreadable'));
    void whenLockIsFreed(lockName, holding, watch.signal).then(resolve);
  });
  return {
    api,
    holding,
    died,
    terminate: () => {
      watch.abort();
      worker.terminate();
    },
  };
}

/** A lock held by the worker comes free only when the worker is gone. Never resolves where locks are not to be had. */
async function whenLockIsFreed(lockName: string, holding: Promise<boolean>, signal: AbortSignal): Promise<string> {
  const started = await Promise.race([holding, after(startLimitMs)]);
  if (started === 'late') return 'did not start';
  if (!started) return never;
  await navigator.locks.request(lockName, { signal }, () => undefined).catch(() => never);
  return 'stopped unexpectedly';
}

const never = new Promise<never>(() => undefined);

function after(milliseconds: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), milliseconds));
}

/** Unique among all tabs of this origin. */
function nextName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(16)).join('');
}
