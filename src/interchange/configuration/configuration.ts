import type { Issue } from '../../core/contracts/input-error.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';

/** A value of a file that the scenario has taken over: to which field, and what is not quite the same there. */
export type MappedValue = {
  readonly file: string;
  /** Dotted path to the value in its file. */
  readonly path: string;
  readonly value: unknown;
  /** Dotted path in the scenario, or what the value decided. */
  readonly to: string;
  readonly note: string;
};

/** A value of a file that the scenario cannot say. */
export type UnmappedValue = { readonly file: string; readonly path: string; readonly value: unknown; readonly why: string };

/** A field of the scenario that no file states. */
export type AssumedValue = { readonly to: string; readonly value: unknown; readonly why: string };

/** Every value of every file is in exactly one of `mapped` and `unmapped`. */
export type ReadConfiguration = {
  readonly ok: true;
  readonly scenario: Scenario;
  readonly mapped: readonly MappedValue[];
  readonly unmapped: readonly UnmappedValue[];
  readonly assumed: readonly AssumedValue[];
};

export type ConfigurationReading = ReadConfiguration | { readonly ok: false; readonly issues: readonly Issue[] };

/** A field of a scenario that the configurations cannot say, or say otherwise. */
export type NoCounterpart = { readonly path: string; readonly value: unknown; readonly why: string };

/** File names, with folders, to YAML; and what got lost on the way. */
export type ConfigurationFiles = { readonly files: ReadonlyMap<string, string>; readonly noCounterpart: readonly NoCounterpart[] };

/** What is looked at: more is refused, all but values and depth before anything is parsed. Marks are characters that could make a value. */
export const configurationLimits = { files: 200, fileCharacters: 1_000_000, marks: 100_000, values: 50_000, depth: 60 } as const;
