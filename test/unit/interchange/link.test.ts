import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset, presets } from '../../../src/core/scenario/presets/index.ts';
import { compressText } from '../../../src/interchange/compressed-text.ts';
import { formatAddress, linkVersion, parseAddress, scenarioQuery } from '../../../src/interchange/link.ts';
import { readLink } from '../../../src/interchange/link-reading.ts';

const base = defaultPreset.scenario;

async function roundTrip(scenario: typeof base, preset = defaultPreset.id, replication = 0) {
  const query = await scenarioQuery(scenario, preset, replication);
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

  it('carries the replication, and leaves the first out', async () => {
    for (const replication of [1, 37, 999_999_999, 1e9]) {
      const { address, link } = await roundTrip(base, defaultPreset.id, replication);
      expect(address).toBe(`#/allocate?v=2&r=${replication}`);
      expect(link).toMatchObject({ ok: true, scenario: base, replication });
    }
    const edited = await roundTrip({ ...base, budget: 5 }, defaultPreset.id, 8);
    expect(edited.link).toMatchObject({ ok: true, scenario: { budget: 5 }, replication: 8 });
    expect((await roundTrip(base)).link).toMatchObject({ replication: 0 });
    expect(await readLink(parseAddress('#/measure?v=1&r=0'))).toMatchObject({ ok: true, replication: 0 });
  });

  it('refuses what is no replication, says what it found and what would do', async () => {
    const hostile = ['-1', '1.5', '1e3', '0x10', '1000000001', '99999999999999999999', 'NaN', 'Infinity', '', ' 5', '5 ', '٣', '<b>5</b>', '__proto__'];
    for (const text of hostile) {
      const link = await readLink(parseAddress(`#/measure?v=1&r=${encodeURIComponent(text)}`));
      expect(link.ok, text).toBe(false);
      if (link.ok) continue;
      expect(link.message).toContain(`'${text.slice(0, 20)}'`);
      expect(link.message).toContain('whole numbers from 0 to 1,000,000,000');
    }
    expect(await readLink(parseAddress('#/measure?v=1&r=+5'))).toMatchObject({ ok: false });
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
    expect(await message({}, String(linkVersion + 1))).toMatch(/newer version/);
    expect(await message({ difference: await compressText('{"in":{"budget":{"set":-1}}}') })).toMatch(/budget/);
    expect(await message({ difference: await compressText(`{"in":{"title":{"set":"${'x'.repeat(3_000_000)}"}}}`) })).toMatch(/expands to more/);
  });

  it('never throws, whatever stands after the #', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 60 }), async (hash, noise) => {
        for (const text of [hash, `#/allocate?v=1&s=${hash}`, `#/x?p=online-retail-five&s=${encodeURIComponent(noise)}&d=${hash}`, `#/x?r=${noise}`]) {
          expect(typeof (await readLink(parseAddress(text))).ok).toBe('boolean');
        }
      }),
      { numRuns: 300 },
    );
  });
});
