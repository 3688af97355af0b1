import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalText, digestOf } from '../../../../src/core/contracts/digest.ts';

describe('the digest', () => {
  it('is SHA-256 of the canonical text', () => {
    const value = { b: [1, -0, 0.1], a: 'ü"', c: null, d: true, e: undefined };
    expect(canonicalText(value)).toBe('{"a":"ü\\"","b":["3ff0000000000000","8000000000000000","3fb999999999999a"],"c":null,"d":true}');
    expect(digestOf(value)).toBe(createHash('sha256').update(canonicalText(value), 'utf8').digest('hex'));
  });

  it('does not depend on the order of keys, and does on the last bit of a number', () => {
    expect(digestOf({ x: 1, y: 2 })).toBe(digestOf({ y: 2, x: 1 }));
    expect(digestOf({ x: 0.1 + 0.2 })).not.toBe(digestOf({ x: 0.3 }));
    expect(digestOf({ x: 0 })).not.toBe(digestOf({ x: -0 }));
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => digestOf({ f: () => 1 })).toThrow(TypeError);
  });
});
