import { describe, expect, it } from 'vitest';
import { productIdentifiers } from '../../../../src/core/simulate/product-identifier.ts';

const name = { seed: '7', initiative: 'titles', stage: 'pilot', replication: 0 } as const;

describe('productIdentifiers', () => {
  it('writes ten characters that start with B, no two alike', () => {
    const identifierOf = productIdentifiers(name);
    const seen = new Set<string>();
    for (let i = 0; i < 200_000; i += 1) {
      const identifier = identifierOf(i);
      if (!/^B[0-9A-Z]{9}$/.test(identifier)) expect.fail(identifier);
      seen.add(identifier);
    }
    expect(seen.size).toBe(200_000);
  });

  it('uses every character in every place', () => {
    const identifierOf = productIdentifiers(name);
    const characters = Array.from({ length: 9 }, () => new Set<string>());
    for (let i = 0; i < 2000; i += 1) [...identifierOf(i).slice(1)].forEach((character, place) => characters[place]!.add(character));
    for (const set of characters) expect(set.size).toBe(36);
  });

  it('depends on the name alone', () => {
    expect(productIdentifiers(name)(5)).toBe(productIdentifiers({ ...name })(5));
    const others = [
      { ...name, seed: '8' },
      { ...name, initiative: 'images' },
      { ...name, stage: 'scale' as const },
      { ...name, replication: 1 },
    ];
    expect(new Set([name, ...others].map((other) => productIdentifiers(other)(5))).size).toBe(5);
  });
});
