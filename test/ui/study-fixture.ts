import { diagnoseReplicates } from '../../src/core/study/index.ts';
import type { EstimateSummary, StudyFindings } from '../../src/core/study/study-document.ts';
import { defaultSettings } from '../../src/core/study/study-plan.ts';
import { runFixture } from './run-fixture.ts';

/** Of so many intervals as wide as 2, `covering` hold the truth of 5; the others lie above it. */
export function summaryFixture(id: string, covering: number, of: number, changes: Partial<EstimateSummary> = {}): EstimateSummary {
  const replicates = Array.from({ length: of }, (_, i) => {
    const estimate = i < covering ? (i % 2 === 0 ? 4.5 : 5.5) : 7;
    return { estimate, standard_error: 0.5, ci_lower: estimate - 1, ci_upper: estimate + 1, p_value: 0.01, truth: 5 };
  });
  return {
    initiative_id: id,
    position: 0,
    method: 'subclassification',
    estimand: 'att',
    about: 'population',
    replications: of,
    failures: { count: 0, reasons: {} },
    kept: of,
    diagnosands: diagnoseReplicates(replicates),
    ...changes,
  };
}

export function findingsFixture(diagnosands: readonly EstimateSummary[], changes: Partial<StudyFindings> = {}): StudyFindings {
  const { scenario } = runFixture({
    initiatives: [{ id: 'a', cost: 1, truth: 5, pilot: [3, 4, 6] }],
    funded: [],
    oracle: [],
  });
  const replications = diagnosands[0]?.replications ?? 0;
  return {
    scenario,
    settings: { ...defaultSettings, extent: 'decision' },
    replications,
    planned: replications,
    done: [[0, replications]],
    diagnosands,
    decision: null,
    ...changes,
  };
}
