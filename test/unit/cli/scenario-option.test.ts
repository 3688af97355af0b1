import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/cli/run-command.ts';
import { replicationOption, scenarioOption } from '../../../src/cli/scenario-option.ts';
import { findPreset } from '../../../src/core/scenario/presets/index.ts';
import { scenarioFileText } from '../../../src/interchange/scenario-file.ts';

const { id, scenario } = findPreset('clean-randomised')!;
let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'scenario-option-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('--scenario FILE', () => {
  it('takes a saved scenario with its replication, which --replication overrules', () => {
    const file = written('saved.json', scenarioFileText({ scenario, preset: id, replication: 37, digest: null, witness: null }));
    expect(scenarioOption({ scenario: file })).toEqual(scenario);
    expect(replicationOption({ scenario: file })).toBe(37);
    expect(replicationOption({ replication: '2', scenario: file })).toBe(2);
    expect(scenarioOption({ scenario: file, seed: 'other' }).seed).toBe('other');
  });

  it('takes what run printed and prints the same digest again', async () => {
    const first = (await runCommand.run(['--preset', id, '--replication', '3'])) as { digest: string };
    const file = written('run.json', JSON.stringify(first));
    expect(await runCommand.run(['--scenario', file])).toMatchObject({ replication: 3, digest: first.digest });
  });

  it('takes a bare scenario, with a byte order mark or as UTF-16', () => {
    const text = JSON.stringify(scenario);
    const utf16 = new Uint8Array(new Uint16Array([0xfeff, ...Array.from(text, (character) => character.charCodeAt(0))]).buffer);
    for (const content of [text, `\uFEFF${text}`, utf16]) {
      const file = written('bare.json', content);
      expect(scenarioOption({ scenario: file })).toEqual(scenario);
      expect(replicationOption({ scenario: file })).toBe(0);
    }
  });

  it('names the file, or the field, that cannot be used', () => {
    const refused = (content: string | Uint8Array) => () => scenarioOption({ scenario: written('bad.json', content) });
    expect(refused('{')).toThrow(/bad\.json: cannot be read as JSON/);
    expect(refused(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toThrow(/bad\.json: is not text/);
    expect(refused(' '.repeat(5_000_001))).toThrow(/bad\.json: cannot be read/);
    expect(refused(JSON.stringify({ ...scenario, budget: -1 }))).toThrow(/^budget:/);
    expect(refused(JSON.stringify({ version: 1, scenario: { ...scenario, budget: -1 } }))).toThrow(/^scenario\.budget:/);
    expect(() => scenarioOption({ scenario: join(folder, 'missing.json') })).toThrow(/missing\.json: cannot be read/);
  });
});
