import { expect, it } from 'vitest';
import { parseScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset } from '../../../../src/core/scenario/presets/index.ts';

const base = defaultPreset.scenario;
const many = (item: unknown) => Array.from({ length: 300_000 }, () => item);
const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });

/** Checked item by item, each of these would take seconds and give an issue for every item. */
it.each([
  ['initiatives', { ...base, initiatives: many({}) }],
  ['constraints.prerequisites', { ...base, constraints: { prerequisites: many({}) } }],
  ['what_if', { ...base, what_if: many({}) }],
  [
    'decision_rule.parameters',
    { ...base, decision_rule: { id: 'minimax_regret', parameters: Object.fromEntries(many(1).map((v, i) => [`k${i}`, v])) } },
  ],
  ['initiatives.0.flaws', { ...base, initiatives: [{ ...base.initiatives[0], flaws: many(0) }] }],
])('an endless list in %s is one issue, found at once', (path, given) => {
  const parsed = parseScenario(given);
  expect(parsed.ok ? [] : parsed.issues).toEqual([{ path, message: 'must hold at most 2000 entries (found 300000)' }]);
});

it('what is nested endlessly is one issue', () => {
  const parsed = parseScenario({ ...base, decision_rule: { id: 'minimax_regret', parameters: { x: deep(3000) } } });
  expect(parsed.ok ? [] : parsed.issues.map(({ message }) => message)).toEqual(['is nested more than 40 deep']);
});

it('a name that is none is told without long texts', () => {
  const name = 'k'.repeat(2_000_000);
  for (const given of [
    { ...base, decision_rule: { id: 'minimax_regret', parameters: { [name]: 1 } } },
    { ...base, decision_rule: { id: name, parameters: {} } },
  ])
    expect(parseScenario(given).ok).toBe(false);
  const unknown = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`k${i}`, 1]));
  const parsed = parseScenario({ ...base, decision_rule: { id: 'minimax_regret', parameters: unknown } });
  expect(parsed.ok ? 0 : parsed.issues.length).toBe(20);
});
