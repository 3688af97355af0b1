import type { State } from '../../contracts/shared-types.ts';
import type { Allocation, AllocationProblem, Portfolio } from '../decision-rule.ts';
import { effectiveReturns } from '../effective-returns.ts';
import { add, decimal, multiply, subtract, toNumber, zero, type Decimal } from '../exact/exact-decimal.ts';
import { confidencePenalty } from '../penalties/index.ts';
import type { CellArithmetic, CellTerm, ExactNumber } from './explanations.ts';

/**
 * How the payoff and the regret of a portfolio in a state come about, term by term and in exact decimals:
 * V*_j - sum_i share_i ((1 - gamma_i) R_ij + gamma_i R_i,worst). V*_j is the allocation's.
 */
export function cellArithmetic(
  problem: AllocationProblem,
  allocation: Pick<Allocation, 'v_star' | 'v_star_portfolios'>,
  portfolio: Pick<Portfolio, 'ids' | 'shares'>,
  state: State,
): CellArithmetic {
  const gammaAt = confidencePenalty(problem.penalty);
  const chosen = new Set(portfolio.ids);
  const lines = problem.candidates
    .filter(({ id }) => chosen.has(id))
    .map((candidate) => {
      const share = decimal(portfolio.shares?.[candidate.id] ?? 1);
      const effective = effectiveReturns(candidate, gammaAt)[state];
      const term: CellTerm = {
        id: candidate.id,
        share: exact(share),
        confidence: exact(decimal(candidate.confidence)),
        gamma: exact(gammaAt(candidate.confidence)),
        R_state: exact(decimal(candidate[`R_${state}`])),
        R_worst: exact(decimal(candidate.R_worst)),
        effective: exact(effective),
      };
      return { term, value: multiply(share, effective) };
    });
  const sum = lines.map(({ value }) => value).reduce(add, zero);
  const vStar = decimal(allocation.v_star[state]);
  return {
    state,
    terms: lines.map(({ term }) => term),
    sum: exact(sum),
    v_star: exact(vStar),
    v_star_portfolio: allocation.v_star_portfolios[state],
    regret: exact(subtract(vStar, sum)),
  };
}

function exact(value: Decimal): ExactNumber {
  return { value: toNumber(value.digits, value.exponent), decimal: plain(value) };
}

/** Without an exponent: -12.5, 300, 0.004. */
function plain({ digits, exponent }: Decimal): string {
  const negative = digits < 0n;
  const text = String(negative ? -digits : digits);
  const places = Math.max(0, -exponent);
  const padded = `${text}${'0'.repeat(Math.max(0, exponent))}`.padStart(places + 1, '0');
  const whole = padded.slice(0, padded.length - places);
  const fraction = padded.slice(padded.length - places);
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
