import { checkContract } from '../core/contracts/check-contract.ts';
import { InputError } from '../core/contracts/input-error.ts';
import { measureResultSchema } from '../core/contracts/measure-result.ts';
import { parseParameters } from '../core/contracts/parameter.ts';
import { estimators, findEstimator } from '../core/measure/index.ts';
import { parseCsv } from '../interchange/csv-table.ts';
import { jsonOption, readOptions, readTextFile, required, UsageError, type Command } from './command.ts';

const leastSample = 30;

export const measureCommand: Command = {
  usage: "measure --method ID --data FILE.csv [--params '{...}'] [--id INITIATIVE]",
  async run(words) {
    const options = readOptions(words, { method: { type: 'string' }, data: { type: 'string' }, params: { type: 'string' }, id: { type: 'string' } });
    const method = required(options.method, 'method');
    const estimator = findEstimator(method);
    if (estimator === undefined) throw new UsageError(`there is no method '${method}'; there are ${Object.keys(estimators).join(', ')}`);
    const table = parseCsv(readTextFile(required(options.data, 'data')));
    const parsed = parseParameters(estimator.parameters, jsonOption(options.params, 'params'), '--params');
    if (!parsed.ok) throw new InputError(parsed.issues);
    const estimate = estimator.estimate(table, parsed.value);
    const initiativeId = options.id ?? 'data';
    const head = { initiative_id: initiativeId, model_type: estimator.model_type, method, sample_size: estimate.n_observations };
    if (estimate.status === 'degenerate') return { ...head, ...estimate };
    const { estimate: effect, picture: _picture, ...rest } = estimate;
    const result = { ...head, effect_estimate: effect, ...rest };
    if (result.sample_size < leastSample) {
      return { ...result, warnings: [...result.warnings, `${result.sample_size} rows: fewer than the ${leastSample} a MeasureResult needs, so the loop would not take this result`] };
    }
    return checkContract('MeasureResult', measureResultSchema, result);
  },
};
