import { describe, expect, it } from 'vitest';
import { namedStream, type StreamName } from '../../../../src/core/random/stream.ts';

const base: StreamName = { seed: '42', initiative: 'descriptions', stage: 'pilot', replication: 0, purpose: 'demand' };
const neighbours = 1000;
const first = (name: Partial<StreamName>, skip = 0) => {
  const { uniform } = namedStream({ ...base, ...name });
  for (let k = 0; k < skip; k += 1) uniform();
  return uniform();
};
const families: Record<string, (k: number) => Partial<StreamName>> = {
  seeds: (k) => ({ seed: String(k) }),
  initiatives: (k) => ({ initiative: `initiative-${k}` }),
  replications: (k) => ({ replication: k }),
  purposes: (k) => ({ purpose: `text/${k}` }),
};

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const cross = a.reduce((sum, x, i) => sum + (x - ma) * (b[i]! - mb), 0);
  const spread = (values: readonly number[], m: number) => values.reduce((sum, x) => sum + (x - m) ** 2, 0);
  return cross / Math.sqrt(spread(a, ma) * spread(b, mb));
}

describe('namedStream', () => {
  it('gives the same draws for the same name', () => {
    const [a, b] = [namedStream(base), namedStream({ ...base })];
    for (let k = 0; k < 100; k += 1) expect(a.uniform()).toBe(b.uniform());
  });

  it('never joins two names into one, nor stages', () => {
    const names: Partial<StreamName>[] = [
      {},
      { stage: 'scale' },
      { stage: 'population' },
      { seed: '4', initiative: '2descriptions' },
      { seed: '42"', initiative: 'descriptions' },
      { seed: '42,', initiative: 'descriptions' },
      { purpose: 'demand ' },
      { replication: 1 },
    ];
    expect(new Set(names.map((name) => first(name))).size).toBe(names.length);
  });

  it.each(Object.keys(families))('has first draws of neighbouring %s that are uncorrelated and uniform', (family) => {
    for (const skip of [0, 1, 5]) {
      const draws = Array.from({ length: neighbours }, (_, k) => first(families[family]!(k), skip));
      for (const lag of [1, 2, 10])
        expect(Math.abs(correlation(draws.slice(lag), draws.slice(0, -lag)))).toBeLessThan(4 / Math.sqrt(neighbours));
      const counts = new Array<number>(20).fill(0);
      for (const u of draws) counts[Math.floor(u * 20)]! += 1;
      const chiSquare = counts.reduce((sum, count) => sum + (count - neighbours / 20) ** 2 / (neighbours / 20), 0);
      expect(chiSquare).toBeLessThan(19 + 4 * Math.sqrt(2 * 19));
    }
  });

  it('runs independently of its neighbours all along', () => {
    const length = 2000;
    const sequence = (replication: number) => {
      const { uniform } = namedStream({ ...base, replication });
      return Array.from({ length }, uniform);
    };
    for (let replication = 0; replication < 50; replication += 1) {
      expect(Math.abs(correlation(sequence(replication), sequence(replication + 1)))).toBeLessThan(4.5 / Math.sqrt(length));
    }
  });
});
