import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { mergeCommand } from '../../../src/cli/merge-command.ts';
import { studyCommand } from '../../../src/cli/study-command.ts';
import type { StudyDocument } from '../../../src/core/study/study-document.ts';
import { smallScenario } from '../engine/study-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'study-'));
const scenario = join(folder, 'scenario.json');
const base = ['--scenario', scenario, '--extent', 'decision', '--replications'];

beforeAll(() => writeFileSync(scenario, JSON.stringify(smallScenario())));

describe('study and merge', () => {
  it('give the same document at once and in shards', async () => {
    const whole = (await studyCommand.run([...base, '7'])) as StudyDocument;
    expect(whole).toMatchObject({ replications: 7, planned: 7, done: [[0, 7]], settings: { extent: 'decision' } });
    expect(whole.decision?.regret_split).not.toBeNull();
    const files = [1, 2, 3].map((i) => join(folder, `shard-${i}.json`));
    for (const [i, out] of files.entries()) {
      const printed = await studyCommand.run([...base, '7', '--shard', `${i + 1}/3`, '--out', out]);
      expect(printed).not.toHaveProperty('state');
      expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject(printed as object);
    }
    const merged = await mergeCommand.run([files[2]!, files[0]!, files[1]!]);
    expect(JSON.stringify(merged)).toBe(JSON.stringify(whole));
    const part = (await mergeCommand.run([files[0]!, files[2]!])) as StudyDocument;
    expect(part).toMatchObject({
      replications: 5,
      done: [
        [0, 2],
        [4, 7],
      ],
    });
  });

  it('take another seed, no effect, and fewer kept replicates', async () => {
    const plain = (await studyCommand.run([...base, '3'])) as StudyDocument;
    const other = (await studyCommand.run([...base, '3', '--seed', 'another', '--aa', '--keep', '1'])) as StudyDocument;
    expect(other.digest).not.toBe(plain.digest);
    expect(other.scenario.seed).toBe('another');
    expect(other.settings).toMatchObject({ effect: 'none', keep: 1 });
    expect(other.diagnosands[0]).toMatchObject({ replications: 3, kept: 1 });
  });

  it('say what is wrong with what they are given', async () => {
    const rejects = (words: readonly string[]) => expect(studyCommand.run([...words])).rejects;
    await rejects(['--scenario', scenario]).toThrow('--replications is missing');
    await rejects([...base, '2.5']).toThrow('--replications must be a whole number from 1 to 10000000');
    for (const shard of ['0/2', '3/2', '1-2', '1/0'])
      await rejects([...base, '4', '--shard', shard]).toThrow('--shard must be i/n with i from 1 to n');
    await rejects([...base, '4', '--extent', 'all']).toThrow('--extent must be one of estimates, decision, whole');
    await rejects([...base, '4', '--precision', 'coverge:0.01']).toThrow(/did you mean coverage/);
    await rejects([...base, '4', '--precision', 'coverage:0']).toThrow('must be more than 0');
    for (const precision of ['bias', 'bias:1:2'])
      await rejects([...base, '4', '--precision', precision]).toThrow('--precision must be DIAGNOSAND:SE');
    await rejects([...base, '4', '--precision', 'expected_regret:1', '--extent=estimates']).toThrow('expected_regret needs decisions');
    await rejects([...base, '4', '--precision', 'bias:0.1', '--shard', '1/2']).toThrow('leave --shard out');
    await expect(mergeCommand.run([])).rejects.toThrow('give the files to merge');
    await expect(mergeCommand.run([scenario])).rejects.toThrow('is not a study file');
    await expect(mergeCommand.run(['--uot', 'x'])).rejects.toThrow('there is no option --uot');
  });
});
