import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inputError } from '../core/contracts/input-error.ts';
import { measureTable } from '../core/measure-table.ts';
import {
  codeLanguages,
  codeQuestion,
  leftOut,
  runEstimates,
  runQuestion,
  writeScript,
  type CodeHeader,
  type CodeLanguage,
  type CodeLanguageId,
  type CodeQuestion,
} from '../interchange/code/index.ts';
import { unusable, readCsv } from '../interchange/csv-table.ts';
import { pilotFile } from '../interchange/pilot-file.ts';
import { tableCsv } from '../interchange/table-csv.ts';
import { jsonOption, readOptions, required, UsageError, type Command } from './command.ts';
import { openDataFile } from './data-file.ts';
import { runHere } from './run-here.ts';
import { replicatedOptions, replicationOption, scenarioOption } from './scenario-option.ts';

const options = {
  language: { type: 'string' },
  ...replicatedOptions,
  data: { type: 'string' },
  method: { type: 'string' },
  parameters: { type: 'string' },
  params: { type: 'string' },
  id: { type: 'string' },
  out: { type: 'string' },
} as const;

type Given = ReturnType<typeof readOptions<typeof options>>;
type Asked = { readonly header: CodeHeader; readonly questions: readonly CodeQuestion[]; readonly files: ReadonlyMap<string, string> };

export const codeCommand: Command = {
  usage:
    "code --language r|python --out DIR (--preset ID | --scenario FILE [--seed S] [--replication R]) | --data FILE.csv --method ID [--parameters '{...}'] [--id NAME]",
  async run(words) {
    const given = readOptions(words, options);
    const language = languageOption(required(given.language, 'language'));
    const out = required(given.out, 'out');
    const { header, questions, files } = given.data === undefined ? await askedOfRun(given) : await askedOfData(given, given.data);
    const all = new Map([...files, [language.file, writeScript(language, header, questions)]]);
    writeAll(out, all);
    return { out, script: language.file, files: [...files.keys()], n_estimates: questions.length, left_out: leftOut(language, questions) };
  },
};

function languageOption(id: string): CodeLanguage {
  if (Object.hasOwn(codeLanguages, id)) return codeLanguages[id as CodeLanguageId];
  throw new UsageError(`--language must be one of ${Object.keys(codeLanguages).join(', ')} (found '${id}')`);
}

async function askedOfRun(given: Given): Promise<Asked> {
  for (const name of ['method', 'parameters', 'params', 'id'] as const)
    if (given[name] !== undefined) throw new UsageError(`--${name} goes with --data; a scenario says itself what is measured`);
  const scenario = scenarioOption(given);
  const run = await runHere(scenario, replicationOption(given));
  const files = new Map<string, string>();
  const questions = runEstimates(run).map((estimate) => {
    const made = pilotFile(estimate.task);
    files.set(estimate.file, made.csv);
    return runQuestion(estimate, made);
  });
  return { header: { title: scenario.title, link: null, digest: run.digest }, questions, files };
}

async function askedOfData(given: Given, path: string): Promise<Asked> {
  for (const name of ['preset', 'scenario', 'seed', 'replication'] as const)
    if (given[name] !== undefined) throw new UsageError(`--${name} goes with a scenario, and --data with a table: give one of them`);
  if (given.parameters !== undefined && given.params !== undefined)
    throw new UsageError('--params is another name of --parameters: give one of them');
  const name = given.params === undefined ? 'parameters' : 'params';
  const reading = await readCsv(await openDataFile(path));
  if (!reading.ok) throw unusable(reading.issues);
  const id = given.id ?? 'data';
  const question = { initiative_id: id, method: required(given.method, 'method'), parameters: jsonOption(given[name], name) };
  const { result } = measureTable(reading.table, question, `--${name}`);
  const columns = Array.from(reading.table.columns, ([column, { kind }]) => ({ name: column, kind }));
  const file = 'data.csv';
  if (resolve(required(given.out, 'out'), file) === resolve(path))
    throw inputError('--out', `would overwrite ${path}: give another folder`);
  return {
    header: { title: `${question.method} on ${path}`, link: null, digest: null },
    questions: [codeQuestion({ file, columns, question, result })],
    files: new Map([[file, tableCsv(reading.table)]]),
  };
}

function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
  } catch (error) {
    throw inputError('--out', `cannot be written to (${error instanceof Error ? error.message : String(error)})`, folder);
  }
}
