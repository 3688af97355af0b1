import { Ajv } from 'ajv';
import { fileURLToPath } from 'node:url';
import { InputError, type Issue } from '../core/contracts/input-error.ts';
import { parseScenario } from '../core/scenario/parse-scenario.ts';
import { readJsonFile, readOptions, readTextFile, required, type Command } from './command.ts';
import { schemaIssues } from './json-schema-issues.ts';
import { lineOf } from './line-of.ts';

const schema = readJsonFile(fileURLToPath(new URL('../../public/scenario.schema.json', import.meta.url))) as object;
const validator = new Ajv({ allErrors: true, verbose: true, strict: true, strictTypes: false }).compile(schema);

/** A scenario file against the published JSON Schema, and then against what no schema can say. */
export const validateCommand: Command = {
  usage: 'validate --scenario FILE   the scenario alone, or a file with a field "scenario"',
  run(words) {
    const { scenario: file } = readOptions(words, { scenario: { type: 'string' } });
    const path = required(file, 'scenario');
    const given = readJsonFile(path);
    const wrapped = isRecord(given) && isRecord(given['scenario']);
    const issues = scenarioIssues(wrapped ? given['scenario'] : given);
    if (issues.length > 0) throw new InputError(issues.map((issue) => placed(issue, readTextFile(path), wrapped ? 'scenario' : '')));
    return Promise.resolve({ valid: true, file: path });
  },
};

/** Every issue once: in the words of the schema where it can suggest a name, else in those of the reader. */
export function scenarioIssues(given: unknown): Issue[] {
  const found = validator(given) ? [] : schemaIssues(validator.errors ?? []);
  const parsed = parseScenario(given);
  const read = new Map((parsed.ok ? [] : parsed.issues).map((issue) => [issue.path, issue]));
  const told = found.map(({ names, ...issue }) => (names === true ? issue : (read.get(issue.path) ?? issue)));
  const paths = new Set(told.map(({ path }) => path));
  return [...told, ...[...read.values()].filter(({ path }) => !paths.has(path))];
}

function placed(issue: Issue, text: string, prefix: string): Issue & { readonly line: number | null } {
  const path = [prefix, issue.path].filter((part) => part !== '').join('.');
  return { ...issue, path, line: lineOf(text, path) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
