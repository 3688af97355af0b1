import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cos, exp, expm1, log, log1p, logistic, pow, sin } from '../../../../src/core/numeric/elementary.ts';

fc.configureGlobal({ seed: 7 });

const functions = { exp, expm1, log, log1p, logistic, pow, sin, cos };
const platform = { exp: Math.exp, expm1: Math.expm1, log: Math.log, log1p: Math.log1p, sin: Math.sin, cos: Math.cos };
const golden = JSON.parse(readFileSync(new URL('../../../reference/elementary.json', import.meta.url), 'utf8')) as {
  rows: [keyof typeof functions, [number, number], number][];
};
const SPECIAL = [
  0,
  -0,
  1,
  -1,
  2,
  -2,
  3,
  0.5,
  -0.5,
  Infinity,
  -Infinity,
  NaN,
  5e-324,
  -5e-324,
  1e-310,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  709.782712893384,
  709.7827128933841,
  -745.1,
  -745.14,
  -708.4,
  1e300,
  1e-300,
  9007199254740991,
  9007199254740994,
  1e17,
  -1e17,
  1025.5,
  37,
  -37,
];

describe('elementary functions against correctly rounded values', () => {
  for (const name of Object.keys(functions) as (keyof typeof functions)[]) {
    const limit = name === 'logistic' ? 2 : 1;
    it(`${name} is within ${limit} units in the last place`, () => {
      const rows = golden.rows.filter((row) => row[0] === name);
      expect(rows.length).toBeGreaterThan(30);
      for (const [, args, value] of rows) {
        const steps = Math.abs(functions[name](...args) - value) / unitInLastPlace(value);
        expect(steps, `${name}(${args.join(', ')})`).toBeLessThanOrEqual(limit);
      }
    });
  }
});

describe('special cases', () => {
  for (const name of Object.keys(platform) as (keyof typeof platform)[]) {
    it(`${name} agrees with the platform at zeros, infinities, NaN, subnormals and limits`, () => {
      for (const x of SPECIAL) expectClose(functions[name](x), platform[name](x), `${name}(${x})`);
    });
  }
  it('pow agrees with the platform for every pair of special values', () => {
    for (const x of SPECIAL) for (const y of SPECIAL) expectClose(pow(x, y), Math.pow(x, y), `pow(${x}, ${y})`);
  });
  it('logistic reaches its limits without overflow', () => {
    expect([logistic(-Infinity), logistic(Infinity), logistic(0), logistic(1000)]).toEqual([0, 1, 0.5, 1]);
    expect(logistic(-745)).toBe(5e-324);
    expect(logistic(NaN)).toBeNaN();
  });
  it('keeps the sign of zero', () => {
    expect([sin(-0), expm1(-0), log1p(-0)]).toEqual([-0, -0, -0]);
  });
});

describe('identities', () => {
  const finite = fc.double({ min: -700, max: 700, noNaN: true });
  it('log inverts exp', () => {
    fc.assert(fc.property(finite, (x) => Math.abs(log(exp(x)) - x) <= 4e-16 * Math.max(1, Math.abs(x))));
  });
  it('exp never decreases', () => {
    fc.assert(fc.property(finite, (x) => exp(x) <= exp(x + 4e-16 * Math.abs(x))));
  });
  it('sine and cosine lie on the unit circle', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1) < 1e-15),
    );
  });
  it('the logistic function is symmetric about one half', () => {
    fc.assert(fc.property(finite, (x) => Math.abs(logistic(x) + logistic(-x) - 1) < 3e-16));
  });
  it('powers with whole exponents equal repeated multiplication', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), fc.integer({ min: -20, max: 20 }), (x, n) => {
        let product = 1;
        for (let i = 0; i < Math.abs(n); i += 1) product *= x;
        return Math.abs(pow(x, n) / (n < 0 ? 1 / product : product) - 1) < 5e-15;
      }),
    );
  });
});

function unitInLastPlace(value: number): number {
  const size = Math.abs(value);
  if (size < 2.2250738585072014e-308) return 5e-324;
  return 2 ** (Math.floor(Math.log2(size)) - 52);
}

function expectClose(own: number, other: number, what: string): void {
  if (own === 0 || other === 0 || !Number.isFinite(other)) {
    expect(own, what).toBe(other);
    return;
  }
  expect(Math.abs(own - other), what).toBeLessThanOrEqual(Math.max(4.5e-16 * Math.abs(other), 5e-324));
}
