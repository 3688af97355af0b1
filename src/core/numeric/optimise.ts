const GOLDEN = 0.3819660112501051;
const EPSILON = 2.220446049250313e-16;

export interface ScalarMinimum {
  readonly x: number;
  readonly value: number;
  readonly evaluations: number;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
  /** Whether the gradient or the progress became negligible before the iterations ran out. */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  /** Fills `into` with the gradient at x; central differences when absent. */
  readonly gradient?: (x: Float64Array, into: Float64Array) => void;
  readonly maxIterations?: number;
  /** Stop when every gradient component times max(1, |x|) is below this times max(1, |value|). */
  readonly gradientTolerance?: number;
  /** Stop when the value improves by less than this, relatively. */
  readonly valueTolerance?: number;
}

/** Minimum of a function of one variable on [low, high]: Brent's golden section with parabolic steps. */
export function minimiseScalar(f: (x: number) => number, low: number, high: number, tolerance: number = 1e-8): ScalarMinimum {
  let a = low;
  let b = high;
  let x = a + GOLDEN * (b - a);
  let second = x;
  let third = x;
  let value = f(x);
  let secondValue = value;
  let thirdValue = value;
  let step = 0;
  let before = 0;
  let evaluations = 1;
  for (; evaluations < 500; evaluations += 1) {
    const middle = (a + b) / 2;
    const slack = tolerance * Math.abs(x) + 1e-2 * tolerance * Math.max(Math.abs(low), Math.abs(high), 1e-300);
    if (Math.abs(x - middle) <= 2 * slack - (b - a) / 2) break;
    let parabolic = false;
    if (Math.abs(before) > slack) {
      const r = (x - second) * (value - thirdValue);
      let q = (x - third) * (value - secondValue);
      let p = (x - third) * q - (x - second) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      const previous = before;
      before = step;
      if (Math.abs(p) < Math.abs(0.5 * q * previous) && p > q * (a - x) && p < q * (b - x)) {
        step = p / q;
        parabolic = true;
        const trial = x + step;
        if (trial - a < 2 * slack || b - trial < 2 * slack) step = x < middle ? slack : -slack;
      }
    }
    if (!parabolic) {
      before = (x < middle ? b : a) - x;
      step = GOLDEN * before;
    }
    const trial = x + (Math.abs(step) >= slack ? step : step > 0 ? slack : -slack);
    const trialValue = f(trial);
    if (trialValue <= value) {
      if (trial < x) b = x;
      else a = x;
      third = second;
      thirdValue = secondValue;
      second = x;
      secondValue = value;
      x = trial;
      value = trialValue;
      continue;
    }
    if (trial < x) a = trial;
    else b = trial;
    if (trialValue <= secondValue || second === x) {
      third = second;
      thirdValue = secondValue;
      second = trial;
      secondValue = trialValue;
    } else if (trialValue <= thirdValue || third === x || third === second) {
      third = trial;
      thirdValue = trialValue;
    }
  }
  return { x, value, evaluations };
}

/**
 * A zero of a continuous function that changes sign on [low, high], by Brent's method; undefined if it does not change sign there.
 * `tolerance` is the absolute width at which the bracket counts as a point (0: as far as doubles go).
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance: number = 0): number | undefined {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0)) return undefined;
  let c = a;
  let fc = fa;
  let step = b - a;
  let before = step;
  for (let iteration = 0; iteration < 1000; iteration += 1) {
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const slack = 2 * EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= slack || fb === 0) return b;
    if (Math.abs(before) >= slack && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      const direct = a === c;
      const r = fb / fc;
      const t = fa / fc;
      let p = direct ? 2 * half * s : s * (2 * half * t * (t - r) - (b - a) * (r - 1));
      let q = direct ? 1 - s : (t - 1) * (r - 1) * (s - 1);
      if (p > 0) q = -q;
      p = Math.abs(p);
      if (2 * p < Math.min(3 * half * q - Math.abs(slack * q), Math.abs(before * q))) {
        before = step;
        step = p / q;
      } else {
        step = half;
        before = half;
      }
    } else {
      step = half;
      before = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > slack ? step : half > 0 ? slack : -slack;
    fb = f(b);
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = b - a;
      before = step;
    }
  }
  return b;
}

/** A local minimum of a smooth function by BFGS with a backtracking (Armijo and curvature-guarded) line search. */
export function minimise(f: (x: Float64Array) => number, start: ArrayLike<number>, options: MinimiseOptions = {}): Minimum {
  const size = start.length;
  const { maxIterations = 500, gradientTolerance = 1e-9, valueTolerance = 1e-14 } = options;
  const gradientAt = options.gradient ?? ((x, into) => centralDifferences(f, x, into));
  let x: Float64Array = Float64Array.from(start);
  let value = f(x);
  const gradient = new Float64Array(size);
  gradientAt(x, gradient);
  const inverse = new Float64Array(size * size);
  resetToIdentity(inverse, size);
  const direction = new Float64Array(size);
  const newGradient = new Float64Array(size);
  let fresh = true;
  let stalls = 0;
  let iterations = 0;
  for (; iterations < maxIterations; iterations += 1) {
    if (isFlat(gradient, x, value, gradientTolerance)) return { x, value, gradient, iterations, converged: true };
    let slope = applyInverse(inverse, gradient, direction, size);
    if (!(slope < 0)) {
      resetToIdentity(inverse, size);
      fresh = true;
      slope = applyInverse(inverse, gradient, direction, size);
    }
    const found = lineSearch(f, x, value, direction, slope, fresh ? firstStep(x, gradient) : 1);
    if (found === undefined) {
      if (fresh) return { x, value, gradient, iterations, converged: isFlat(gradient, x, value, 1e-4) };
      resetToIdentity(inverse, size);
      fresh = true;
      continue;
    }
    gradientAt(found.x, newGradient);
    updateInverse(inverse, size, x, found.x, gradient, newGradient, fresh);
    fresh = false;
    stalls = value - found.value <= valueTolerance * (Math.abs(value) + 1e-300) ? stalls + 1 : 0;
    x = found.x;
    value = found.value;
    gradient.set(newGradient);
    if (stalls >= 3) return { x, value, gradient, iterations: iterations + 1, converged: true };
  }
  return { x, value, gradient, iterations, converged: false };
}

