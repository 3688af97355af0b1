import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { gridCommand } from '../../../src/cli/grid-command.ts';
import { runCommand } from '../../../src/cli/run-command.ts';
import { studyCommand } from '../../../src/cli/study-command.ts';
import { sweepCommand } from '../../../src/cli/sweep-command.ts';
import { digestOf } from '../../../src/core/contracts/digest.ts';
import { smallScenario } from '../engine/study-fixture.ts';
import presetDigests from '../../reference/preset-digests.json' with { type: 'json' };

const program = fileURLToPath(new URL('../../reference/digest.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'digest-'));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const scenario = join(folder, 'scenario.json');
writeFileSync(scenario, JSON.stringify({ ...smallScenario(), title: 'Ünïcödé \u{1f600} "quoted" \u2028' }));

afterAll(() => rmSync(folder, { recursive: true }));

/** What the command line prints, as a file. */
function printed(name: string, document: unknown): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  return file;
}

function recomputed(files: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync('python3', [program, ...files], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe.skipIf(!hasPython)(`the digest, worked out again by another program${hasPython ? '' : ' (not done: there is no python3)'}`, () => {
  it('is that of runs', async () => {
    const ids = ['worked-example', 'winners-curse', 'staggered-rollout'] as const;
    const files = await Promise.all(ids.map(async (id) => printed(id, await runCommand.run(['--preset', id]))));
    expect(recomputed(files)).toEqual(ids.map((id) => `${presetDigests[id]} ${presetDigests[id]} equal`));
  });

  it('is that of a study, a sweep and a grid of designs', async () => {
    const study = await studyCommand.run(['--scenario', scenario, '--replications', '3']);
    const sweep = await sweepCommand.run([
      '--scenario',
      scenario,
      '--replications',
      '2',
      '--parameter',
      'budget',
      '--values',
      '10000,50000',
    ]);
    const grid = await gridCommand.run([
      '--scenario',
      scenario,
      '--initiative',
      smallScenario().initiatives[0]?.initiative_id ?? '',
      '--replications',
      '2',
    ]);
    const lines = recomputed([printed('study', study), printed('sweep', sweep), printed('grid', grid)]);
    expect(lines.map((line) => line.split(' ')[2])).toEqual(['equal', 'equal', 'equal']);
  });

  it('is another as soon as one number has another bit', async () => {
    const run = (await runCommand.run(['--preset', 'worked-example'])) as { allocate_result: { objective_value: number } };
    const { objective_value: value } = run.allocate_result;
    const changed = { ...run, allocate_result: { ...run.allocate_result, objective_value: value * (1 + Number.EPSILON) } };
    expect(recomputed([printed('changed', changed)])[0]).toMatch(/ different$/);
  });

  it('takes odd text as the workbench does', () => {
    const odd = {
      '\u{1f600}': 1,
      '\uffff': -0,
      '\ud800': '\udc00\u0000\u001f\u007f"\\/\b\f\n\r\t\u2028é',
      '': [1e21, 5e-324, -1.5, null, true, []],
    };
    const parts = { pilot_results: [odd], evaluate_results: [], allocate_result: {}, scale_results: [], outcome_reports: [] };
    expect(recomputed([printed('odd', { ...parts, digest: digestOf(parts) })])[0]).toMatch(/ equal$/);
  });
});
