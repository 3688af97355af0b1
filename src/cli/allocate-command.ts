import { allocate } from '../core/allocate/index.ts';
import { benchmarks, type Benchmark, type Candidate } from '../core/allocate/decision-rule.ts';
import { decisionRuleDescriptions } from '../core/allocate/descriptions.ts';
import { confidencePenalties, defaultPenalty } from '../core/allocate/penalties/index.ts';
import { inputError } from '../core/contracts/input-error.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { candidatesFromResultsCsv } from '../interchange/results-csv.ts';
import { jsonOption, numberOption, readJsonFile, readOptions, readTextFile, required, type Command } from './command.ts';

export const allocateCommand: Command = {
  usage: `allocate --data FILE --budget B [--rule ${Object.keys(decisionRuleDescriptions).join('|')}] [--params '{...}'] [--min-confidence C] [--min-worst-return R] [--benchmark ${benchmarks.join('|')}] [--penalty ${Object.keys(confidencePenalties).join('|')}] [--penalty-params '{...}'] [--constraints '{...}']`,
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
      constraints: { type: 'string' },
    });
    const file = required(options.data, 'data');
    const problem = {
      candidates: file.toLowerCase().endsWith('.csv') ? candidatesFromResultsCsv(readTextFile(file)).candidates : candidatesIn(file),
      budget: numberOption(required(options.budget, 'budget'), 'budget', null) as number,
      min_confidence_threshold: numberOption(options['min-confidence'], 'min-confidence', 0) as number,
      min_portfolio_worst_return: numberOption(options['min-worst-return'], 'min-worst-return', null),
      rule: options.rule ?? 'minimax_regret',
      rule_parameters: jsonOption(options.params, 'params'),
      benchmark: (options.benchmark ?? 'budget-only') as Benchmark,
      penalty: { id: options.penalty ?? defaultPenalty.id, parameters: jsonOption(options['penalty-params'], 'penalty-params') },
      constraints: jsonOption(options.constraints, 'constraints'),
    };
    return allocate(problem, await loadHighsSolver());
  },
};

function candidatesIn(file: string): Candidate[] {
  const candidates = readJsonFile(file);
  if (!Array.isArray(candidates)) throw inputError(file, 'must hold a list of { id, cost, R_best, R_med, R_worst, confidence }');
  return candidates as Candidate[];
}