function lineSearch(
  f: (x: Float64Array) => number,
  x: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
  firstTrial: number,
): { x: Float64Array; value: number } | undefined {
  let step = firstTrial;
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const trial = x.map((xi, i) => xi + step * direction[i]!);
    const trialValue = f(trial);
    if (trialValue <= value + 1e-4 * step * slope) return trial.every((xi, i) => xi === x[i]) ? undefined : { x: trial, value: trialValue };
    const parabola = (-slope * step * step) / (2 * (trialValue - value - slope * step));
    step = parabola > 0.1 * step && parabola < 0.5 * step ? parabola : (trialValue === trialValue ? 0.3 : 0.1) * step;
  }
  return undefined;
}

function updateInverse(
  inverse: Float64Array,
  size: number,
  x: Float64Array,
  newX: Float64Array,
  gradient: Float64Array,
  newGradient: Float64Array,
  fresh: boolean,
): void {
  const s = newX.map((xi, i) => xi - x[i]!);
  const y = newGradient.map((gi, i) => gi - gradient[i]!);
  let curvature = 0;
  let yy = 0;
  let ss = 0;
  for (let i = 0; i < size; i += 1) {
    curvature += s[i]! * y[i]!;
    yy += y[i]! * y[i]!;
    ss += s[i]! * s[i]!;
  }
  if (!(curvature > 1e-10 * Math.sqrt(ss * yy))) return;
  if (fresh) for (let i = 0; i < size; i += 1) inverse[i * size + i] = curvature / yy;
  const hy = new Float64Array(size);
  let yhy = 0;
  for (let i = 0; i < size; i += 1) {
    let total = 0;
    for (let j = 0; j < size; j += 1) total += inverse[i * size + j]! * y[j]!;
    hy[i] = total;
    yhy += y[i]! * total;
  }
  const scale = (1 + yhy / curvature) / curvature;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      inverse[i * size + j] = inverse[i * size + j]! + scale * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / curvature;
    }
  }
}

function applyInverse(inverse: Float64Array, gradient: Float64Array, direction: Float64Array, size: number): number {
  let slope = 0;
  for (let i = 0; i < size; i += 1) {
    let total = 0;
    for (let j = 0; j < size; j += 1) total -= inverse[i * size + j]! * gradient[j]!;
    direction[i] = total;
    slope += total * gradient[i]!;
  }
  return slope;
}

function resetToIdentity(inverse: Float64Array, size: number): void {
  inverse.fill(0);
  for (let i = 0; i < size; i += 1) inverse[i * size + i] = 1;
}

function firstStep(x: Float64Array, gradient: Float64Array): number {
  let gradientSize = 0;
  let xSize = 1;
  for (let i = 0; i < x.length; i += 1) {
    gradientSize = Math.max(gradientSize, Math.abs(gradient[i]!));
    xSize = Math.max(xSize, Math.abs(x[i]!));
  }
  return Math.min(1, (0.1 * xSize) / gradientSize);
}

function isFlat(gradient: Float64Array, x: Float64Array, value: number, tolerance: number): boolean {
  return gradient.every((gi, i) => Math.abs(gi) * Math.max(1, Math.abs(x[i]!)) <= tolerance * Math.max(1, Math.abs(value)));
}

/** Central differences with steps of the cube root of machine epsilon. */
function centralDifferences(f: (x: Float64Array) => number, x: Float64Array, into: Float64Array): void {
  const probe = x.slice();
  for (let i = 0; i < x.length; i += 1) {
    const step = 6.055454452393343e-6 * Math.max(1, Math.abs(x[i]!));
    probe[i] = x[i]! + step;
    const above = f(probe);
    probe[i] = x[i]! - step;
    const below = f(probe);
    probe[i] = x[i]!;
    into[i] = (above - below) / (2 * step);
  }
}
