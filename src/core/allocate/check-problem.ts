import { InputError, type Issue } from '../contracts/input-error.ts';
import { checkConstraints } from './check-constraints.ts';
import { unknownName } from '../contracts/parameter.ts';
import { benchmarks, type AllocationProblem, type Candidate } from './decision-rule.ts';

const numbers = ['cost', 'R_best', 'R_med', 'R_worst', 'confidence'] as const;
/** Sums of thousands stay finite. */
const largest = 1e300;

/** @throws InputError that lists everything wrong with the problem, by path. It may come unchecked from a file. */
export function checkProblem(problem: AllocationProblem): void {
  const { candidates, budget, min_confidence_threshold: threshold, min_portfolio_worst_return: floor, benchmark }: AllocationProblem = problem;
  if (!Array.isArray(candidates)) throw new InputError([{ path: 'initiatives', message: 'must be a list', value: candidates }]);
  const seen = new Set<string>();
  const issues: Issue[] = (candidates as readonly Candidate[]).flatMap((candidate, i) => candidateIssues(candidate, `initiatives.${i}`, seen));
  if (!Number.isFinite(budget) || budget < 0) issues.push({ path: 'budget', message: `must be a number of at least 0 (found ${budget})`, value: budget });
  if (!(threshold >= 0 && threshold <= 1)) {
    issues.push({ path: 'min_confidence_threshold', message: `must lie between 0 and 1 (found ${threshold})`, value: threshold });
  }
  if (floor !== null && !Number.isFinite(floor)) {
    issues.push({ path: 'min_portfolio_worst_return', message: `must be a finite number (found ${floor})`, value: floor });
  }
  if (benchmark !== undefined && !benchmarks.includes(benchmark)) {
    issues.push({ path: 'benchmark', message: `'${String(benchmark)}' ${unknownName(String(benchmark), benchmarks)}`, value: benchmark });
  }
  if (issues.length === 0) issues.push(...checkConstraints(problem.constraints, [...(candidates as readonly Candidate[]), ...(problem.unavailable ?? [])]));
  if (issues.length > 0) throw new InputError(issues);
}

function candidateIssues(candidate: Candidate, path: string, seen: Set<string>): Issue[] {
  if (typeof candidate !== 'object' || candidate === null) return [{ path, message: 'must be an object', value: candidate }];
  const issues: Issue[] = [];
  const add = (field: string, message: string, value: unknown) => issues.push({ path: `${path}.${field}`, message, value });
  const { id, cost, R_best, R_med, R_worst, confidence } = candidate;
  const { category, divisible }: { readonly category?: unknown; readonly divisible?: unknown } = candidate;
  if (typeof id !== 'string' || id === '') add('id', 'must be text', id);
  else if (seen.has(id)) add('id', `'${id}' is used twice; every initiative needs an id of its own`, id);
  seen.add(id);
  for (const field of numbers) {
    const value: unknown = candidate[field];
    if (typeof value !== 'number' || !Number.isFinite(value)) add(field, `must be a finite number (found ${String(value)})`, value);
    else if (Math.abs(value) > largest) add(field, `must lie between -${largest} and ${largest} (found ${value})`, value);
  }
  if (category !== undefined && typeof category !== 'string') add('category', 'must be text', category);
  if (divisible !== undefined && typeof divisible !== 'boolean') add('divisible', 'must be true or false', divisible);
  if (issues.length > 0) return issues;
  if (cost <= 0) add('cost', `must be more than 0 (found ${cost})`, cost);
  if (R_worst > R_med || R_med > R_best) add('R_med', `needs R_worst <= R_med <= R_best (found ${R_worst}, ${R_med}, ${R_best})`, R_med);
  if (confidence < 0 || confidence > 1) add('confidence', `must lie between 0 and 1 (found ${confidence})`, confidence);
  return issues;
}
