import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromSevenBitText, toSevenBitText } from '../../../scripts/seven-bit-text.mjs';

it('gives every byte back, however many there are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect([...fromSevenBitText(toSevenBitText(bytes), bytes.length)]).toEqual([...bytes]);
    }),
    { seed: 1 },
  );
  for (const byte of [0, 10, 13, 60, 255]) {
    const bytes = new Uint8Array(1000).fill(byte);
    expect(fromSevenBitText(toSevenBitText(bytes), 1000)).toEqual(bytes);
  }
});

it('is text that no parser of HTML changes or ends early, a seventh longer than the bytes', () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => ((i * 2_654_435_761) >>> 11) & 255);
  const text = toSevenBitText(bytes);
  expect([...text].filter((character) => '\0\n\r\u001a<\u007f'.includes(character))).toEqual([]);
  const written = new TextEncoder().encode(text);
  expect(written.length).toBeLessThanOrEqual((bytes.length * 8) / 7 + 2);
  expect(new TextDecoder('utf-8', { fatal: true }).decode(written)).toBe(text);
});
