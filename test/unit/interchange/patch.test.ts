import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, diff } from '../../../src/interchange/patch.ts';

fc.configureGlobal({ seed: 7 });

/** Any JSON but the one key that a link may not carry; that it is refused has a test of its own below. */
const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('"__proto__"'));

describe('a difference', () => {
  it('turns one value into the other, through JSON, whatever they are', () => {
    fc.assert(
      fc.property(json, json, (from, to) => {
        const patch = diff(from, to);
        expect(patch === null ? from : applyPatch(from, JSON.parse(JSON.stringify(patch)))).toEqual(JSON.parse(JSON.stringify(to)));
      }),
      { numRuns: 2000 },
    );
  });

  it('holds only what changed', () => {
    expect(diff({ a: [{ b: 1, c: 2 }], d: 3 }, { a: [{ b: 1, c: 4 }], d: 3 })).toEqual({ in: { a: { in: { 0: { in: { c: { set: 4 } } } } } } });
    expect(diff({ a: 1 }, { a: 1 })).toBeNull();
    expect(diff({ a: 1, b: 2 }, { a: 1 })).toEqual({ in: {}, drop: ['b'] });
  });

  it('refuses prototype keys, holes in lists and changes inside what is not there', () => {
    expect(() => applyPatch({}, JSON.parse('{"in":{"__proto__":{"set":{"x":1}}}}'))).toThrow(/forbidden/);
    expect(() => applyPatch([1], { in: { 5: { set: 2 } } })).toThrow(/holes/);
    expect(() => applyPatch(3, { in: { a: { set: 2 } } })).toThrow(/not there/);
    expect(() => applyPatch({}, 'x')).toThrow();
    expect(() => applyPatch({}, { nonsense: 1 })).toThrow();
  });
});
