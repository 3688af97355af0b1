import fc from 'fast-check';
import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { doublesFromBase64, doublesToBase64 } from '../../../../src/core/numeric/base64-doubles.ts';

it('is what the platform writes of the same bytes, and reads back bit by bit', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 40 }), (list) => {
      const values = Float64Array.from(list);
      const text = doublesToBase64(values);
      expect(text).toBe(Buffer.from(values.buffer).toString('base64'));
      const back = doublesFromBase64(text)!;
      expect(Buffer.from(back.buffer).equals(Buffer.from(values.buffer))).toBe(true);
    }),
  );
});

it('writes all NaN alike, and long columns whole', () => {
  const odd = new Float64Array(new BigUint64Array([0x7ff0000000000001n]).buffer);
  expect(doublesToBase64(odd)).toBe(doublesToBase64(Float64Array.of(NaN)));
  expect(doublesFromBase64(doublesToBase64(odd))).toEqual(Float64Array.of(NaN));
  const long = Float64Array.from({ length: 10_000 }, (_, i) => i / 7);
  expect(doublesFromBase64(doublesToBase64(long))).toEqual(long);
});

it.each(['AAA', 'AAAA', 'AAAAAAAAAA!=', 'AAAAAAAAAA\u00e9=', 'AA=AAAAAAAA='])(
  'gives null for %j, which is no column of doubles',
  (text) => {
    expect(doublesFromBase64(text)).toBeNull();
  },
);
