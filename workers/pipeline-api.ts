import type { Task, TaskResult } from '../src/core/stage-tasks.ts';
import type { CatalogPageQuery, CatalogRow } from '../src/core/simulate/catalog-page.ts';

/** What a pipeline worker offers; the same in a browser worker and in a node thread. */
export type PipelineApi = {
  readonly runTask: (task: Task) => Promise<TaskResult>;
  readonly catalogPage: (query: CatalogPageQuery) => Promise<readonly CatalogRow[]>;
};
