import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseBoundedJson } from '../../../src/interchange/bounded-json.ts';

it('reads what JSON reads', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      expect(parseBoundedJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500, seed: 3 },
  );
  expect(parseBoundedJson('["[[[\\"{{{", {"a\\\\": 1}]')).toEqual(['[[["{{{', { 'a\\': 1 }]);
});

it('refuses what would exhaust the stack or stop the page, before anybody walks it', () => {
  expect(() => parseBoundedJson('['.repeat(1_000_000))).toThrow(/nested too deeply/);
  expect(() => parseBoundedJson(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)).toThrow(/nested too deeply/);
  expect(() => parseBoundedJson('"[[["')).not.toThrow();
  expect(() => parseBoundedJson('nothing')).toThrow(SyntaxError);
});
