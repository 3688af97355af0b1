import { inputError } from '../core/contracts/input-error.ts';
import { estimators, findEstimator } from '../core/measure/index.ts';
import { measureTable } from '../core/measure-table.ts';
import { asInputIssue } from '../interchange/csv-issues.ts';
import { readAsChoices, type ReadAs } from '../interchange/csv-column-scan.ts';
import { readCsv, unusable } from '../interchange/csv-table.ts';
import { jsonOption, readOptions, required, UsageError, type Command } from './command.ts';
import { openDataFile } from './data-file.ts';

const options = {
  method: { type: 'string' },
  data: { type: 'string' },
  parameters: { type: 'string' },
  params: { type: 'string' },
  'read-as': { type: 'string' },
  id: { type: 'string' },
  picture: { type: 'boolean' },
} as const;

export const measureCommand: Command = {
  usage: `measure --method ID --data FILE.csv [--parameters '{...}'] [--read-as '{"COLUMN":"${readAsChoices.join('|')}"}'] [--id INITIATIVE] [--picture]`,
  async run(words) {
    const given = readOptions(words, options);
    const method = required(given.method, 'method');
    if (findEstimator(method) === undefined)
      throw new UsageError(`there is no method '${method}'; there are ${Object.keys(estimators).join(', ')}`);
    if (given.parameters !== undefined && given.params !== undefined)
      throw new UsageError('--params is another name of --parameters: give one of them');
    const name = given.params === undefined ? 'parameters' : 'params';
    const parameters = jsonOption(given[name], name);
    const reading = await readCsv(await openDataFile(required(given.data, 'data')), { readAs: readAsOption(given['read-as']) });
    if (!reading.ok) throw unusable(reading.issues);
    const question = { initiative_id: given.id ?? 'data', method, parameters };
    const { result, picture } = measureTable(reading.table, question, `--${name}`);
    const notes = reading.summary.issues.listed.map(asInputIssue);
    return { ...result, ...(given.picture === true ? { picture } : {}), ...(notes.length > 0 ? { data_notes: notes } : {}) };
  },
};

function readAsOption(text: string | undefined): Readonly<Record<string, ReadAs>> {
  const given = jsonOption(text, 'read-as');
  for (const [column, value] of Object.entries(given)) {
    if (!readAsChoices.some((choice) => choice === value))
      throw inputError(`--read-as.${column}`, `must be one of ${readAsChoices.join(', ')} (found ${JSON.stringify(value)})`, value);
  }
  return given as Readonly<Record<string, ReadAs>>;
}
