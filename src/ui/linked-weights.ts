export type Weights = Readonly<Record<string, number>>;

/** One weight set, the others sharing what is left in the proportion they had, so that all add up to 1. */
export function withWeight(weights: Weights, names: readonly string[], name: string, value: number): Weights {
  const others = names.filter((other) => other !== name);
  const before = others.reduce((sum, other) => sum + (weights[other] ?? 0), 0);
  const left = 1 - value;
  const share = (other: string) => (before > 0 ? (weights[other] ?? 0) / before : 1 / others.length);
  const rounded = Object.fromEntries(others.map((other) => [other, tidy(left * share(other))]));
  const last = others.at(-1);
  if (last !== undefined) {
    const rest = others.slice(0, -1).reduce((sum, other) => sum + (rounded[other] ?? 0), 0);
    rounded[last] = Math.max(0, tidy(left - rest));
  }
  return Object.fromEntries(names.map((each) => [each, each === name ? value : (rounded[each] ?? 0)]));
}

export function isWeights(value: unknown, names: readonly string[]): value is Weights {
  return typeof value === 'object' && value !== null && names.every((name) => typeof (value as Record<string, unknown>)[name] === 'number');
}

/** Without the tail that binary fractions have: 0.3, not 0.30000000000000004. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}
