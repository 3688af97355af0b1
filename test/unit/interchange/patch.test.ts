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
    expect(diff({ a: [{ b: 1, c: 2 }], d: 3 }, { a: [{ b: 1, c: 4 }], d: 3 })).toEqual({
      in: { a: { in: { 0: { in: { c: { set: 4 } } } } } },
    });
    expect(diff({ a: 1 }, { a: 1 })).toBeNull();
    expect(diff({ a: 1, b: 2 }, { a: 1 })).toEqual({ in: {}, drop: ['b'] });
  });

  it('says of a list of named items which one stands where, and what is new', () => {
    const item = (id: string, cost: number) => ({ initiative_id: id, cost });
    const from = [item('a', 1), item('b', 2), item('c', 3)];
    const to = [item('c', 3), item('new', 9), item('a', 5)];
    const patch = diff(from, to);
    expect(patch).toEqual({ list: [2, { set: item('new', 9) }, [0, { in: { cost: { set: 5 } } }]] });
    expect(applyPatch(from, JSON.parse(JSON.stringify(patch)))).toEqual(to);
    expect(diff(from, from.slice(0, 1))).toEqual({ list: [0] });
    expect(diff([1, 2], [1, 2, 3])).toEqual({ set: [1, 2, 3] });
  });

  it('turns one list of named items into any other', () => {
    const items = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), x: fc.integer({ min: 0, max: 2 }) }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(items, items, (from, to) => {
        const patch = diff(from, to);
        expect(patch === null ? from : applyPatch(from, JSON.parse(JSON.stringify(patch)))).toEqual(to);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses items that are not there, endless lists and endless nesting', () => {
    for (const place of [-1, 3, 0.5, '0', null, [7, { set: 1 }], [0], [0, { set: 1 }, 2]])
      expect(() => applyPatch(['a', 'b', 'c'], { list: [place] }), String(place)).toThrow(TypeError);
    expect(() => applyPatch({}, { list: [0] })).toThrow(/not there/);
    expect(() => applyPatch(['a'], { list: Array.from({ length: 3000 }, () => 0) })).toThrow(/too long/);
    let [value, patch]: [unknown, unknown] = [1, { set: 2 }];
    for (let depth = 0; depth < 30; depth += 1) [value, patch] = [{ a: value }, { in: { a: patch } }];
    expect(() => applyPatch(value, patch)).toThrow(/nested too deeply/);
  });

  it('refuses prototype keys, holes in lists and changes inside what is not there', () => {
    expect(() => applyPatch({}, JSON.parse('{"in":{"__proto__":{"set":{"x":1}}}}'))).toThrow(/forbidden/);
    expect(() => applyPatch([1], { in: { 5: { set: 2 } } })).toThrow(/holes/);
    expect(() => applyPatch(3, { in: { a: { set: 2 } } })).toThrow(/not there/);
    expect(() => applyPatch({}, 'x')).toThrow();
    expect(() => applyPatch({}, { nonsense: 1 })).toThrow();
  });
});
