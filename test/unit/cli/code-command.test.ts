import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { codeCommand } from '../../../src/cli/code-command.ts';
import { UsageError } from '../../../src/cli/command.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-command-'));
afterAll(() => rmSync(folder, { recursive: true }));
const obs = fileURLToPath(new URL('../../reference/data/obs.csv', import.meta.url));
const params = '{"outcome_column":"y","treatment_column":"t"}';

describe('code on the command line', () => {
  it.each([
    ['r', 'run.R', 'check("new-descriptions at scale", "experiment"'],
    ['python', 'run.py', 'new-descriptions at scale'],
  ])('a run: %s and the data of every estimate, pilots and scale', async (language, script, line) => {
    const out = join(folder, `run-${language}`);
    const told = (await codeCommand.run(['--language', language, '--preset', 'clean-randomised', '--out', out])) as {
      files: string[];
      n_estimates: number;
      left_out: unknown[];
    };
    expect(readdirSync(out).sort()).toEqual([...told.files, script].sort());
    expect(told.files).toEqual(['new-descriptions.csv', 'new-descriptions.scale.csv']);
    expect(told.n_estimates).toBe(3);
    expect(told.left_out).toEqual([]);
    expect(readFileSync(join(out, script), 'utf8')).toContain(line);
    expect(readFileSync(join(out, script), 'utf8')).toMatch(/^# .+\n# Digest [0-9a-f]{64}\n/);
  });

  it('data of one’s own, by one method', async () => {
    const out = join(folder, 'own');
    await codeCommand.run(['--language', 'r', '--data', obs, '--method', 'naive_difference', '--params', params, '--out', out]);
    expect(readFileSync(join(out, 'run.R'), 'utf8')).toContain('welch(data[["y"]], treated_of(data[["t"]]), level = 0.95)');
    expect(readFileSync(join(out, 'data.csv'), 'utf8').split('\r\n')[0]).toBe(readFileSync(obs, 'utf8').split('\n')[0]);
  });

  it('says what cannot be, and writes nothing', async () => {
    const out = join(folder, 'nothing');
    const run = (...words: string[]) => codeCommand.run([...words, '--out', out]);
    await expect(run('--language', 'cobol', '--preset', 'clean-randomised')).rejects.toThrow(UsageError);
    await expect(run('--language', 'r', '--preset', 'clean-randomised', '--method', 'experiment')).rejects.toThrow(
      '--method goes with --data',
    );
    await expect(run('--language', 'r', '--data', obs, '--preset', 'x')).rejects.toThrow(UsageError);
    await expect(
      run('--language', 'r', '--data', obs, '--method', 'naive_difference', '--params', '{"outcome_column":"q"}'),
    ).rejects.toThrow(InputError);
    expect(existsSync(out)).toBe(false);
  });

  it('does not write over the data it was given', async () => {
    const own = join(folder, 'mine');
    const words = ['--language', 'r', '--method', 'naive_difference', '--params', params];
    await codeCommand.run([...words, '--data', obs, '--out', own]);
    await expect(codeCommand.run([...words, '--data', join(own, 'data.csv'), '--out', own])).rejects.toThrow('would overwrite');
  });
});
