import { runTask } from '../src/core/stage-tasks.ts';
import { catalogPage } from '../src/core/simulate/catalog-page.ts';
import type { Solver } from '../src/core/allocate/solver.ts';
import type { PipelineApi } from './pipeline-api.ts';

const noSolver: Solver = {
  name: 'none',
  solve: () => {
    throw new Error('this stage needs no solver');
  },
};

/** The pipeline's work, with the two heavy parts (solver, product names) loaded when first asked for. */
export function pipelineApi(loadSolver: () => Promise<Solver>): PipelineApi {
  let solver: Promise<Solver> | null = null;
  return {
    async runTask(task) {
      if (task.stage !== 'allocate') return runTask(task, { solver: noSolver });
      solver ??= loadSolver();
      return runTask(task, { solver: await solver });
    },
    async catalogPage(query) {
      const { faker } = await import('@faker-js/faker/locale/en');
      return catalogPage(query, faker);
    },
  };
}
