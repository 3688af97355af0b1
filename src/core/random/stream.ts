import seedrandom from 'seedrandom';

/** A source of uniforms in [0, 1) with 32 random bits each. */
export type Stream = { readonly uniform: () => number };

/** What a stream is for: nothing else decides its draws, so adding initiatives or workers changes none of them. */
export type StreamName = {
  readonly seed: string;
  readonly initiative: string;
  readonly stage: 'pilot' | 'scale' | 'population';
  readonly replication: number;
  readonly purpose: string;
};

/** The stream of that name. The parts are joined unambiguously, so that no two names share a stream. */
export function namedStream(name: StreamName): Stream {
  const key = JSON.stringify([name.seed, name.initiative, name.stage, name.replication, name.purpose]);
  return { uniform: seedrandom.alea(key) };
}
