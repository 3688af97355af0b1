import { inputError } from '../core/contracts/input-error.ts';
import { readCsv, unusable } from '../interchange/csv-table.ts';
import { diagnoseTable, readingNotes } from '../interchange/replicates-csv.ts';
import { replicateParts, type PartColumns } from '../interchange/replicates-columns.ts';
import { partOptions, type ReplicatesQuestion } from '../interchange/replicates-question.ts';
import { numberOption, readOptions, required, type Command } from './command.ts';
import { openDataFile } from './data-file.ts';

const text = { type: 'string' } as const;
const options = {
  data: text,
  true: text,
  estimate: text,
  se: text,
  lower: text,
  upper: text,
  df: text,
  p: text,
  by: text,
  level: text,
  'power-df': text,
} as const;

export const diagnoseCommand: Command = {
  usage:
    'diagnose --data REPLICATES.csv --true V|COLUMN [--estimate COLUMN] [--se COLUMN] [--lower COLUMN --upper COLUMN | --df COLUMN] [--p COLUMN] ' +
    '[--power-df N] [--level 0.95] [--by COLUMN[,COLUMN]]   Columns not named are found by their usual names, and COLUMN may be none. ' +
    'Without --by the answer has diagnosands over all rows; with --by it has a list `by`, one entry per group in the order of the file. ' +
    'replications are those with an answer; failures are the others, by reason. relative_error_model_se is in percent.',
  async run(words) {
    const given = readOptions(words, options);
    const reading = await readCsv(await openDataFile(required(given.data, 'data')));
    if (!reading.ok) throw unusable(reading.issues);
    const { table, summary } = reading;
    const names = [...table.columns.keys()];
    const diagnosis = diagnoseTable(table, summary.columns, question(given, names));
    const notes = readingNotes(summary.issues, table, diagnosis.columns);
    return { ...diagnosis, ...(notes.length > 0 ? { data_notes: notes } : {}) };
  },
};

type Given = { readonly [name in keyof typeof options]?: string };

function question(given: Given, names: readonly string[]): ReplicatesQuestion {
  const columns: { -readonly [part in keyof PartColumns]?: string | null } = {};
  for (const part of replicateParts) {
    const value = given[partOptions[part].slice(2) as keyof Given];
    if (value !== undefined) columns[part] = value === 'none' && !names.includes(value) ? null : value;
  }
  return {
    columns,
    truth: trueValue(given.true, names),
    level: numberOption(given.level, 'level', 0.95) as number,
    power_df: numberOption(given['power-df'], 'power-df', null),
    by: given.by === undefined ? [] : names.includes(given.by) ? [given.by] : given.by.split(',').map((name) => name.trim()),
  };
}

/** A number; null where a column holds it. @throws InputError */
function trueValue(text: string | undefined, names: readonly string[]): number | null {
  if (text === undefined || text === 'none' || names.includes(text)) return null;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw inputError('--true', `is neither a number nor a column; the file has ${names.join(', ')}`, text);
}
