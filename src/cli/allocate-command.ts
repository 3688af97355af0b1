import { allocate } from '../core/allocate/index.ts';
import { checkProblem } from '../core/allocate/check-problem.ts';
import { correctReturns, defaultCorrection, returnCorrections } from '../core/allocate/corrections/index.ts';
import type { CorrectedReturn } from '../core/allocate/corrections/return-correction.ts';
import { benchmarks, type Benchmark, type Candidate } from '../core/allocate/decision-rule.ts';
import { decisionRuleDescriptions } from '../core/allocate/descriptions.ts';
import { confidencePenalties, defaultPenalty } from '../core/allocate/penalties/index.ts';
import { inputError } from '../core/contracts/input-error.ts';
import type { Choice } from '../core/scenario/scenario.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { candidatesFromResultsCsv } from '../interchange/results-csv.ts';
import { jsonOption, numberOption, readJsonFile, readOptions, readTextFile, required, UsageError, type Command } from './command.ts';

type GivenCandidate = Candidate & { readonly standard_error?: number | null };

export const allocateCommand: Command = {
  usage: `allocate --data FILE --budget B [--rule ${Object.keys(decisionRuleDescriptions).join('|')}] [--params '{...}'] [--min-confidence C] [--min-worst-return R] [--benchmark ${benchmarks.join('|')}] [--penalty ${Object.keys(confidencePenalties).join('|')}] [--penalty-params '{...}'] [--correction ${Object.keys(returnCorrections).join('|')}] [--correction-params '{...}'] [--confidence-level L] [--constraints '{...}']`,
  async run(words) {
    const options = readOptions(words, {
      data: { type: 'string' },
      budget: { type: 'string' },
      rule: { type: 'string' },
      'min-confidence': { type: 'string' },
      'min-worst-return': { type: 'string' },
      params: { type: 'string' },
      benchmark: { type: 'string' },
      penalty: { type: 'string' },
      'penalty-params': { type: 'string' },
      correction: { type: 'string' },
      'correction-params': { type: 'string' },
      'confidence-level': { type: 'string' },
      constraints: { type: 'string' },
    });
    const file = required(options.data, 'data');
    const level = levelOption(options['confidence-level']);
    const candidates = file.toLowerCase().endsWith('.csv')
      ? candidatesFromResultsCsv(readTextFile(file), level).candidates
      : candidatesIn(file);
    const correction = {
      id: options.correction ?? defaultCorrection.id,
      parameters: jsonOption(options['correction-params'], 'correction-params'),
    };
    const problem = {
      candidates,
      budget: numberOption(required(options.budget, 'budget'), 'budget', null) as number,
      min_confidence_threshold: numberOption(options['min-confidence'], 'min-confidence', 0) as number,
      min_portfolio_worst_return: numberOption(options['min-worst-return'], 'min-worst-return', null),
      rule: options.rule ?? 'minimax_regret',
      rule_parameters: jsonOption(options.params, 'params'),
      benchmark: (options.benchmark ?? 'budget-only') as Benchmark,
      penalty: { id: options.penalty ?? defaultPenalty.id, parameters: jsonOption(options['penalty-params'], 'penalty-params') },
      constraints: jsonOption(options.constraints, 'constraints'),
    };
    checkProblem(problem);
    checkStandardErrors(candidates);
    return allocate({ ...problem, candidates: corrected(candidates, correction, level) }, await loadHighsSolver());
  },
};

/** The candidates with their returns corrected; `standard_error` may stand beside them, else the interval's width does. */
function corrected(candidates: readonly GivenCandidate[], correction: Choice, level: number): Candidate[] {
  const returns = candidates.map(({ id, cost, R_best, R_med, R_worst, standard_error = null }) => ({
    id,
    cost,
    R_best,
    R_med,
    R_worst,
    standard_error,
  }));
  const after = correctReturns(correction, returns, { confidence_level: level });
  return candidates.map((candidate, i) => {
    const { R_best, R_med, R_worst } = after[i] as CorrectedReturn;
    return { ...candidate, R_best, R_med, R_worst };
  });
}

function checkStandardErrors(candidates: readonly GivenCandidate[]): void {
  candidates.forEach(({ standard_error: given = null }, i) => {
    const isUsable = given === null || (Number.isFinite(given) && given >= 0);
    if (!isUsable)
      throw inputError(`initiatives.${i}.standard_error`, `must be a number of at least 0, or null (found ${String(given)})`, given);
  });
}

function levelOption(text: string | undefined): number {
  const level = numberOption(text, 'confidence-level', 0.95) as number;
  if (!(level >= 0.5 && level <= 0.999)) throw new UsageError('--confidence-level must lie between 0.5 and 0.999, such as 0.95');
  return level;
}

function candidatesIn(file: string): GivenCandidate[] {
  const candidates = readJsonFile(file);
  if (!Array.isArray(candidates)) throw inputError(file, 'must hold a list of { id, cost, R_best, R_med, R_worst, confidence }');
  return candidates as GivenCandidate[];
}
