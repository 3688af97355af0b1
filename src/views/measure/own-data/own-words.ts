import { formatCount, formatForIntervals, formatNumber, formatPValue, formatSignificant } from '../../../charts/format.ts';
import type { EstimateRow } from '../../../charts/estimate-geometry.ts';
import type { Format } from '../../../charts/chart-types.ts';
import type { Parameters } from '../../../core/contracts/parameter.ts';
import type { PilotResult } from '../../../core/contracts/run.ts';
import type { DataShape } from '../../../core/measure/estimator.ts';
import type { ReadAs } from '../../../interchange/csv-column-scan.ts';
import type { ColumnSummary } from '../../../interchange/csv-summary.ts';
import type { TableSummary } from '../../../interchange/csv-assemble.ts';
import type { AnsweredQuestion } from '../../../state/own-data.svelte.ts';
import type { ColumnChoice } from '../../../ui/column-choice.ts';
import type { Fact } from '../../../ui/fact.ts';
import { tone, type Phrase } from '../../../ui/phrase.ts';
import { estimandWords, levelWords } from '../measure-words.ts';
import { methodLabel } from '../../shared/catalogue.ts';

export const shapeWords: Readonly<Record<DataShape, string>> = {
  cross_section: 'one row per unit',
  panel: 'one row per unit and period',
  series: 'one row per period',
};

export const kindWords: Readonly<Record<ColumnSummary['kind'], string>> = {
  number: 'numbers',
  text: 'text',
  date: 'dates',
  left_out: 'left out',
};

/** How a column may be read instead; the first is as it was found. */
export function readAsOptions({ kind, readAs }: ColumnSummary): { value: ReadAs | ''; label: string }[] {
  const found = readAs === null ? kindWords[kind] : 'as found';
  return [
    { value: '', label: found },
    { value: 'number', label: 'as numbers' },
    { value: 'decimal_comma', label: 'as numbers with decimal commas' },
    { value: 'text', label: 'as text' },
    { value: 'day_first', label: 'as dates, day first' },
    { value: 'month_first', label: 'as dates, month first' },
  ];
}

/** What a column holds, in a few words. */
export function columnDetail({ kind, isBinary, levelCount, least, greatest, missing }: ColumnSummary): string {
  const gaps = missing === 0 ? '' : `, ${formatCount(missing)} missing`;
  if (kind === 'left_out') return 'left out';
  if (kind === 'number') {
    if (least === null || greatest === null) return 'empty';
    return `${isBinary ? '0 and 1' : `${formatSignificant(least)} to ${formatSignificant(greatest)}`}${gaps}`;
  }
  return `${formatCount(levelCount ?? 0)} ${kind === 'date' ? 'dates' : levelCount === 1 ? 'text' : 'texts'}${gaps}`;
}

export function columnChoices(table: TableSummary): ColumnChoice[] {
  return table.columns.filter(({ kind }) => kind !== 'left_out').map((column) => ({ name: column.name, detail: columnDetail(column) }));
}

/** Texts to offer for a parameter that names a unit or a time: those of the column it is about. */
export function suggestionsFor(name: string, parameters: Readonly<Record<string, unknown>>, table: TableSummary): readonly string[] {
  const about = name === 'treated_unit' ? 'unit_column' : name === 'treatment_time' || name === 'intervention_date' ? 'time_column' : null;
  if (about === null) return [];
  return table.columns.find((column) => column.name === parameters[about])?.levels ?? [];
}

/** Columns first, then what else can be set. */
export function split(parameters: Parameters): { columns: [string, Parameters[string]][]; settings: [string, Parameters[string]][] } {
  const entries = Object.entries(parameters);
  const isColumn = ([, { kind }]: [string, Parameters[string]]) => kind === 'column' || kind === 'columns';
  return { columns: entries.filter(isColumn), settings: entries.filter((entry) => !isColumn(entry)) };
}

/** The unit of the effect: that of the outcome, which only its owner knows. */
export function outcomeName({ question }: AnsweredQuestion): string {
  const given = question.parameters['outcome_column'] ?? question.parameters['metric_after_column'];
  if (typeof given === 'string') return given;
  const formula = question.parameters['formula'];
  return typeof formula === 'string' ? (formula.split('~')[0] ?? '').trim() : 'the outcome';
}

export function confidenceOf({ question }: AnsweredQuestion): number {
  const given = question.parameters['confidence_level'];
  return typeof given === 'number' ? given : 0.95;
}

type Answer = Extract<AnsweredQuestion['answer'], { ok: true }>;

export function answerRows({ result, naive }: Answer): EstimateRow[] {
  const own: EstimateRow = {
    id: 'method',
    label: methodLabel(result.method),
    tone: 'pilot',
    interval: result.status === 'ok' ? { estimate: result.effect_estimate, lower: result.ci_lower, upper: result.ci_upper } : null,
    note: result.status === 'ok' ? null : 'no estimate',
  };
  if (naive === null || result.method === 'naive_difference') return [own];
  const interval = { estimate: naive.estimate, lower: naive.ci_lower, upper: naive.ci_upper };
  return [own, { id: 'naive', label: 'Naive difference', detail: 'treated minus control mean', tone: 'neutral', interval }];
}

export function answerFormat(answer: Answer): Format {
  return formatForIntervals(answerRows(answer).map(({ interval }) => interval));
}

export function answerReading(answered: AnsweredQuestion, answer: Answer): Phrase[] {
  const { result } = answer;
  if (result.status === 'degenerate') return [];
  const show = answerFormat(answer);
  const level = levelWords(confidenceOf(answered));
  return [
    tone(methodLabel(result.method), 'pilot'),
    ` puts the effect on ${outcomeName(answered)} at ${show(result.effect_estimate)}, with a ${level} interval from ${show(result.ci_lower)} to ${show(result.ci_upper)}. `,
    result.ci_lower > 0 || result.ci_upper < 0 ? 'The interval leaves out no effect.' : 'The interval does not leave out no effect.',
  ];
}

export function answerFacts(result: PilotResult, show: Format): Fact[] {
  const sample: Fact[] = [
    { label: 'asks for the effect', value: estimandWords[result.estimand].replace('products', 'units') },
    { label: 'rows used', value: formatCount(result.n_observations) },
    { label: 'treated, control', value: `${formatCount(result.n_treated)}, ${formatCount(result.n_control)}` },
  ];
  if (result.status === 'degenerate') return sample;
  const facts: Fact[] = [
    { label: 'estimate', value: show(result.effect_estimate), tone: 'pilot' },
    { label: 'interval', value: `${show(result.ci_lower)} to ${show(result.ci_upper)}` },
    { label: 'p value', value: formatPValue(result.p_value), note: 'of no effect at all' },
  ];
  if (result.standard_error !== null) facts.push({ label: 'standard error', value: formatSignificant(result.standard_error) });
  if (result.statistic !== null)
    facts.push({ label: result.df === null ? 'z statistic' : 't statistic', value: formatNumber(result.statistic, 2) });
  if (result.df !== null) facts.push({ label: 'degrees of freedom', value: formatNumber(result.df, Number.isInteger(result.df) ? 0 : 1) });
  return [...facts, ...sample];
}
