import type { DesignGridDocument } from '../core/study/design-grid.ts';
import { toCsv } from './csv.ts';

const header = [
  'initiative_id',
  'design',
  'method',
  'estimand',
  'assumptions_hold',
  'replications',
  'failures',
  'measure',
  'estimate',
  'monte_carlo_se',
  'note',
] as const;

/** The grid in long form: one row per design, method and diagnosand, numbers exact; a design that cannot be has one row that says why. */
export function designGridCsv({ initiative_id: id, rows }: DesignGridDocument): string {
  return toCsv(
    header,
    rows.flatMap(({ design, issues, cells }) => {
      if (issues !== null) return [[id, design, '', '', null, 0, null, '', null, null, issues.map(({ message }) => message).join('; ')]];
      return cells.flatMap(({ method, estimand, at_home, replications, failures, diagnosands }) =>
        Object.entries(diagnosands).map(([measure, measured]) => [
          id,
          design,
          method,
          estimand,
          at_home,
          replications,
          failures.count,
          measure,
          measured?.value ?? null,
          measured?.monte_carlo_se ?? null,
          Object.keys(failures.reasons).join(' '),
        ]),
      );
    }),
  );
}
