import { writeFileSync } from 'node:fs';
import { defaultSettings, extents, type Extent, type Precision, type StudyPlan } from '../core/study/study-plan.ts';
import { studyDocument, type StudyDocument } from '../core/study/study-document.ts';
import { emptyStudyTally, type StudyTally } from '../core/study/study-tally.ts';
import { checkPrecision } from '../core/study/target-precision.ts';
import { inlineStudyRunner } from '../engine/inline-study-runner.ts';
import { regretSplitOf, runStudy } from '../engine/run-study.ts';
import type { StudyRunner } from '../engine/study-runner.ts';
import { workerPool } from '../engine/worker-pool.ts';
import { numberOption, readOptions, required, UsageError, type Command } from './command.ts';
import { spawnNodeWorker } from './node-worker.ts';
import { scenarioOption, scenarioOptions } from './scenario-option.ts';

export const studyOptions = {
  ...scenarioOptions,
  replications: { type: 'string' },
  extent: { type: 'string' },
  aa: { type: 'boolean' },
  keep: { type: 'string' },
  workers: { type: 'string' },
} as const;

export const studyCommand: Command = {
  usage:
    'study (--preset ID | --scenario FILE) --replications N [--seed S] [--shard i/n] [--out FILE] [--workers N] [--extent whole|decision|estimates] [--aa] [--precision DIAGNOSAND:SE] [--keep N]   i counts from 1; --out writes the document to a file and prints it without its state; --aa takes every effect away; N = 0 workers runs everything in this process',
  async run(words) {
    const options = readOptions(words, {
      ...studyOptions,
      shard: { type: 'string' },
      out: { type: 'string' },
      precision: { type: 'string' },
    });
    const precision = precisionOption(options.precision, options.extent);
    if (precision !== null && options.shard !== undefined)
      throw new UsageError('--precision needs all replications in order: leave --shard out');
    const plan = planOption(options, precision);
    const tally = emptyStudyTally(plan);
    const document = await withStudyRunner(options.workers, async (runner) => {
      await runStudy(plan, tally, runner, { range: shardOption(options.shard, plan.replications) });
      return documentOf(plan, tally, runner);
    });
    return options.out === undefined ? document : written(document, options.out);
  },
};

/** The plan that the options of a study describe. */
export function planOption(
  options: { readonly [K in keyof typeof studyOptions]?: K extends 'aa' ? boolean : string },
  precision: Precision | null,
): StudyPlan {
  const replications = wholeOption(required(options.replications, 'replications'), 'replications', 1, 10_000_000);
  const keep = options.keep === undefined ? defaultSettings.keep : wholeOption(options.keep, 'keep', 0, 100_000);
  const effect = options.aa === true ? 'none' : 'as_declared';
  return { scenario: scenarioOption(options), settings: { extent: extentOption(options.extent), effect, precision, keep }, replications };
}

/** Runs `work` with so many threads, or in this process. */
export async function withStudyRunner<R>(workers: string | undefined, work: (runner: StudyRunner) => Promise<R>): Promise<R> {
  const size = wholeOption(workers ?? '0', 'workers', 0, 64);
  if (size === 0) return work(inlineStudyRunner());
  const pool = workerPool({ size, spawn: spawnNodeWorker, deadlineMs: 3_600_000 });
  try {
    return await work(pool);
  } finally {
    pool.dispose();
  }
}

/** The finished document, with what only a solver can add. */
export async function documentOf(plan: StudyPlan, tally: StudyTally, runner: StudyRunner): Promise<StudyDocument> {
  const split = plan.settings.extent === 'estimates' ? null : await regretSplitOf(plan, tally, runner, new AbortController().signal);
  return studyDocument(plan, tally, split);
}

/** Writes the document; returns it without the part that only programs read. */
export function written({ state: _state, ...findings }: StudyDocument & { readonly state: unknown }, path: string): unknown {
  try {
    writeFileSync(path, `${JSON.stringify({ ...findings, state: _state })}\n`);
  } catch (error) {
    throw new UsageError(`--out ${path} cannot be written (${error instanceof Error ? error.message : String(error)})`);
  }
  return findings;
}

function extentOption(value: string | undefined): Extent {
  const known = extents.find((extent) => extent === (value ?? defaultSettings.extent));
  if (known === undefined) throw new UsageError(`--extent must be one of ${extents.join(', ')} (found '${value}')`);
  return known;
}

function precisionOption(value: string | undefined, extent: string | undefined): Precision | null {
  if (value === undefined) return null;
  const [diagnosand = '', target, ...rest] = value.split(':');
  if (target === undefined || rest.length > 0)
    throw new UsageError(`--precision must be DIAGNOSAND:SE, such as bias:0.1 (found '${value}')`);
  const precision = { diagnosand, monte_carlo_se: numberOption(target, 'precision', null) as number };
  checkPrecision(precision);
  if (diagnosand === 'expected_regret' && extent === 'estimates')
    throw new UsageError('--precision expected_regret needs decisions: choose another --extent');
  return precision;
}

function shardOption(value: string | undefined, replications: number): { readonly from: number; readonly to: number } {
  if (value === undefined) return { from: 0, to: replications };
  const [, i, n] = /^(\d+)\/(\d+)$/.exec(value) ?? [];
  const [shard, shards] = [Number(i), Number(n)];
  if (!(shard >= 1 && shard <= shards)) throw new UsageError(`--shard must be i/n with i from 1 to n (found '${value}')`);
  return { from: Math.floor(((shard - 1) * replications) / shards), to: Math.floor((shard * replications) / shards) };
}

function wholeOption(value: string, name: string, least: number, most: number): number {
  const number = numberOption(value, name, null) as number;
  if (!Number.isInteger(number) || number < least || number > most)
    throw new UsageError(`--${name} must be a whole number from ${least} to ${most} (found '${value}')`);
  return number;
}
