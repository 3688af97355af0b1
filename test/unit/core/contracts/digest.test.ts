import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalText, digestOf } from '../../../../src/core/contracts/digest.ts';

describe('the digest', () => {
  it('is SHA-256 of the canonical text', () => {
    const value = { b: [1, 0, -0.1, 5e-324], a: 'ü"', c: null, d: true, e: undefined };
    expect(canonicalText(value)).toBe('{"a":"ü\\"","b":["3ff0000000000000","0000000000000000","bfb999999999999a","0000000000000001"],"c":null,"d":true}');
    expect(digestOf(value)).toBe(createHash('sha256').update(canonicalText(value), 'utf8').digest('hex'));
  });

  it('does not depend on the order of keys, and does on the last bit of a number', () => {
    expect(digestOf({ x: 1, y: 2 })).toBe(digestOf({ y: 2, x: 1 }));
    expect(digestOf({ x: 0.1 + 0.2 })).not.toBe(digestOf({ x: 0.3 }));
  });

  it('is that of the value as it comes back from a JSON file', () => {
    const value = { minus: -0, none: NaN, endless: [Infinity, -Infinity], absent: undefined, text: '\u2028\ud800\u007f\u0001é', long: 0.1 + 0.2, small: 5e-324 };
    expect(digestOf(JSON.parse(JSON.stringify(value)))).toBe(digestOf(value));
    expect(digestOf(JSON.parse('{"x":-0}'))).toBe(digestOf({ x: 0 }));
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => digestOf({ f: () => 1 })).toThrow(TypeError);
  });
});
