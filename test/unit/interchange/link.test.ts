import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset, presets } from '../../../src/core/scenario/presets/index.ts';
import { compressText } from '../../../src/interchange/compressed-text.ts';
import { formatAddress, parseAddress, readLink, scenarioQuery } from '../../../src/interchange/link.ts';

const base = defaultPreset.scenario;

async function roundTrip(scenario: typeof base, preset = defaultPreset.id) {
  const query = await scenarioQuery(scenario, preset);
  const address = formatAddress({ place: 'allocate', initiative: null, query });
  return { address, link: await readLink(parseAddress(address)) };
}

describe('a link', () => {
  it('is empty for the default preset and names any other', async () => {
    expect((await roundTrip(base)).address).toBe('#/allocate');
    for (const preset of presets) {
      const { address, link } = await roundTrip(preset.scenario, preset.id);
      expect(link).toMatchObject({ ok: true, scenario: preset.scenario, preset: preset.id });
      expect(address.length).toBeLessThan(100);
    }
  });

  it('carries every edit exactly', async () => {
    const edited = requireScenario({
      ...base,
      seed: 'ünïcode & =?#',
      budget: 0.1 + 0.2,
      initiatives: base.initiatives.slice(1).map((initiative, i) => ({ ...initiative, cost_to_scale: 1 / (i + 3) })),
    });
    const { address, link } = await roundTrip(edited);
    expect(link).toMatchObject({ ok: true, scenario: edited });
    expect(address.length).toBeLessThan(2000);
  });

  it('says what is wrong with a broken one', async () => {
    const query = await scenarioQuery({ ...base, budget: 5 }, defaultPreset.id);
    const whole = query.difference as string;
    const message = async (change: Partial<typeof query>, version: string | null = '1') => {
      const link = await readLink({ query: { ...query, ...change }, version });
      return link.ok ? 'opened' : link.message;
    };
    expect(await message({})).toBe('opened');
    expect(await message({ difference: whole.slice(0, -4) })).toMatch(/cut or changed/);
    expect(await message({ difference: 'not base64 !' })).toMatch(/cut or changed/);
    expect(await message({ difference: 'A'.repeat(40_000) })).toMatch(/longer than any link/);
    expect(await message({ preset: 'nowhere' })).toMatch(/preset 'nowhere'/);
    expect(await message({ digest: 'xyz' })).toMatch(/check digits/);
    expect(await message({}, '2')).toMatch(/newer version/);
    expect(await message({ difference: await compressText('{"in":{"budget":{"set":-1}}}') })).toMatch(/budget/);
    expect(await message({ difference: await compressText(`{"in":{"title":{"set":"${'x'.repeat(3_000_000)}"}}}`) })).toMatch(/expands to more/);
  });

  it('never throws, whatever stands after the #', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 60 }), async (hash, noise) => {
        for (const text of [hash, `#/allocate?v=1&s=${hash}`, `#/x?p=online-retail-five&s=${encodeURIComponent(noise)}&d=${hash}`]) {
          expect(typeof (await readLink(parseAddress(text))).ok).toBe('boolean');
        }
      }),
      { numRuns: 300 },
    );
  });
});
