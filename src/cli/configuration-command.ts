import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { InputError, inputError } from '../core/contracts/input-error.ts';
import { configurationFiles } from '../interchange/configuration/configuration-files.ts';
import { configurationLimits } from '../interchange/configuration/configuration.ts';
import { readConfiguration } from '../interchange/configuration/read-configuration.ts';
import { archiveTexts, configurationTexts, isConfigurationPath, mostFileBytes } from '../interchange/configuration/texts.ts';
import { readOptions, required, UsageError, type Command } from './command.ts';
import { scenarioOption, scenarioOptions } from './scenario-option.ts';

/** The Python family's configurations as a scenario, or a scenario as theirs. */
export const configurationCommand: Command = {
  usage: 'configuration --data DIR|FILE.yaml|FILE.zip   |   configuration (--preset P | --scenario FILE) [--seed S] --out DIR',
  run(words) {
    const options = readOptions(words, {
      data: { type: 'string' },
      ...scenarioOptions,
      out: { type: 'string' },
    });
    if (options.data === undefined) return Promise.resolve(written(required(options.out, 'out'), options));
    if (options.preset !== undefined || options.scenario !== undefined) throw new UsageError('give --data, or a scenario and --out');
    const texts = textsOf(options.data);
    if (!texts.ok) throw new InputError(texts.issues);
    const reading = readConfiguration(texts.files);
    if (!reading.ok) throw new InputError(reading.issues);
    const { scenario, mapped, unmapped, assumed } = reading;
    return Promise.resolve({ scenario, mapped, unmapped, assumed });
  },
};

function written(folder: string, options: Parameters<typeof scenarioOption>[0]) {
  const { files, noCounterpart } = configurationFiles(scenarioOption(options));
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return { out: folder, files: [...files.keys()], no_counterpart: noCounterpart };
}

function textsOf(path: string): ReturnType<typeof configurationTexts> {
  try {
    if (statSync(path).isDirectory())
      return configurationTexts(filesIn(path, path).map((file) => [relative(path, file), boundedBytes(file)] as const));
    return /\.zip$/i.test(path) ? archiveTexts(readFileSync(path)) : configurationTexts([[basename(path), boundedBytes(path)]]);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw inputError(path, `cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

function boundedBytes(file: string): Uint8Array {
  const { size } = statSync(file);
  if (size > mostFileBytes) throw inputError(file, `holds ${size} bytes; a configuration at most ${mostFileBytes}`);
  return readFileSync(file);
}

/** The configurations in a folder and below it. */
function filesIn(folder: string, root: string, found: string[] = []): readonly string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) filesIn(path, root, found);
    else if (isConfigurationPath(relative(root, path))) found.push(path);
    if (found.length > configurationLimits.files)
      throw inputError(root, `holds more than ${configurationLimits.files} configurations; give the folder of one problem`);
  }
  return found;
}
