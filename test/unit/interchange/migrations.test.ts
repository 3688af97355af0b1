import { expect, it } from 'vitest';
import { findPreset } from '../../../src/core/scenario/presets/index.ts';
import { compressText } from '../../../src/interchange/compressed-text.ts';
import { parseAddress } from '../../../src/interchange/link.ts';
import { readLink } from '../../../src/interchange/link-reading.ts';
import type { Migrations } from '../../../src/interchange/migrations/migration.ts';

const curse = findPreset('winners-curse')!.scenario;

/** A made-up past: version 1 called the preset q and the budget money; later a preset changed, and another went. */
const past: Migrations = [
  {
    from: 1,
    parameters: ({ q, ...others }) => (q === undefined ? others : { ...others, p: q }),
    presets: { 'winners-curse': () => Promise.resolve({ ...withMoney(curse), title: 'as it was first' }) },
    scenario: (scenario) => withBudget(scenario as Record<string, unknown>),
  },
  {
    from: 2,
    parameters: (parameters) => parameters,
    presets: {
      'winners-curse': () => Promise.resolve({ ...curse, title: 'as it was then', seed: 'then' }),
      withdrawn: () => Promise.resolve({ ...curse, title: 'no longer offered' }),
    },
    scenario: (scenario) => scenario,
  },
];

function withMoney({ budget, ...others }: Record<string, unknown>) {
  return { ...others, money: budget };
}

function withBudget({ money, ...others }: Record<string, unknown>) {
  return { ...others, budget: money };
}

async function open(address: string) {
  return readLink(parseAddress(address, past), { migrations: past });
}

it('a link of the first version goes through every change since', async () => {
  const difference = await compressText(JSON.stringify({ in: { money: { set: 7_000 }, seed: { set: 'mine' } } }));
  const link = await open(`#/allocate?v=1&q=winners-curse&s=${difference}&r=4`);
  expect(link).toMatchObject({ ok: true, isOlder: true, preset: 'winners-curse', replication: 4 });
  expect(link).toMatchObject({ scenario: { ...curse, title: 'as it was first', budget: 7_000, seed: 'mine' } });
});

it('a preset is what it was in the version of the link, and in the newest what it is', async () => {
  expect(await open('#/allocate?v=2&p=winners-curse')).toMatchObject({
    ok: true,
    isOlder: true,
    scenario: { title: 'as it was then', seed: 'then' },
  });
  expect(await open('#/allocate?v=3&p=winners-curse')).toMatchObject({ ok: true, isOlder: false, scenario: curse });
  expect(await open('#/allocate?p=winners-curse')).toMatchObject({ ok: true, isOlder: false, scenario: curse });
});

it('a preset that was withdrawn still opens from the links of its time, as a change of the first preset', async () => {
  expect(await open('#/allocate?v=1&q=withdrawn')).toMatchObject({ ok: false });
  expect(await open('#/allocate?v=2&p=withdrawn')).toMatchObject({
    ok: true,
    preset: 'online-retail-five',
    scenario: { title: 'no longer offered' },
  });
  expect(await open('#/allocate?v=3&p=withdrawn')).toMatchObject({ ok: false });
});

it('a difference that does not fit the scenario of its time is refused whole', async () => {
  const difference = await compressText(JSON.stringify({ in: { budget: { set: 7_000 }, constraints: { in: { nothing: { in: {} } } } } }));
  expect(await open(`#/allocate?v=1&q=winners-curse&s=${difference}`)).toMatchObject({ ok: false });
  expect(await open('#/allocate?v=4&p=winners-curse')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/newer version \(4\)/) as string,
  });
});
