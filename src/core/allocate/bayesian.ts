import { defineParameters } from '../contracts/parameter.ts';
import { states, type PerState } from '../contracts/shared-types.ts';
import type { Aim } from './aim.ts';
import { defineDecisionRule, describeDecisionRule } from './decision-rule.ts';
import { add, decimal, multiply, powerOfTen, unitsOf, type Decimal } from './exact/exact-decimal.ts';
import { finiteStateAllocation, searchParameters } from './finite-state-allocation.ts';

const parameters = defineParameters({
  weights: {
    kind: 'weights',
    label: 'Weights of the states',
    help: 'How probable each state is held to be. Equal weights are Laplace\u2019s rule.',
    names: ['best', 'med', 'worst'],
    default: { best: 0.25, med: 0.5, worst: 0.25 },
  },
  ...searchParameters,
});

export const bayesianDescription = describeDecisionRule({
  id: 'bayesian',
  label: 'Expected return',
  summary: 'Funds the affordable portfolio with the largest return on average over the states, weighted by how probable they are held to be.',
  parameters,
  objective: { label: 'expected return', sense: 'maximise' },
  reference:
    'Savage, L. J. (1954). The Foundations of Statistics. Wiley. Equal weights: Laplace, P. S. (1814). Essai philosophique sur les probabilit\u00e9s. Courcier.',
});

/**
 * Max over portfolios x of sum_j w_j sum_i Rt_ij x_i, where Rt is the effective return and w the weights, made to add up to 1
 * exactly: three times 0.3333333333333333 are thirds. Savage 1954; Laplace 1814 for equal weights.
 */
export const bayesian = defineDecisionRule(
  bayesianDescription,
  (problem, given, solver) => finiteStateAllocation(problem, expectedReturn(given.weights), given, solver),
  ({ weights }) => expectedReturn(weights),
);

function expectedReturn(weights: PerState<number>): Aim {
  const { shares, total } = wholeShares(weights);
  const decimals = states.map((state) => normalised(shares[state], total));
  const divisor = decimals.includes(null) ? total : 1n;
  const factors = states.map((state, j) => (divisor === 1n ? (decimals[j] as Decimal) : { digits: shares[state], exponent: 0 }));
  return {
    kind: 'return',
    worth: (effective) => states.map((state, j) => multiply(factors[j] as Decimal, effective[state])).reduce(add),
    divisor: Number(divisor),
  };
}

/** The weights as whole numbers without a common factor. */
function wholeShares(weights: PerState<number>): { readonly shares: PerState<bigint>; readonly total: bigint } {
  const decimals = states.map((state) => decimal(weights[state]));
  const exponent = Math.min(...decimals.map((weight) => weight.exponent));
  const [best, med, worst] = decimals.map((weight) => unitsOf(weight, exponent, 'nearest')) as [bigint, bigint, bigint];
  const common = commonDivisor(commonDivisor(best, med), worst);
  const shares = { best: best / common, med: med / common, worst: worst / common };
  return { shares, total: shares.best + shares.med + shares.worst };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}

const mostDecimals = 20;

/** share / total where a decimal of reasonable length writes it. */
function normalised(share: bigint, total: bigint): Decimal | null {
  const digits = share * powerOfTen(mostDecimals);
  return digits % total === 0n ? multiply({ digits: digits / total, exponent: -mostDecimals }, decimal(1)) : null;
}
