import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../scripts/scenario-json-schema.ts';
import { scenarioIssues } from '../../src/cli/validate-command.ts';
import { parseScenario } from '../../src/core/scenario/parse-scenario.ts';
import { presets } from '../../src/core/scenario/presets/index.ts';

fc.configureGlobal({ seed: 7 });

test('the published schema is the one made from the registries (npm run schema)', () => {
  const published: unknown = JSON.parse(readFileSync(new URL('../../public/scenario.schema.json', import.meta.url), 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});

test.each(presets.map(({ id }) => id))('the preset %s is valid', (id) => {
  const { scenario } = presets.find((preset) => preset.id === id)!;
  expect(scenarioIssues(JSON.parse(JSON.stringify(scenario)))).toEqual([]);
});

test('what the schema refuses the reader refuses too, and what the reader refuses is told', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...presets), fc.nat(), fc.oneof(strangers, fc.jsonValue()), ({ scenario }, where, value) => {
      const changed = withOneChange(JSON.parse(JSON.stringify(scenario)), where, value);
      const issues = scenarioIssues(changed);
      const { ok } = parseScenario(changed);
      if (!ok) refused += 1;
      expect(issues.length === 0).toBe(ok);
    }),
    { numRuns: 1500 },
  );
  expect(refused).toBeGreaterThan(500);
});

const strangers = fc.constantFrom<unknown>(
  -1,
  0,
  0.5,
  1e9,
  1e20,
  '',
  'experiment',
  'HC3',
  'hc3',
  '2026-13-01',
  null,
  true,
  [],
  {},
  [1, 2],
  { id: 'none' },
);

/** One leaf or branch of a tree, the `where`-th in order, replaced; or, now and then, an unknown name beside it. */
function withOneChange(tree: unknown, where: number, value: unknown): unknown {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(tree);
  const [parent, key] = places[where % places.length]!;
  if (where % 7 === 0 && !Array.isArray(parent)) parent[`${key}x`] = value;
  else parent[key] = value;
  return tree;
}
