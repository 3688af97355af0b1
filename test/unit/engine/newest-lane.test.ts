import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newestLane, type LaneWorker } from '../../../src/engine/newest-lane.ts';

type Api = { readonly square: (n: number) => Promise<number> };
type FakeWorker = LaneWorker<Api> & {
  readonly asked: number[];
  readonly answer: () => void;
  readonly fail: (error: Error) => void;
  readonly die: (reason: string) => void;
  terminated: boolean;
};

let workers: FakeWorker[];
let notices: string[];

function spawn(): FakeWorker {
  const asked: number[] = [];
  let [answer, fail, die] = [() => undefined, (_: Error) => undefined, (_: string) => undefined] as [
    () => void,
    (error: Error) => void,
    (reason: string) => void,
  ];
  const died = new Promise<string>((resolve) => (die = resolve));
  const worker: FakeWorker = {
    api: {
      square: (n) => {
        asked.push(n);
        return new Promise((resolve, reject) => {
          answer = () => resolve(n * n);
          fail = reject;
        });
      },
    },
    asked,
    answer: () => answer(),
    fail: (error) => fail(error),
    die: (reason) => die(reason),
    died,
    terminated: false,
    terminate: () => (worker.terminated = true),
  };
  workers.push(worker);
  return worker;
}

const lane = () => newestLane<Api>({ spawn, patienceMs: 100, onNotice: (notice) => notices.push(notice) });
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  notices = [];
});
afterEach(() => void vi.useRealTimers());

describe('a lane in which the newest request wins', () => {
  it('starts its worker with the first request and answers it', async () => {
    const { ask } = lane();
    expect(workers).toHaveLength(0);
    const three = ask((api) => api.square(3));
    workers[0]!.answer();
    expect(await three).toEqual({ kind: 'answer', value: 9 });
  });

  it('keeps one request under way and only the newest waiting', async () => {
    const { ask } = lane();
    const results = [1, 2, 3, 4].map((n) => ask((api) => api.square(n)));
    await settled();
    expect(workers[0]!.asked).toEqual([1]);
    workers[0]!.answer();
    await settled();
    expect(workers[0]!.asked).toEqual([1, 4]);
    workers[0]!.answer();
    expect(await Promise.all(results)).toEqual([
      { kind: 'answer', value: 1 },
      { kind: 'superseded' },
      { kind: 'superseded' },
      { kind: 'answer', value: 16 },
    ]);
    expect(workers).toHaveLength(1);
  });

  it('ends a worker that nobody waits for any more when patience is out, and asks another one', async () => {
    const { ask } = lane();
    const slow = ask((api) => api.square(1));
    const newer = ask((api) => api.square(2));
    await vi.advanceTimersByTimeAsync(99);
    expect(workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await slow).toEqual({ kind: 'superseded' });
    expect(workers[0]!.terminated).toBe(true);
    workers[1]!.answer();
    expect(await newer).toEqual({ kind: 'answer', value: 4 });
  });

  it('waits as long as it takes where nothing newer is asked', async () => {
    const { ask } = lane();
    const slow = ask((api) => api.square(5));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers[0]!.terminated).toBe(false);
    workers[0]!.answer();
    expect(await slow).toEqual({ kind: 'answer', value: 25 });
  });

  it('replaces a worker that dies, says so, and asks again', async () => {
    const { ask } = lane();
    const result = ask((api) => api.square(6));
    workers[0]!.die('stopped unexpectedly');
    await settled();
    expect(notices).toEqual(['A worker stopped unexpectedly. It was replaced and its work started again.']);
    expect(workers[1]!.asked).toEqual([6]);
    workers[1]!.answer();
    expect(await result).toEqual({ kind: 'answer', value: 36 });
  });

  it('gives up a request that takes two workers down, and answers the next one', async () => {
    const { ask } = lane();
    const result = ask((api) => api.square(7));
    const refused = expect(result).rejects.toThrow('two workers in a row stopped unexpectedly on the same work');
    workers[0]!.die('stopped unexpectedly');
    await settled();
    workers[1]!.die('stopped unexpectedly');
    await refused;
    const next = ask((api) => api.square(8));
    workers[2]!.answer();
    expect(await next).toEqual({ kind: 'answer', value: 64 });
  });

  it('does not repeat for a dead worker what a newer request has overtaken', async () => {
    const { ask } = lane();
    const older = ask((api) => api.square(1));
    const newer = ask((api) => api.square(2));
    workers[0]!.die('stopped unexpectedly');
    await settled();
    expect(await older).toEqual({ kind: 'superseded' });
    expect(workers[1]!.asked).toEqual([2]);
    workers[1]!.answer();
    expect(await newer).toEqual({ kind: 'answer', value: 4 });
  });

  it('passes on an error and answers the request after it with the same worker', async () => {
    const { ask } = lane();
    const bad = ask((api) => api.square(1));
    const refused = expect(bad).rejects.toThrow('no such square');
    workers[0]!.fail(new Error('no such square'));
    await refused;
    const good = ask((api) => api.square(2));
    workers[0]!.answer();
    expect(await good).toEqual({ kind: 'answer', value: 4 });
    expect(workers).toHaveLength(1);
  });

  it('leaves nobody waiting when it is closed', async () => {
    const { ask, close } = lane();
    const results = [ask((api) => api.square(1)), ask((api) => api.square(2))];
    close();
    expect(await Promise.all(results)).toEqual([{ kind: 'superseded' }, { kind: 'superseded' }]);
    expect(workers[0]!.terminated).toBe(true);
    const again = ask((api) => api.square(3));
    workers[1]!.answer();
    expect(await again).toEqual({ kind: 'answer', value: 9 });
  });
});
