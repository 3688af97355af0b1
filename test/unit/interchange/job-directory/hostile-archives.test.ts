import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { uniformInteger } from '../../../../src/core/random/variates.ts';
import { readJobArchive, readJobFiles } from '../../../../src/interchange/job-directory/read-jobs.ts';
import { archiveOf, jobOf, runOf, scenarioOf, zipOf } from './job-archives.ts';

const said = (bytes: Uint8Array) => {
  const reading = readJobArchive(bytes);
  return reading.ok ? [] : reading.issues.map(({ path, message }) => `${path} ${message}`.trim());
};
/** The same bytes with numbers put in from the end: the last 22 bytes are the end of the directory. */
function changed(bytes: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = bytes.slice();
  change(new DataView(copy.buffer));
  return copy;
}
const entryLength = (view: DataView, at: number) => 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true);
const directoryAt = (view: DataView) => view.getUint32(view.byteLength - 22 + 16, true);

describe('an archive that means no good, or is broken', () => {
  const good = zipOf(jobOf());

  it('is good before anything is done to it', () => {
    expect(said(good)).toEqual([]);
  });

  it.each([
    ['../shelf/manifest.json'],
    ['/etc/manifest.json'],
    ['C:\\shelf\\manifest.json'],
    ['shelf/../../manifest.json'],
    ['shelf\\..\\..\\manifest.json'],
  ])('leads out of the folder with %s', (path) => {
    expect(said(zipOf({ ...jobOf(), [path]: '{}' }))).toEqual([expect.stringContaining('leads out of the folder')]);
    const folder = readJobFiles(new Map([[path, new Uint8Array()]]));
    expect(folder).toMatchObject({ ok: false, issues: [{ message: expect.stringContaining('leads out of the folder') as string }] });
  });

  it('expands to more than a result ever is, whatever size it claims: no more is expanded than that', () => {
    const bomb = zipOf({ ...jobOf(), 'shelf/impact_results.json': new Uint8Array(10_000_000) });
    const refused = [expect.stringContaining('shelf/impact_results.json is larger than 5 MB')];
    expect(said(bomb)).toEqual(refused);
    const modest = changed(bomb, (view) => {
      for (let at = directoryAt(view); view.getUint32(at, true) === 0x02014b50; at += entryLength(view, at))
        view.setUint32(at + 24, 10, true);
    });
    expect(said(modest)).toEqual(refused);
    // What follows is never looked at, or it would be said to be damaged.
    const broken = changed(bomb, (view) => {
      const at = directoryAt(view) + entryLength(view, directoryAt(view));
      const end = view.getUint32(at + 42, true) + view.getUint32(at + 20, true);
      for (let i = end - 3000; i < end; i += 1) view.setUint8(i, 0xff);
    });
    expect(said(broken)).toEqual(refused);
  });

  it('expands to too much in many files', () => {
    const padding = ' '.repeat(4_900_000);
    const jobs = Array.from({ length: 7 }, (_, i) => [
      `job-${i}/manifest.json`,
      new TextEncoder().encode(`{"schema_version": "2.0"${padding}}`),
    ]);
    const archive = zipSync(Object.fromEntries(jobs) as Record<string, Uint8Array>, { level: 0 });
    expect(said(archive)).toContainEqual(expect.stringContaining('job-6/manifest.json is larger than'));
  });

  it('holds a file twice', () => {
    const renamed = zipOf({ ...jobOf(), 'shelf/manifesT.json': '{}' });
    const twice = Buffer.from(Buffer.from(renamed).toString('latin1').replaceAll('manifesT', 'manifest'), 'latin1');
    expect(said(twice)).toEqual(['shelf/manifest.json is in the archive twice: which of the two is meant cannot be told']);
  });

  it('is locked, of the large kind, or compressed by another method', () => {
    const inEntry = (offset: number, value: number) => changed(good, (view) => view.setUint16(directoryAt(view) + offset, value, true));
    expect(said(inEntry(8, 1))).toEqual([expect.stringContaining('is locked with a password')]);
    expect(said(inEntry(10, 14))).toEqual([expect.stringContaining('is compressed by method 14')]);
    expect(said(changed(good, (view) => view.setUint16(view.byteLength - 22 + 10, 0xffff, true)))).toEqual([
      expect.stringContaining('zip64'),
    ]);
    expect(said(changed(good, (view) => view.setUint32(directoryAt(view) + 42, 0xffffffff, true)))).toEqual([
      expect.stringContaining('zip64'),
    ]);
  });

  it('is cut, changed, or no archive', () => {
    expect(said(good.subarray(0, good.length - 30))).toEqual([
      'is no complete zip archive: its list of files is missing, as where a download was cut short',
    ]);
    expect(said(new Uint8Array())).toEqual([expect.stringContaining('no complete zip archive')]);
    const stored = zipSync(Object.fromEntries(Object.entries(jobOf()).map(([path, text]) => [path, new TextEncoder().encode(text)])), {
      level: 0,
    });
    const spoilt = Buffer.from(Buffer.from(stored).toString('latin1').replace('"effect_estimate":5', '"effect_estimate":6'), 'latin1');
    expect(said(spoilt)).toEqual(['shelf/impact_results.json is damaged: its check sum is wrong']);
  });

  it('claims more files than are read', () => {
    expect(said(changed(good, (view) => view.setUint16(view.byteLength - 22 + 10, 20_000, true)))).toEqual([
      expect.stringContaining('holds 20000 files; at most 10000'),
    ]);
  });

  it('of any bytes gets an answer: a thousand archives with bytes changed at random', async () => {
    const archive = await archiveOf(runOf(scenarioOf('worked-example')));
    const stream = namedStream({ seed: 'hostile archives', initiative: 'a', stage: 'pilot', replication: 0, purpose: 'test' } as never);
    const whole = (below: number) => uniformInteger(stream, below);
    let opened = 0;
    for (let i = 0; i < 1000; i += 1) {
      const bytes = archive.slice(0, i % 5 === 0 ? whole(archive.length) : archive.length);
      for (let k = 0; k < 1 + whole(8) && bytes.length > 0; k += 1)
        bytes[i % 2 === 0 ? whole(bytes.length) : bytes.length - 1 - whole(Math.min(900, bytes.length))] = whole(256);
      const reading = readJobArchive(bytes);
      if (reading.ok) opened += 1;
      else expect(reading.issues.length).toBeGreaterThan(0);
    }
    expect(opened).toBeGreaterThan(0);
    expect(opened).toBeLessThan(1000);
  });
});
