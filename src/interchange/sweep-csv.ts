import type { Measured } from '../core/study/diagnosand.ts';
import type { SweepDocument, SweepPoint } from '../core/study/sweep-plan.ts';
import { toCsv } from './csv.ts';

const header = [
  'parameter',
  'value',
  'replications',
  'initiative_id',
  'method',
  'estimand',
  'failures',
  'measure',
  'estimate',
  'monte_carlo_se',
  'note',
] as const;

type Row = readonly (string | number | null)[];

/** A sweep in long form: one row per value, initiative and measure, numbers exact; a value that cannot be has one row that says why. */
export function sweepCsv({ path, points }: SweepDocument): string {
  return toCsv(
    header,
    points.flatMap((point) => rowsOf(point).map((row) => [path, point.value, ...row])),
  );
}

function rowsOf({ replications, diagnosands, decision, issues }: SweepPoint): Row[] {
  if (issues !== null) return [[replications, '', '', '', null, '', null, null, issues.map(({ message }) => message).join('; ')]];
  const estimates = diagnosands.flatMap((summary) =>
    Object.entries(summary.diagnosands).map(([id, measured]): Row => [
      summary.replications,
      summary.initiative_id,
      summary.method,
      summary.estimand,
      summary.failures.count,
      id,
      ...figures(measured),
      '',
    ]),
  );
  if (decision === null) return estimates;
  const modal = decision.modal_portfolio;
  return [
    ...estimates,
    [replications, '', '', '', null, 'expected_regret', ...figures(decision.expected_regret), ''],
    [replications, '', '', '', null, 'oracle_probability', ...figures(decision.oracle_probability), ''],
    ...decision.selection.map(({ initiative_id, share }): Row => [
      replications,
      initiative_id,
      '',
      '',
      null,
      'selection_frequency',
      ...figures(share),
      '',
    ]),
    ...(modal === null
      ? []
      : [[replications, '', '', '', null, 'modal_portfolio_share', modal.share, null, modal.initiatives.join(' + ')] as Row]),
  ];
}

function figures(measured: Measured | null): [number | null, number | null] {
  return measured === null ? [null, null] : [measured.value, measured.monte_carlo_se];
}
