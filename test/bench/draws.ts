import { namedStream } from '../../src/core/random/stream.ts';
import type { Work } from './bench.ts';

/** The yardstick of the table: a plain loop that draws so many uniforms from one named stream. */
export function draws(count: number): { readonly name: string; readonly work: Work } {
  return {
    name: `${count.toLocaleString('en')} draws`,
    work: () => {
      const { uniform } = namedStream({ seed: 'bench', initiative: 'bench', stage: 'pilot', replication: 0, purpose: 'draws' });
      let sum = 0;
      for (let i = 0; i < count; i++) sum += uniform();
      return sum;
    },
  };
}
