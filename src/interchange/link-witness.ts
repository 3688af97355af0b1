import { digestOf } from '../core/contracts/digest.ts';
import type { Run } from '../core/contracts/run.ts';
import { engineFamilies, type Engine } from './link-engine.ts';
import { programVersion } from './program-version.ts';

/** The stages whose results a link vouches for, in the order of the loop. */
export const witnessedStages = ['pilot_results', 'evaluate_results', 'allocate_result', 'scale_results', 'outcome_reports'] as const;
export type WitnessedStage = (typeof witnessedStages)[number];
export type WitnessedRun = Pick<Run, WitnessedStage>;

/** Who computed the results a link vouches for, and the first digits of the digest of every stage. */
export type Witness = {
  readonly program: string;
  readonly engine: Engine;
  readonly stages: Readonly<Record<WitnessedStage, string>>;
};

/** Of the 64 digits of a stage's digest: two different results agree in them once in 16 million times. */
const digits = 6;
const form = new RegExp(`^([0-9A-Za-z.-]{1,24})~([a-z])(\\d{1,4})~([0-9a-f]{${digits * witnessedStages.length}})$`);

export function witnessOf(run: WitnessedRun, engine: Engine): Witness {
  return { program: programVersion, engine, stages: perStage((stage) => digestOf(run[stage]).slice(0, digits)) };
}

/** `0.1.0~c156~` and the digits of all stages: the engine by the first letter of its family. */
export function formatWitness({ program, engine, stages }: Witness): string {
  return `${program}~${engine.family[0] ?? ''}${engine.major}~${witnessedStages.map((stage) => stages[stage]).join('')}`;
}

/** null where the text is no witness. */
export function parseWitness(text: string): Witness | null {
  const [, program = '', letter = '', major = '', joined = ''] = form.exec(text) ?? [];
  const family = engineFamilies.find((name) => name.startsWith(letter));
  if (program === '' || family === undefined) return null;
  const part = (i: number) => joined.slice(i * digits, (i + 1) * digits);
  return { program, engine: { family, major: Number(major) }, stages: perStage((_, i) => part(i)) };
}

/** The first stage of the loop in which two witnesses differ; null where they agree in all. */
export function firstDifference(one: Witness, other: Witness): WitnessedStage | null {
  return witnessedStages.find((stage) => one.stages[stage] !== other.stages[stage]) ?? null;
}

function perStage(digestFor: (stage: WitnessedStage, i: number) => string): Witness['stages'] {
  return Object.fromEntries(witnessedStages.map((stage, i) => [stage, digestFor(stage, i)])) as Record<WitnessedStage, string>;
}
