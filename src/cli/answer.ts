import { InputError } from '../core/contracts/input-error.ts';
import { allocateCommand } from './allocate-command.ts';
import { codeCommand } from './code-command.ts';
import type { Command } from './command.ts';
import { UsageError } from './command.ts';
import { configurationCommand } from './configuration-command.ts';
import { decideCommand } from './decide-command.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { evaluateCommand } from './evaluate-command.ts';
import { gridCommand } from './grid-command.ts';
import { jobsCommand } from './jobs-command.ts';
import { measureCommand } from './measure-command.ts';
import { mergeCommand } from './merge-command.ts';
import { runCommand } from './run-command.ts';
import { simulateCommand } from './simulate-command.ts';
import { studyCommand } from './study-command.ts';
import { sweepCommand } from './sweep-command.ts';
import { validateCommand } from './validate-command.ts';

/** What a command line is answered with: one JSON document for one of the two streams. */
export type Answer = { readonly code: 0 | 1 | 2; readonly out: string; readonly error: string };

const commands: Readonly<Record<string, Command>> = {
  run: runCommand,
  simulate: simulateCommand,
  measure: measureCommand,
  code: codeCommand,
  evaluate: evaluateCommand,
  allocate: allocateCommand,
  decide: decideCommand,
  diagnose: diagnoseCommand,
  study: studyCommand,
  merge: mergeCommand,
  sweep: sweepCommand,
  grid: gridCommand,
  jobs: jobsCommand,
  configuration: configurationCommand,
  validate: validateCommand,
};

/** One JSON document on standard output; errors as JSON on standard error, exit 1 for input, 2 for usage. */
export async function answer(words: readonly string[]): Promise<Answer> {
  const [name = '', ...rest] = words;
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(name === '' ? 'no command given' : `there is no command '${name}'`);
    return { code: 0, out: `${JSON.stringify(await command.run(rest), null, 2)}\n`, error: '' };
  } catch (error) {
    const usage = error instanceof UsageError;
    return { code: usage ? 2 : 1, out: '', error: `${JSON.stringify({ error: describe(error, usage ? name : null) }, null, 2)}\n` };
  }
}

function describe(error: unknown, commandName: string | null) {
  if (error instanceof InputError) return { message: 'the input cannot be used', issues: error.issues };
  const message = error instanceof Error ? error.message : String(error);
  if (commandName === null) return { message };
  const known = commands[commandName];
  return { message, usage: known === undefined ? Object.values(commands).map((command) => command.usage) : [known.usage] };
}
