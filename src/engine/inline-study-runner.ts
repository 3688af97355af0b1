import { splitRegret } from '../core/study/regret-split.ts';
import { replicate } from '../core/study/replicate.ts';
import type { StudyRunner } from './study-runner.ts';

/** Runs every replication on the spot: for tests and for programs without workers. */
export function inlineStudyRunner(): StudyRunner {
  const ports = { solver: null };
  return {
    size: 1,
    async replicate({ plan, from, to }, signal) {
      signal.throwIfAborted();
      return Array.from({ length: to - from }, (_, i) => replicate(plan, from + i, ports));
    },
    async splitRegret(plan, average, signal) {
      signal.throwIfAborted();
      return splitRegret(plan, average, ports);
    },
  };
}
