import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset, presets } from '../../../src/core/scenario/presets/index.ts';
import { compressText } from '../../../src/interchange/compressed-text.ts';
import {
  formatAddress,
  isStandIn,
  linkIsTooLong,
  linkVersion,
  longestLink,
  parseAddress,
  scenarioQuery,
  standIn,
} from '../../../src/interchange/link.ts';
import { readLink } from '../../../src/interchange/link-reading.ts';
import { programVersion } from '../../../src/interchange/program-version.ts';
import { recordedEdits } from '../../reference/released-edits.ts';

const base = defaultPreset.scenario;
const emptyQuery = { preset: defaultPreset.id, difference: null, replication: null, digest: null, witness: null };

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

  it('is shorter than 2,000 characters for every preset after ten edits, and after other changes, with all it vouches for', async () => {
    const vouched = { digest: '0'.repeat(12), witness: `${programVersion}~c1234~${'0'.repeat(30)}` };
    for (const { id, scenario } of presets) {
      for (const { edit, replication } of recordedEdits) {
        const query = { ...(await scenarioQuery(edit(scenario), id, replication)), ...vouched };
        const address = formatAddress({ place: 'allocate', initiative: 'a-longer-name-of-an-initiative', query });
        expect(address.length, id).toBeLessThan(1000);
      }
    }
  });

  it('says nothing of who made it where it promises no digest', async () => {
    const witness = `${programVersion}~c156~${'0'.repeat(30)}`;
    const query = { ...(await scenarioQuery(base, 'winners-curse')), witness };
    expect(formatAddress({ place: 'allocate', initiative: null, query })).not.toContain('w=');
    const opened = await readLink(parseAddress(`#/allocate?v=2&p=winners-curse&d=0123456789ab&w=${witness}`));
    expect(opened).toMatchObject({
      ok: true,
      digest: '0123456789ab',
      witness: { program: programVersion, engine: { family: 'chromium', major: 156 } },
    });
    expect(await readLink(parseAddress(`#/allocate?v=2&d=0123456789ab&w=${witness.slice(0, -1)}`))).toMatchObject({ ok: false });
    expect(await readLink(parseAddress(`#/allocate?v=1&d=0123456789ab&w=anything`))).toMatchObject({
      ok: true,
      witness: null,
      isOlder: true,
    });
  });

  it('opens a scenario that is the same again from its own link: no negative zero, any characters', async () => {
    const odd = requireScenario({ ...base, title: '\ud800<b>\u0000\u202e', seed: '\udfff', min_portfolio_worst_return: -0 });
    const { link } = await roundTrip(odd);
    if (!link.ok) throw new Error(link.message);
    expect(Object.is(link.scenario.min_portfolio_worst_return, 0)).toBe(true);
    expect([link.scenario.title, link.scenario.seed]).toEqual([odd.title, odd.seed]);
    const negative = await readLink({
      query: { ...emptyQuery, difference: await compressText('{"in":{"min_portfolio_worst_return":{"set":-0}}}') },
      version: '2',
    });
    expect(negative.ok && Object.is(negative.scenario.min_portfolio_worst_return, 0)).toBe(true);
  });

  it('that is too long for an address has a stand-in there, which opens nothing elsewhere and says so', async () => {
    const difference = 'A'.repeat(longestLink + 1);
    expect([linkIsTooLong(difference), linkIsTooLong('A'.repeat(longestLink)), linkIsTooLong(null)]).toEqual([true, false, false]);
    const sign = standIn(difference);
    expect(isStandIn(sign) && linkIsTooLong(sign)).toBe(true);
    const link = await readLink(
      parseAddress(formatAddress({ place: 'scale', initiative: null, query: { ...emptyQuery, difference: sign } })),
    );
    expect(link).toMatchObject({ ok: false, message: expect.stringMatching(/too long for a link.*Open the file/) as string });
  });

  it('is refused whole where its parts contradict each other', async () => {
    const message = async (hash: string) => {
      const link = await readLink(parseAddress(hash));
      return link.ok ? 'opened' : link.message;
    };
    expect(await message('#/scale?v=2&p=winners-curse&p=a-a-test')).toMatch(/it has p more than once/);
    expect(await message('#/scale?v=2&p=winners-curse?s=AAAA')).toMatch(/names the preset 'winners-curse\?s=AAAA'/);
    for (const version of ['0', '01', '1.0', 'v1', '-1', '', '2 '])
      expect(await message(`#/scale?v=${version}`), version).toMatch(/whole numbers from 1/);
    expect(await message('#/scale?v=2&p=%E2%80%AEx%00')).toContain("'\u00b7x\u00b7'");
    expect(await message(`#/scale?v=2&p=${'x'.repeat(5000)}`)).toMatch(/^.{50,300}$/);
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
    const hostile = [
      '-1',
      '1.5',
      '1e3',
      '0x10',
      '1000000001',
      '99999999999999999999',
      'NaN',
      'Infinity',
      '',
      ' 5',
      '5 ',
      '٣',
      '<b>5</b>',
      '__proto__',
    ];
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
    for (let cut = 1; cut <= 4; cut += 1)
      expect(await message({ difference: whole.slice(0, -cut) })).toMatch(/cut or changed \(what is packed in it does not unpack\)/);
    expect(await message({ difference: 'not base64 !' })).toMatch(/cut or changed \(it holds characters/);
    expect(await message({ difference: 'A'.repeat(40_000) })).toMatch(/longer than any link/);
    expect(await message({ preset: 'nowhere' })).toMatch(/preset 'nowhere'/);
    expect(await message({ digest: 'xyz' })).toMatch(/check digits/);
    expect(await message({}, String(linkVersion + 1))).toMatch(/newer version/);
    expect(await message({ difference: await compressText('{"in":{"budget":{"set":-1}}}') })).toMatch(/budget/);
    expect(await message({ difference: await compressText(`{"in":{"title":{"set":"${'x'.repeat(3_000_000)}"}}}`) })).toMatch(
      /expands to more/,
    );
  });

  it('never throws, whatever stands after the #', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 60 }), async (hash, noise) => {
        for (const text of [
          hash,
          `#/allocate?v=1&s=${hash}`,
          `#/x?p=online-retail-five&s=${encodeURIComponent(noise)}&d=${hash}`,
          `#/x?r=${noise}`,
        ]) {
          expect(typeof (await readLink(parseAddress(text))).ok).toBe('boolean');
        }
      }),
      { numRuns: 300 },
    );
  });
});
