import { cos } from './elementary.ts';

const POINTS = 32;
const NODES = new Float64Array(POINTS / 2);
const WEIGHTS = new Float64Array(POINTS / 2);
for (let i = 0; i < POINTS / 2; i += 1) {
  let x = cos((Math.PI * (i + 0.75)) / (POINTS + 0.5));
  let slope = 1;
  for (let step = 0; step < 6; step += 1) {
    let previous = 1;
    let current = x;
    for (let n = 2; n <= POINTS; n += 1) {
      const next = ((2 * n - 1) * x * current - (n - 1) * previous) / n;
      previous = current;
      current = next;
    }
    slope = (POINTS * (x * current - previous)) / (x * x - 1);
    x -= current / slope;
  }
  NODES[i] = x;
  WEIGHTS[i] = 2 / ((1 - x * x) * slope * slope);
}

/** Integral of a smooth function over [from, to] by the 32-point Gauss-Legendre rule. */
export function integrateGaussLegendre(integrand: (x: number) => number, from: number, to: number): number {
  const centre = (from + to) / 2;
  const half = (to - from) / 2;
  let sum = 0;
  for (let i = 0; i < POINTS / 2; i += 1) {
    const offset = half * NODES[i]!;
    sum += WEIGHTS[i]! * (integrand(centre - offset) + integrand(centre + offset));
  }
  return half * sum;
}
