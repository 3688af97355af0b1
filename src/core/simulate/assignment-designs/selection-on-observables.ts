import { defineParameters } from '../../contracts/parameter.ts';
import { log, logistic } from '../../numeric/elementary.ts';
import { randomOrder } from '../../random/variates.ts';
import { defineAssignmentDesign, type AssignmentInput } from './assignment-design.ts';

const logOdds = (label: string, help: string, value: number) =>
  ({
    kind: 'number',
    label,
    help: `${help} Log-odds of being treated per standard deviation.`,
    min: -3,
    max: 3,
    step: 0.1,
    default: value,
  }) as const;

const parameters = defineParameters({
  treated_share: {
    kind: 'number',
    label: 'Treated share',
    help: 'Share of the products that is treated: this many, rounded.',
    min: 0.02,
    max: 0.98,
    step: 0.01,
    default: 0.3,
  },
  quality_weight: logOdds('Pull of quality', 'Negative: products with weak listings are treated first.', -1),
  price_weight: logOdds('Pull of price', 'Positive: dear products are treated first.', 0),
  sales_weight: logOdds('Pull of earlier sales', 'By revenue before the intervention (no pull where there are no periods before it).', 0),
});

type Weights = {
  readonly treated_share: number;
  readonly quality_weight: number;
  readonly price_weight: number;
  readonly sales_weight: number;
};

/**
 * A logistic model of treatment in standardised quality, price and earlier revenue, its intercept solved so that the
 * probabilities sum to the number of places. Places are given by systematic sampling in random order (Madow 1949; Hartley and
 * Rao 1962), which treats exactly that many and each product with exactly its probability.
 */
export const selectionOnObservables = defineAssignmentDesign({
  id: 'selection_on_observables',
  label: 'Selection on observables',
  summary:
    'Products with weak (or strong) listings, prices or sales are treated first, softly: a fixed number, by a logistic model of what is on record.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies:
    'The effect on all, the treated or the controls, given that the analyst adjusts for every attribute that was used and that like products are found on both sides.',
  groups: ({ treated_share }, nProducts) => ({
    treated: places(treated_share, nProducts) > 0,
    controls: places(treated_share, nProducts) < nProducts,
  }),
  readsPreRevenue: ({ sales_weight }) => sales_weight !== 0,
  treatmentProbabilities,
  assign(input, weights, stream) {
    const probabilities = treatmentProbabilities(input, weights);
    const firstTreated = new Int32Array(probabilities.length).fill(-1);
    const order = randomOrder(stream, probabilities.length);
    const start = stream.uniform();
    const count = places(weights.treated_share, probabilities.length);
    let filled = 0;
    let sum = 0;
    for (const i of order) {
      sum += probabilities[i]!;
      if (filled < count && sum > start + filled) {
        firstTreated[i] = input.calendar.interventionIndex;
        filled += 1;
      }
    }
    return { firstTreated };
  },
});

function treatmentProbabilities(input: AssignmentInput, weights: Weights): Float64Array {
  const { catalog, preRevenue } = input;
  const score = new Float64Array(catalog.nProducts);
  addStandardised(score, catalog.quality, weights.quality_weight);
  addStandardised(score, catalog.price, weights.price_weight);
  addStandardised(score, preRevenue, weights.sales_weight);
  const intercept = solveIntercept(score, places(weights.treated_share, catalog.nProducts));
  return score.map((value) => logistic(intercept + value));
}

function places(share: number, nProducts: number): number {
  return Math.round(share * nProducts);
}

/** Adds weight times the standardised values; values that are all the same add nothing. */
function addStandardised(score: Float64Array, values: Float64Array, weight: number): void {
  if (weight === 0) return;
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += values[i]!;
  mean /= n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (values[i]! - mean) * (values[i]! - mean);
  if (!(squares > 0)) return;
  const perUnit = weight / Math.sqrt(squares / n);
  for (let i = 0; i < n; i += 1) score[i] = score[i]! + perUnit * (values[i]! - mean);
}

/** The intercept at which the probabilities sum to `count`: Newton's method, with bisection where a step leaves the bracket. */
function solveIntercept(score: Float64Array, count: number): number {
  const n = score.length;
  if (count <= 0) return -Infinity;
  if (count >= n) return Infinity;
  let low = -60 - maximum(score);
  let high = 60 - minimum(score);
  let intercept = log(count / (n - count));
  for (let step = 0; step < 200 && high - low > 1e-13; step += 1) {
    let sum = 0;
    let slope = 0;
    for (let i = 0; i < n; i += 1) {
      const p = logistic(intercept + score[i]!);
      sum += p;
      slope += p * (1 - p);
    }
    const excess = sum - count;
    if (Math.abs(excess) < 1e-11 * count) break;
    if (excess > 0) high = intercept;
    else low = intercept;
    const newton = intercept - excess / slope;
    intercept = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return intercept;
}

function maximum(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}

function minimum(values: Float64Array): number {
  let smallest = Infinity;
  for (const value of values) smallest = Math.min(smallest, value);
  return smallest;
}
