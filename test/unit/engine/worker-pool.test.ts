import { describe, expect, it } from 'vitest';
import type { Task, TaskResult } from '../../../src/core/stage-tasks.ts';
import type { StudyPlan } from '../../../src/core/study/study-plan.ts';
import { workerPool, type PoolWorker } from '../../../src/engine/worker-pool.ts';

const task = { stage: 'evaluate' } as unknown as Task;
const answer = { confidence: 1 } as unknown as TaskResult;
const untroubled = new AbortController().signal;

type FakeWorker = PoolWorker & { readonly die: (reason: string) => void; readonly terminated: () => boolean; readonly finish: (result: TaskResult) => void };

/** A worker whose task ends when the test says so. */
function fakeWorker(started: () => void = () => undefined, replicated: () => void = () => undefined): FakeWorker {
  let die: (reason: string) => void = () => undefined;
  let finish: (result: TaskResult) => void = () => undefined;
  let terminated = false;
  const died = new Promise<string>((resolve) => (die = resolve));
  return {
    died,
    die: (reason) => die(reason),
    finish: (result) => finish(result),
    terminated: () => terminated,
    terminate: () => (terminated = true),
    api: {
      runTask: () => {
        started();
        return new Promise<TaskResult>((resolve) => (finish = resolve));
      },
      replicate: () => {
        replicated();
        return Promise.resolve([]);
      },
      splitRegret: () => Promise.reject(new Error('not asked')),
      catalogPage: () => Promise.resolve([]),
    },
  };
}

function poolOfFakes(size: number, options: { deadlineMs?: number; graceMs?: number } = {}) {
  const workers: FakeWorker[] = [];
  const notices: string[] = [];
  let underWay = 0;
  let replications = 0;
  const pool = workerPool({
    size,
    spawn: () => {
      const worker = fakeWorker(
        () => (underWay += 1),
        () => (replications += 1),
      );
      workers.push(worker);
      return worker;
    },
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  return { pool, workers, notices, begun: () => underWay, replicated: () => replications };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the worker pool', () => {
  it('starts no more workers than its size and queues the rest', async () => {
    const { pool, workers, begun } = poolOfFakes(2);
    const results = [1, 2, 3].map(() => pool.run(task, untroubled));
    expect(workers.length).toBe(2);
    expect(begun()).toBe(2);
    workers[0]?.finish(answer);
    await turn();
    expect(begun()).toBe(3);
    workers[0]?.finish(answer);
    workers[1]?.finish(answer);
    expect(await Promise.all(results)).toEqual([answer, answer, answer]);
    expect(workers.length).toBe(2);
  });

  it('does the work of a run before that of a study, which was asked for earlier', async () => {
    const { pool, workers, begun, replicated } = poolOfFakes(1);
    const first = pool.run(task, untroubled);
    const ofAStudy = pool.replicate({ plan: {} as StudyPlan, from: 0, to: 1 }, untroubled);
    const second = pool.run(task, untroubled);
    workers[0]?.finish(answer);
    await turn();
    expect([begun(), replicated()]).toEqual([2, 0]);
    workers[0]?.finish(answer);
    await ofAStudy;
    expect([begun(), replicated()]).toEqual([2, 1]);
    expect(await Promise.all([first, second])).toEqual([answer, answer]);
  });

  it('replaces a worker that dies, does its work again and says so', async () => {
    const { pool, workers, notices } = poolOfFakes(1);
    const result = pool.run(task, untroubled);
    workers[0]?.die('stopped unexpectedly');
    await turn();
    expect(workers.length).toBe(2);
    expect(workers[0]?.terminated()).toBe(true);
    workers[1]?.finish(answer);
    expect(await result).toBe(answer);
    expect(notices).toEqual(['A worker stopped unexpectedly. It was replaced and its work started again.']);
  });

  it('starts work again in a new worker where all die at once', async () => {
    const { pool, workers } = poolOfFakes(2);
    const results = [pool.run(task, untroubled), pool.run(task, untroubled)];
    workers[0]?.finish(answer);
    await turn();
    workers[0]?.die('stopped unexpectedly');
    workers[1]?.die('stopped unexpectedly');
    await turn();
    workers.slice(2).forEach((worker) => worker.finish(answer));
    expect(await Promise.all(results)).toEqual([answer, answer]);
  });

  it('replaces a worker that died while idle', async () => {
    const { pool, workers } = poolOfFakes(1);
    const first = pool.run(task, untroubled);
    workers[0]?.finish(answer);
    await first;
    workers[0]?.die('stopped unexpectedly');
    const second = pool.run(task, untroubled);
    await turn();
    workers[1]?.finish(answer);
    expect(await second).toBe(answer);
  });

  it('gives up on work that kills two workers, and goes on with other work', async () => {
    const { pool, workers } = poolOfFakes(1);
    const deadly = pool.run(task, untroubled);
    const harmless = pool.run(task, untroubled);
    workers[0]?.die('ran out of memory');
    await turn();
    workers[1]?.die('ran out of memory');
    await expect(deadly).rejects.toThrow(/two workers in a row ran out of memory/);
    await turn();
    workers[2]?.finish(answer);
    expect(await harmless).toBe(answer);
  });

  it('treats a worker that does not answer as dead', async () => {
    const { pool, workers, notices } = poolOfFakes(1, { deadlineMs: 5 });
    await expect(pool.run(task, untroubled)).rejects.toThrow(/did not answer in time/);
    expect(workers.length).toBe(2);
    expect(notices.length).toBe(1);
  });

  it('drops cancelled work at once and frees its worker', async () => {
    const { pool, workers } = poolOfFakes(1, { graceMs: 0 });
    const cancel = new AbortController();
    const running = pool.run(task, cancel.signal);
    const queued = pool.run(task, cancel.signal);
    const other = pool.run(task, untroubled);
    cancel.abort(new Error('superseded'));
    await expect(running).rejects.toThrow('superseded');
    await expect(queued).rejects.toThrow('superseded');
    await turn();
    expect(workers[0]?.terminated()).toBe(true);
    await turn();
    workers[1]?.finish(answer);
    expect(await other).toBe(answer);
  });

  it('passes on an error of the work itself without blaming the worker', async () => {
    const worker = { ...fakeWorker(), api: { ...fakeWorker().api, runTask: () => Promise.reject(new Error('no such method')) } };
    const pool = workerPool({ size: 1, spawn: () => worker });
    await expect(pool.run(task, untroubled)).rejects.toThrow('no such method');
    expect(worker.terminated()).toBe(false);
  });

  it('ends every worker and all waiting work when closed', async () => {
    const { pool, workers } = poolOfFakes(1);
    void pool.run(task, untroubled).catch(() => undefined);
    const waiting = pool.run(task, untroubled);
    pool.dispose();
    await expect(waiting).rejects.toThrow(/closed/);
    expect(workers[0]?.terminated()).toBe(true);
  });
});
