import type { Solver } from '../src/core/allocate/solver.ts';
import { catalogPage } from '../src/core/simulate/catalog-page.ts';
import { runTask } from '../src/core/stage-tasks.ts';
import type { PipelineApi } from './pipeline-api.ts';

const noSolver: Solver = {
  name: 'none',
  solve: () => {
    throw new Error('this stage needs no solver');
  },
};

/** The pipeline's work, with its heavy parts loaded late: the solver once the pilots are measured, product names when a catalog is shown. */
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
      if (task.stage === 'allocate') return runTask(task, { solver: await solver() });
      if (task.stage === 'evaluate') solver().catch(() => undefined);
      return runTask(task, { solver: noSolver });
    },
    async catalogPage(query) {
      const { faker } = await import('@faker-js/faker/locale/en');
      return catalogPage(query, faker);
    },
  };
}
