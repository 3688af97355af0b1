import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { jobsCommand } from '../../../src/cli/jobs-command.ts';
import { runCommand } from '../../../src/cli/run-command.ts';
import { simulateCommand } from '../../../src/cli/simulate-command.ts';
import { runReplication } from '../../../src/core/pipeline.ts';
import { findPreset } from '../../../src/core/scenario/presets/index.ts';
import { outcomeMarkdown } from '../../../src/interchange/outcome-markdown.ts';
import { loadHighsSolver } from '../../../workers/highs-solver.ts';

const preset = ['--preset', 'clean-randomised'];

describe('--replication', () => {
  it('runs that replication, and without it the first', async () => {
    const ports = { solver: await loadHighsSolver() };
    const { scenario } = findPreset('clean-randomised')!;
    for (const replication of [0, 5]) {
      const words = replication === 0 ? preset : [...preset, '--replication', String(replication)];
      const expected = runReplication(scenario, replication, ports);
      expect(await runCommand.run(words)).toMatchObject({ replication, digest: expected.digest });
      expect(outcomeMarkdown(expected).includes('· replication 5 ·')).toBe(replication === 5);
    }
  });

  it('simulates the pilot of that replication', async () => {
    const initiative = findPreset('clean-randomised')!.scenario.initiatives[0]!.initiative_id;
    const words = [...preset, '--initiative', initiative];
    const [first, again, other] = await Promise.all(
      [[], ['--replication', '0'], ['--replication', '5']].map((more) => simulateCommand.run([...words, ...more])),
    );
    const rows = (result: unknown) => JSON.stringify((result as { rows: readonly unknown[] }).rows);
    expect(rows(again) === rows(first)).toBe(true);
    expect(rows(other) === rows(first)).toBe(false);
  });

  it('is that of the file, where a run is given as a file and no other is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'replication-'));
    const { scenario } = findPreset('clean-randomised')!;
    const file = join(folder, 'run.json');
    writeFileSync(file, JSON.stringify(await runCommand.run([...preset, '--replication', '5'])));
    const { digest } = runReplication(scenario, 5, { solver: await loadHighsSolver() });
    expect(await runCommand.run(['--scenario', file])).toMatchObject({ replication: 5, digest });
    expect(await jobsCommand.run(['--scenario', file, '--out', join(folder, 'jobs')])).toMatchObject({ digest });
    rmSync(folder, { recursive: true });
  });

  it.each(['-1', '1.5', '1e10', 'five', ''])('refuses %j, says what it found and what would do', async (text) => {
    const attempt = runCommand.run([...preset, '--replication', text]);
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow(/--replication must be a .*number/);
  });
});
