import { formatForValues, formatNumber, formatPercent, formatSignificant } from '../../../charts/format.ts';
import type { Format, Tone } from '../../../charts/chart-types.ts';
import type { SweepPicture, SweepReading, SweepSeries } from '../../../charts/sweep-data.ts';
import { describeIssue } from '../../../core/contracts/input-error.ts';
import type { Measured } from '../../../core/study/diagnosand.ts';
import { diagnosandBand, normalBand, shareBand, type Band } from '../../../core/study/monte-carlo-band.ts';
import { coverageThreshold } from '../../../core/study/sweep-breakdown.ts';
import type { SweepDocument, SweepPoint } from '../../../core/study/sweep-plan.ts';
import type { SweepMeasure } from '../../../state/sweep.svelte.ts';
import { moneyOf } from '../../shared/money.ts';
import { portfolioName } from '../../shared/portfolio-name.ts';
import { isDiagnosand, measureEntry } from './sweep-measures.ts';

/** More curves than this cannot be told apart. */
export const mostCurves = 12;

/** Initiatives that a sweep has curves of: the one that is turned, or all. */
export function sweptInitiatives({ initiative, scenario }: SweepDocument, measure: SweepMeasure): string[] {
  const ids = scenario.initiatives
    .filter(({ source }) => source === 'simulated' || measure === 'selection')
    .map(({ initiative_id: id }) => id);
  return isDiagnosand(measure) && initiative !== null && ids.includes(initiative) ? [initiative] : ids;
}

/** A sweep as the chart has it: one measure, of one initiative or of all. */
export function sweepPicture(document: SweepDocument, measure: SweepMeasure, shown: string | null): SweepPicture {
  const entry = measureEntry(measure);
  const ids = sweptInitiatives(document, measure).filter((id) => shown === null || id === shown);
  const series = seriesOf(document, measure, ids.slice(0, mostCurves));
  const formatX = gridFormat(document.values);
  return {
    parameter: parameterName(document),
    formatX,
    measure: entry.unit === 'outcome' ? `${entry.label}, ${symbolOf(document)} per product and period` : entry.label,
    formatY: formatOf(document, entry.unit, series),
    tone: toneOf(measure),
    include: includedIn(measure),
    series,
    threshold: thresholdOf(document, measure),
    current: document.current,
    flips: (document.breakdown.decision?.flips ?? []).map(({ between: [from, to], from: before, to: after, shares }) => ({
      from,
      to,
      words: `from ${portfolioName(before)} (${formatPercent(shares[0], 0)}) to ${portfolioName(after)} (${formatPercent(shares[1], 0)})`,
    })),
    impossible: document.points.flatMap(({ value, issues }) =>
      issues === null ? [] : [{ x: value, why: issues.map(describeIssue).join('; ') }],
    ),
  };
}

/** 'Spillover: severity of badges', 'Budget, USD'. */
export function parameterName({ label, unit, initiative }: Pick<SweepDocument, 'label' | 'unit' | 'initiative'>): string {
  const of = initiative === null ? '' : initiative === '*' ? ', all together' : ` of ${initiative}`;
  return `${label}${of}${unit === '' ? '' : ` (${unit})`}`;
}

/** As many digits as tell the grid's values apart. */
export function gridFormat(values: readonly number[]): Format {
  const decimals = Math.min(8, Math.max(0, ...values.map((value) => String(value).split('.')[1]?.length ?? 0)));
  return (value) => (Math.abs(value) >= 1e12 ? formatSignificant(value) : formatNumber(value, decimals));
}

function seriesOf(document: SweepDocument, measure: SweepMeasure, ids: readonly string[]): SweepSeries[] {
  const alone = (label: string): SweepSeries[] => [
    { id: measure, label, readings: document.points.map((point) => readingOf(point, measure, '')), breakPoint: null },
  ];
  if (measure === 'expected_regret') return alone('all initiatives');
  if (measure === 'oracle_probability') return alone('as the oracle');
  return ids.map((id) => ({
    id,
    label: id,
    readings: document.points.map((point) => readingOf(point, measure, id)),
    breakPoint: measure === 'coverage' ? breakPointOf(document, id) : null,
  }));
}

function readingOf(point: SweepPoint, measure: SweepMeasure, id: string): SweepReading {
  const [measured, band] = figureOf(point, measure, id);
  return { x: point.value, y: measured?.value ?? null, lower: band?.lower ?? null, upper: band?.upper ?? null };
}

function figureOf(
  { decision, diagnosands, replications }: SweepPoint,
  measure: SweepMeasure,
  id: string,
): readonly [Measured | null, Band | null] {
  if (isDiagnosand(measure)) {
    const summary = diagnosands.find(({ initiative_id }) => initiative_id === id);
    return summary === undefined ? [null, null] : [summary.diagnosands[measure], diagnosandBand(summary, measure)];
  }
  if (measure === 'expected_regret') {
    const regret = decision?.expected_regret ?? null;
    return [regret, regret && normalBand(regret)];
  }
  const share =
    measure === 'oracle_probability'
      ? decision?.oracle_probability
      : decision?.selection.find(({ initiative_id }) => initiative_id === id)?.share;
  return share ? [share, shareBand(share.value, replications)] : [null, null];
}

function breakPointOf({ breakdown }: SweepDocument, id: string): SweepSeries['breakPoint'] {
  const found = breakdown.coverage.find(({ initiative_id }) => initiative_id === id);
  if (found === undefined || found.value === null) return null;
  return { at: found.value, lower: found.interval?.lower ?? null, upper: found.interval?.upper ?? null };
}

function thresholdOf({ scenario }: SweepDocument, measure: SweepMeasure): SweepPicture['threshold'] {
  const level = scenario.confidence_level;
  if (measure === 'coverage') return { value: coverageThreshold, label: `broken down below ${formatPercent(coverageThreshold, 0)}` };
  if (measure === 'bias_eliminated_coverage') return { value: level, label: `promised: ${formatPercent(level, 0)}` };
  if (measure === 'rejection_rate') return { value: 0.05, label: '5%: false alarms where there is no effect' };
  return null;
}

function includedIn(measure: SweepMeasure): number[] {
  if (measure === 'coverage' || measure === 'bias_eliminated_coverage') return [1];
  return measure === 'interval_width' || measure === 'type_m_error' ? [] : [0];
}

function toneOf(measure: SweepMeasure): Tone {
  return measure === 'expected_regret' ? 'regret' : measure === 'selection' || measure === 'oracle_probability' ? 'funded' : 'pilot';
}

function formatOf(document: SweepDocument, unit: ReturnType<typeof measureEntry>['unit'], series: readonly SweepSeries[]): Format {
  const values = series.flatMap(({ readings }) =>
    readings.flatMap(({ y, lower, upper }) => [y, lower, upper].filter((value) => value !== null)),
  );
  const plain = formatForValues(values);
  switch (unit) {
    case 'share':
      return (value) => formatPercent(value, 1);
    case 'percent':
      return (value) => `${plain(value)}%`;
    case 'money':
      return moneyOf(document.scenario).exact;
    case 'outcome':
    case 'outcome_squared':
    case 'ratio':
      return plain;
  }
}

function symbolOf({ scenario }: SweepDocument): string {
  return moneyOf(scenario).symbol.trim();
}
