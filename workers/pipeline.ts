import type { Solver } from '../src/core/allocate/solver.ts';
import { catalogPage } from '../src/core/simulate/catalog-page.ts';
import { runEvidenceTask } from '../src/core/evidence-tasks.ts';
import type { PipelineApi } from './pipeline-api.ts';

/** The pipeline's work, with its heavy parts loaded late: rules and solver once the pilots are measured, product names when a catalog is shown. */
export function pipelineApi(loadSolver: () => Promise<Solver>): PipelineApi {
  let loading: Promise<Solver> | null = null;

  /** A failed load is tried again at the next call. */
  function solver(): Promise<Solver> {
    loading ??= loadSolver().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  return {
    async runTask(task) {
      if (task.stage === 'allocate') {
        const [{ allocate }, asked] = await Promise.all([import('../src/core/allocate/index.ts'), solver().catch(missingSolver)]);
        return allocate(task.problem, asked);
      }
      if (task.stage === 'evaluate') solver().catch(() => undefined);
      return runEvidenceTask(task);
    },
    async replicate({ plan, from, to }) {
      const { replicate } = await import('../src/core/study/replicate.ts');
      return Array.from({ length: to - from }, (_, i) => replicate(plan, from + i, { solver: null }));
    },
    async splitRegret(plan, average) {
      const { splitRegret } = await import('../src/core/study/regret-split.ts');
      return splitRegret(plan, average, { solver: null });
    },
    async catalogPage(query) {
      const { faker } = await import('@faker-js/faker/locale/en');
      return catalogPage(query, faker);
    },
  };
}

/** Its opinion is a second one: where it cannot be had, the answer stands without it and says so. */
function missingSolver(error: unknown): Solver {
  const reason = `it could not be loaded (${error instanceof Error ? error.message : String(error)})`;
  return { name: 'HiGHS', solve: () => ({ status: 'failed', reason }) };
}
