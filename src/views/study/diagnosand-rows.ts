import { formatCount, formatMoney } from '../../charts/format.ts';
import type { DiagnosandDefinition, Measured } from '../../core/study/diagnosand.ts';
import { diagnosands, type DiagnosandId } from '../../core/study/index.ts';
import type { EstimateSummary, StudyFindings } from '../../core/study/study-document.ts';
import { methodLabel } from '../shared/catalogue.ts';
import { coverageVerdict } from './coverage-verdict.ts';
import { roundedMeasure } from './rounded-measure.ts';

export type DiagnosandCell = {
  /** '0.012 (0.004)'. */
  readonly text: string;
  /** What it comes to, where there is something to hold it against; '' else. */
  readonly verdict: string;
  /** More than three Monte Carlo errors from what it should be. */
  readonly off: boolean;
};

export type DiagnosandRow = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** One per method. */
  readonly cells: readonly DiagnosandCell[];
};

/** What a value is held against. */
export type Promised = { readonly level: number; readonly withoutEffects: boolean };

/** At which p values the rejection rate counts. */
const rejectionLevel = 0.05;

/** Every diagnosand of the methods side by side. */
export function diagnosandRows(methods: readonly EstimateSummary[], promised: Promised, symbol: string): DiagnosandRow[] {
  const definitions = Object.values<DiagnosandDefinition<DiagnosandId>>(diagnosands);
  return definitions.map((definition) => ({
    id: definition.id,
    label: definition.unit === 'outcome_squared' ? `${definition.label}, ${symbol.trim()}\u00b2` : definition.label,
    summary: definition.summary,
    cells: methods.map((method) => cellOf(definition, method, promised, symbol)),
  }));
}

function cellOf(
  { id, unit, about }: DiagnosandDefinition<DiagnosandId>,
  method: EstimateSummary,
  promised: Promised,
  symbol: string,
): DiagnosandCell {
  const measured = method.diagnosands[id];
  const { verdict, off } = judged(id, method, promised);
  const isExtreme =
    unit === 'share' && measured !== null && measured.monte_carlo_se === 0 && (measured.value === 0 || measured.value === 1);
  const of = { all: method.replications, kept: method.kept, rejected: rejections(method) }[about];
  const extent = isExtreme ? `${measured.value === 0 ? 'none' : 'all'} of ${formatCount(of)}` : '';
  return {
    text: roundedMeasure(measured, unit, effectFormat(symbol)).text,
    verdict: [extent, verdict].filter((part) => part !== '').join(', '),
    off,
  };
}

function rejections({ diagnosands: { rejection_rate: rate }, replications }: EstimateSummary): number {
  return Math.round((rate?.value ?? 0) * replications);
}

/** Effects are money per product and period. */
export function effectFormat(symbol: string): (value: number, decimals: number) => string {
  return (value, decimals) => formatMoney(value, symbol, decimals);
}

export function methodName({ method }: Pick<EstimateSummary, 'method'>): string {
  return methodLabel(method);
}

export function promisedIn({ scenario, settings }: StudyFindings): Promised {
  return { level: scenario.confidence_level, withoutEffects: settings.effect === 'none' };
}

/** Whether a diagnosand is what it should be, where that is known. */
export function judged(
  id: DiagnosandId,
  { diagnosands: found, replications, kept }: EstimateSummary,
  promised: Promised,
): Pick<DiagnosandCell, 'verdict' | 'off'> {
  const measured = found[id];
  switch (id) {
    case 'bias':
      return against(measured, { below: 'too low on average', above: 'too high on average' });
    case 'relative_error_model_se':
      return against(measured, { below: 'claims too little', above: 'claims too much' });
    case 'coverage':
    case 'bias_eliminated_coverage':
      return coverageCell(measured, promised.level, id === 'coverage' ? replications : kept);
    case 'rejection_rate':
      return promised.withoutEffects ? falseAlarms(measured, replications) : silent;
    default:
      return silent;
  }
}

const silent = { verdict: '', off: false } as const;

function against(
  measured: Measured | null,
  words: { readonly below: string; readonly above: string },
): Pick<DiagnosandCell, 'verdict' | 'off'> {
  if (measured === null || measured.monte_carlo_se === null || measured.monte_carlo_se === 0) return silent;
  const { value, monte_carlo_se: error } = measured;
  if (Math.abs(value) <= 3 * error) return { verdict: 'none to be seen', off: false };
  return { verdict: value < 0 ? words.below : words.above, off: true };
}

function coverageCell(measured: Measured | null, level: number, replications: number): Pick<DiagnosandCell, 'verdict' | 'off'> {
  if (measured === null) return silent;
  const verdict = coverageVerdict(measured, level, replications);
  const words = {
    'as promised': 'as promised',
    'too seldom': 'too seldom',
    'too often': 'more often than promised',
    'cannot tell': 'too few to tell',
  };
  return { verdict: words[verdict], off: verdict === 'too seldom' || verdict === 'too often' };
}

/** The same test as of coverage: without any effect, p values of at most 0.05 are owed in 5% of replications. */
function falseAlarms(measured: Measured | null, replications: number): Pick<DiagnosandCell, 'verdict' | 'off'> {
  if (measured === null) return silent;
  const verdict = coverageVerdict(measured, rejectionLevel, replications);
  const words = {
    'as promised': 'as promised',
    'too seldom': 'too few alarms',
    'too often': 'too many alarms',
    'cannot tell': 'too few to tell',
  };
  return { verdict: words[verdict], off: verdict === 'too seldom' || verdict === 'too often' };
}
