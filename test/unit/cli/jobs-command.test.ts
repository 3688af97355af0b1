import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { jobsCommand } from '../../../src/cli/jobs-command.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import { findPreset } from '../../../src/core/scenario/presets/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'jobs-command-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const family = fileURLToPath(new URL('../../reference/job-directory/family', import.meta.url));
const run = (...words: string[]) => jobsCommand.run(words) as Promise<Record<string, unknown>>;

describe('jobs', () => {
  it('writes a run as a zip or a folder, which give the scenario and the digest again', async () => {
    const made = await run('--preset', 'worked-example', '--replication', '3', '--out', at('run.zip'));
    expect(made).toMatchObject({ initiatives: 5, out: at('run.zip') });
    expect(readFileSync(at('run.zip')).length).toBe(made['bytes']);
    await run('--preset', 'worked-example', '--replication', '3', '--out', at('run'));
    for (const data of [at('run.zip'), at('run')]) {
      const read = await run('--data', data);
      expect(read).toMatchObject({
        source: 'workbench',
        replication: 3,
        digest: made['digest'],
        reproduced: true,
        differences: [],
        notes: [],
      });
      expect(read['scenario']).toEqual(findPreset('worked-example')?.scenario);
    }
  });

  it('makes the same archive twice where the time is given', async () => {
    const words = ['--preset', 'worked-example', '--created-at', '2026-01-05T09:00:00Z', '--out'];
    await run(...words, at('one.zip'));
    await run(...words, at('two.zip'));
    expect(Buffer.compare(readFileSync(at('one.zip')), readFileSync(at('two.zip')))).toBe(0);
  });

  it('reads the family\u2019s directories', async () => {
    const read = await run('--data', family);
    expect(read).toMatchObject({ source: 'family', scenario: { budget: 250 } });
    expect(read['notes']).toContainEqual({
      kind: 'mapped',
      path: 'window-prices/manifest.json: model_type',
      message: "'interrupted_time_series' is time-series",
    });
  });

  it('writes into no folder that holds something', async () => {
    writeFileSync(at('something.txt'), '');
    await expect(run('--preset', 'worked-example', '--out', folder)).rejects.toThrow(/is not empty: give a new folder/);
  });

  it('says what it cannot read, and how it is used', async () => {
    await expect(run('--data', at('nowhere'))).rejects.toThrow(InputError);
    await expect(run('--data', at('something.txt'))).rejects.toThrow(/no complete zip archive/);
    await expect(run('--preset', 'worked-example')).rejects.toThrow(UsageError);
  });
});
