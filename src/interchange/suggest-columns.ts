import type { Parameters } from '../core/contracts/parameter.ts';
import type { ColumnSummary } from './csv-summary.ts';

/** Names that columns of that meaning go by, the likeliest first, and what such a column holds. */
type Likely = { readonly names: readonly RegExp[]; readonly fits: (column: ColumnSummary) => boolean };

const isNumber = ({ kind }: ColumnSummary) => kind === 'number';
const isTwoSided = (column: ColumnSummary) => column.isBinary || (column.kind === 'text' && column.levelCount === 2);
const isTime = ({ kind }: ColumnSummary) => kind === 'date' || kind === 'number';
const isAny = ({ kind }: ColumnSummary) => kind !== 'left_out';

const likely: Readonly<Record<string, Likely>> = {
  outcome_column: {
    names: [/^(outcome|y|revenue|sales)$/, /^(value|amount|target|response)$/, /^(?!pre).*(revenue|sales|outcome)/],
    fits: isNumber,
  },
  treatment_column: {
    names: [/^(treated|treatment|treat|is_treated)$/, /^(t|d|w|z|arm|group|exposed|assigned|variant)$/, /treat/],
    fits: isTwoSided,
  },
  pre_column: { names: [/^pre[_ -]/, /^before[_ -]|[_ -](pre|before)$/, /baseline/], fits: isNumber },
  baseline_column: { names: [/baseline/, /^pre[_ -]/, /[_ -](pre|before)$/], fits: isNumber },
  metric_before_column: { names: [/^(quality_score|metric_before)$/, /[_ -]before$/, /^before[_ -]/], fits: isNumber },
  metric_after_column: { names: [/^(quality_after|metric_after)$/, /[_ -]after$/, /^after[_ -]/], fits: isNumber },
  unit_column: {
    names: [/^unit$/, /^(unit_?id|id|store|shop|region|state|product|product_identifier|firm|group)$/, /(_id|identifier|name)$/],
    fits: isAny,
  },
  time_column: {
    names: [/^(date|day|week|month|time|period|year)$/, /^(t|ds|timestamp)$/, /(date|time|period|week|month|year)/],
    fits: isTime,
  },
  block_column: { names: [/^(block|stratum|strata)$/], fits: isAny },
  cluster_column: { names: [/^cluster(_?id)?$/], fits: isAny },
  running_column: { names: [/^running(_variable)?$/, /^(score|index|running.*)$/], fits: isNumber },
};

/** What was so before the treatment may serve twice. */
const alsoCovariates = new Set(['pre_column', 'baseline_column', 'running_column']);
const covariateNames = /^(pre|before|baseline|cov)|[_ -](pre|before)$|^x\d+$|^(price|quality_score|quality|category|size|age)$/;

/**
 * The columns a method most likely means, by their names and what they hold. A column takes one part only; what has no
 * likely column is left open, never filled with any column at hand.
 */
export function suggestColumns(parameters: Parameters, columns: readonly ColumnSummary[]): Record<string, unknown> {
  const suggested: Record<string, unknown> = {};
  const taken = new Set<string>();
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.kind !== 'column') continue;
    const found = likeliest(name, parameter.default, columns, taken);
    if (found === undefined) continue;
    suggested[name] = found;
    if (!alsoCovariates.has(name)) taken.add(found);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.kind !== 'columns') continue;
    suggested[name] = columns.filter((column) => !taken.has(column.name) && isCovariate(column)).map((column) => column.name);
  }
  return suggested;
}

function likeliest(name: string, usual: string | null, columns: readonly ColumnSummary[], taken: ReadonlySet<string>): string | undefined {
  const { names, fits } = likely[name] ?? { names: [], fits: isAny };
  const free = columns.filter((column) => !taken.has(column.name) && fits(column));
  const byDefault = free.find((column) => column.name === usual);
  if (byDefault !== undefined) return byDefault.name;
  for (const pattern of names) {
    const match = free.find((column) => pattern.test(column.name.trim().toLowerCase()));
    if (match !== undefined) return match.name;
  }
  return undefined;
}

/** Only what its name dates before the treatment: what came after would hide part of the effect. */
function isCovariate({ name, kind, levelCount, oddCount }: ColumnSummary): boolean {
  const isUsable = kind === 'number' || (kind === 'text' && (levelCount ?? 0) >= 2 && (levelCount ?? 0) <= 50);
  return isUsable && oddCount === 0 && covariateNames.test(name.trim().toLowerCase());
}
