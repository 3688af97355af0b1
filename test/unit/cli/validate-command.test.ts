import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validateCommand } from '../../../src/cli/validate-command.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import { defaultPreset } from '../../../src/core/scenario/presets/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'validate-'));

test('a scenario, alone or in a document that holds one, is valid', async () => {
  for (const document of [
    defaultPreset.scenario,
    { scenario: defaultPreset.scenario, digest: 'x' },
    { $schema: './scenario.schema.json', ...defaultPreset.scenario },
  ])
    expect(await validate(JSON.stringify(document))).toMatchObject({ valid: true });
});

test('an error names the path and the line, and suggests the name that is near', async () => {
  const text = JSON.stringify({ scenario: { ...defaultPreset.scenario, budget: undefined, budgt: 5, currency: 'Dollars' } }, null, 2);
  const lineWith = (part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
  expect(await issuesOf(text)).toEqual([
    { path: 'scenario.budget', message: 'is missing', line: 2 },
    { path: 'scenario.budgt', message: 'is not a known name; did you mean budget?', line: lineWith('"budgt"') },
    {
      path: 'scenario.currency',
      message: 'must be a currency code such as USD (found "Dollars")',
      value: 'Dollars',
      line: lineWith('"Dollars"'),
    },
  ]);
});

test('relations between fields that no schema can state are told as well', async () => {
  const [first, second, ...rest] = defaultPreset.scenario.initiatives;
  const scenario = { ...defaultPreset.scenario, initiatives: [first, { ...second, initiative_id: first?.initiative_id }, ...rest] };
  expect(await issuesOf(JSON.stringify(scenario))).toMatchObject([
    { path: 'initiatives.1.initiative_id', message: expect.stringContaining('used twice') },
  ]);
});

test('a file that is no JSON says where it stops being so', async () => {
  expect(await issuesOf('{ "version": 1, ')).toMatchObject([{ message: expect.stringContaining('is not JSON') }]);
});

function validate(text: string): Promise<unknown> {
  const file = join(folder, 'scenario.json');
  writeFileSync(file, text);
  return Promise.resolve().then(() => validateCommand.run(['--scenario', file]));
}

async function issuesOf(text: string): Promise<unknown> {
  const error: unknown = await validate(text).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).issues;
}
