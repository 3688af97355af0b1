import { expect, it } from 'vitest';
import { defaultPreset } from '../../../src/core/scenario/presets/index.ts';
import { changesFrom, heldWords, reachWords } from '../../../src/views/data/share/share-words.ts';

const { scenario, id } = defaultPreset;

it('says what a link holds', () => {
  expect(heldWords(scenario, id, 0, 'abcdef0123456789')).toMatch(
    /^The preset “Online retail, five initiatives” as it is, and the digest abcdef012345,/,
  );
  expect(heldWords({ ...scenario, budget: 5 }, id, 1_234, null)).toMatch(
    /with changes in budget, replication 1,234\. The run is not finished/,
  );
});

it('names every part that differs from the preset', () => {
  const [first, second, ...rest] = scenario.initiatives;
  expect(changesFrom(scenario, scenario)).toEqual([]);
  expect(changesFrom(scenario, { ...scenario, seed: 'x', confidence_level: 0.9 })).toEqual(['seed', 'confidence level']);
  const changed = { ...scenario, initiatives: [{ ...first!, cost_to_scale: 1 }, second!, ...rest] };
  expect(changesFrom(scenario, changed)).toEqual(['one initiative']);
  const replaced = { ...scenario, initiatives: [{ ...first!, initiative_id: 'new' }, ...rest] };
  expect(changesFrom(scenario, replaced)).toEqual(['one new initiative', 'two initiatives left out']);
  expect(changesFrom(scenario, { ...scenario, initiatives: [second!, first!, ...rest] })).toEqual(['the order of the initiatives']);
});

it('warns of addresses that others cannot open', () => {
  const at = (hostname: string, protocol = 'https:') => reachWords({ protocol, hostname });
  for (const host of ['localhost', 'page.localhost', '127.0.0.1', '[::1]']) expect(at(host), host).toContain('Others cannot open');
  for (const host of ['192.168.1.5', '10.0.0.2', '172.20.1.1', 'lab.local']) expect(at(host), host).toContain('same network');
  for (const host of ['example.org', '172.32.0.1', 'localhost.example.org', '8.8.8.8']) expect(at(host), host).toBeNull();
  expect(at('', 'file:')).toContain('as a file');
});
