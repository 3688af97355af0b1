import type { Task, TaskResult } from '../src/core/stage-tasks.ts';
import type { CatalogPageQuery, CatalogRow } from '../src/core/simulate/catalog-page.ts';
import type { AverageEvidence } from '../src/core/study/average-evidence.ts';
import type { RegretSplit } from '../src/core/study/regret-split.ts';
import type { ReplicationRecord } from '../src/core/study/replication-record.ts';
import type { StudyPlan } from '../src/core/study/study-plan.ts';

/** What a pipeline worker offers; the same in a browser worker and in a node thread. */
export type PipelineApi = {
  readonly runTask: (task: Task) => Promise<TaskResult>;
  /** Replications `from` up to, not including, `to`. */
  readonly replicate: (request: { readonly plan: StudyPlan; readonly from: number; readonly to: number }) => Promise<readonly ReplicationRecord[]>;
  readonly splitRegret: (plan: StudyPlan, average: AverageEvidence) => Promise<RegretSplit>;
  readonly catalogPage: (query: CatalogPageQuery) => Promise<readonly CatalogRow[]>;
};
