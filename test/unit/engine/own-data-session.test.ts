import { describe, expect, it } from 'vitest';
import { ownDataSession, WorkerLostError, type OwnDataWorker } from '../../../src/engine/own-data-session.ts';
import { ownDataApi } from '../../../workers/own-data.ts';

const file = new Blob([`y,t\n${Array.from({ length: 40 }, (_, i) => `${(i * 7) % 11},${i % 2}`).join('\n')}`]);
const question = { initiative_id: 'data', method: 'naive_difference', parameters: { outcome_column: 'y', treatment_column: 't' } };
const never = new Promise<never>(() => undefined);
const noSignal = () => new AbortController().signal;

type Faked = { readonly worker: OwnDataWorker; readonly calls: string[]; readonly die: (reason: string) => void; isTerminated: boolean };

/** Workers that do the real work, on the spot, and can be made to hang or die. */
function fakeWorkers(hangs: (call: string, workerNumber: number) => boolean = () => false) {
  const started: Faked[] = [];
  const spawn = (): OwnDataWorker => {
    const number = started.length;
    const real = ownDataApi();
    const calls: string[] = [];
    let die: Faked['die'] = () => undefined;
    const died = new Promise<string>((resolve) => (die = resolve));
    const call = <R>(name: string, work: () => Promise<R>): Promise<R> => {
      calls.push(name);
      return hangs(name, number) ? never : work();
    };
    const faked: Faked = {
      calls,
      die: (reason) => die(reason),
      isTerminated: false,
      worker: {
        api: {
          openTable: (...given) => call('open', () => real.openTable(...given)),
          measureOwn: (...given) => call('measure', () => real.measureOwn(...given)),
          diagnoseOwn: (...given) => call('diagnose', () => real.diagnoseOwn(...given)),
          releaseTable: (...given) => call('release', () => real.releaseTable(...given)),
          pilotSample: (...given) => call('sample', () => real.pilotSample(...given)),
        },
        died,
        terminate: () => (faked.isTerminated = true),
      },
    };
    started.push(faked);
    return faked.worker;
  };
  return { spawn, started };
}

describe('a session with a file of one\u2019s own', () => {
  it('starts one worker, reads the file once, and answers again and again', async () => {
    const { spawn, started } = fakeWorkers();
    const session = ownDataSession(spawn);
    expect(started).toHaveLength(0);
    expect(await session.open(file, { signal: noSignal() })).toMatchObject({ ok: true, summary: { rowCount: 40 } });
    for (let i = 0; i < 2; i += 1) expect(await session.measure(question, noSignal())).toMatchObject({ ok: true });
    expect(started.map(({ calls }) => calls)).toEqual([['open', 'measure', 'measure']]);
  });

  it('reads the file again, unasked, when a lost worker is asked for diagnosands', async () => {
    const { spawn, started } = fakeWorkers();
    const session = ownDataSession(spawn);
    await session.open(new Blob(['b,se\n1,1\n3,1\n']), { signal: noSignal() });
    started[0]?.die('crashed');
    await Promise.resolve();
    const asked = { columns: {}, truth: 1, level: 0.95, power_df: null, by: [] };
    expect(await session.diagnose(asked, noSignal())).toMatchObject({ ok: true, diagnosis: { diagnosands: { bias: { value: 1 } } } });
    expect(started.map(({ calls }) => calls)).toEqual([['open'], ['open', 'diagnose']]);
  });

  it('releases the table that another file replaces', async () => {
    const { spawn, started } = fakeWorkers();
    const session = ownDataSession(spawn);
    await session.open(file, { signal: noSignal() });
    await session.open(new Blob(['a,b\n1,2\n']), { signal: noSignal() });
    expect(started[0]?.calls).toEqual(['open', 'release', 'open']);
  });

  it('ends a cancelled reading with its worker, and reads the next file in a new one', async () => {
    const { spawn, started } = fakeWorkers((call, number) => call === 'open' && number === 0);
    const session = ownDataSession(spawn);
    const given = new AbortController();
    const reading = session.open(file, { signal: given.signal });
    given.abort(new Error('not wanted'));
    await expect(reading).rejects.toThrow('not wanted');
    expect(started[0]?.isTerminated).toBe(true);
    expect(await session.open(file, { signal: noSignal() })).toMatchObject({ ok: true });
    expect(started).toHaveLength(2);
  });

  it('reads the file again, unasked, after a question was given up', async () => {
    const { spawn, started } = fakeWorkers((call, number) => call === 'measure' && number === 0);
    const session = ownDataSession(spawn);
    await session.open(file, { signal: noSignal() });
    const given = new AbortController();
    const asked = session.measure(question, given.signal);
    given.abort();
    await expect(asked).rejects.toThrow();
    expect(await session.measure(question, noSignal())).toMatchObject({ ok: true });
    expect(started[1]?.calls).toEqual(['open', 'measure']);
  });

  it('keeps the file before, where the reading of it anew is given up', async () => {
    const { spawn, started } = fakeWorkers((call, number) => call === 'open' && number === 0 && started[0]?.calls.length === 3);
    const session = ownDataSession(spawn);
    await session.open(file, { signal: noSignal() });
    const given = new AbortController();
    const reading = session.open(file, { signal: given.signal, read: { readAs: { y: 'text' } } });
    given.abort();
    await expect(reading).rejects.toThrow();
    expect(await session.measure(question, noSignal())).toMatchObject({ ok: true, result: { status: 'ok' } });
    expect(started.map(({ calls }) => calls)).toEqual([
      ['open', 'release', 'open'],
      ['open', 'measure'],
    ]);
  });

  it('says that the worker was lost, and goes on with another', async () => {
    const { spawn, started } = fakeWorkers((call, number) => call === 'measure' && number === 0);
    const session = ownDataSession(spawn);
    await session.open(file, { signal: noSignal() });
    const asked = session.measure(question, noSignal());
    started[0]?.die('stopped unexpectedly');
    await expect(asked).rejects.toThrow(WorkerLostError);
    expect(await session.measure(question, noSignal())).toMatchObject({ ok: true });
  });

  it('notices a worker that died between two questions', async () => {
    const { spawn, started } = fakeWorkers();
    const session = ownDataSession(spawn);
    await session.open(file, { signal: noSignal() });
    started[0]?.die('stopped unexpectedly');
    await Promise.resolve();
    expect(await session.measure(question, noSignal())).toMatchObject({ ok: true });
    expect(started[1]?.calls).toEqual(['open', 'measure']);
  });

  it('forgets everything when it is closed', async () => {
    const { spawn, started } = fakeWorkers();
    const session = ownDataSession(spawn);
    await session.open(file, { signal: noSignal() });
    session.close();
    expect(started[0]?.isTerminated).toBe(true);
    await expect(session.measure(question, noSignal())).rejects.toThrow(/no file/);
  });
});
