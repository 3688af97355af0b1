import { formatPercent } from '../../../charts/format.ts';
import type { CoverageBreakdown, DecisionBreakdown, SweepDocument } from '../../../core/study/sweep-plan.ts';
import { portfolioName } from '../../shared/portfolio-name.ts';
import { gridFormat } from './sweep-picture.ts';

type Words = { readonly format: (value: number) => string; readonly exact: (value: number) => string; readonly grid: string };

/** Where coverage is lost, one sentence per initiative, and where the decision changes. */
export function breakdownSentences({ breakdown, values, label }: SweepDocument, shown: readonly string[]): string[] {
  const grid = gridFormat(values);
  const words = { format: finerThan(values), exact: grid, grid: `between ${grid(values[0]!)} and ${grid(values.at(-1)!)}` };
  const coverage = breakdown.coverage
    .filter(({ initiative_id }) => shown.includes(initiative_id))
    .map((one) => coverageSentence(one, label, words));
  return [...coverage, ...(breakdown.decision === null ? [] : [decisionSentence(breakdown.decision, words)])];
}

export function coverageSentence(
  { initiative_id: id, kind, value, between, interval, threshold }: CoverageBreakdown,
  label: string,
  { format, exact, grid }: Words,
): string {
  const line = formatPercent(threshold, 0);
  switch (kind) {
    case 'never':
      return `${id}: coverage stays at ${line} or above at every value ${grid}.`;
    case 'always':
      return `${id}: coverage is below ${line} at every value ${grid}.`;
    case 'unknown':
      return `${id}: coverage cannot be told.`;
    case 'falls':
    case 'rises': {
      const at = value === null ? '' : format(value);
      const ends = `Monte Carlo error leaves ${interval?.lower == null ? 'anything from the least' : format(interval.lower)} to ${interval?.upper == null ? 'beyond the grid' : format(interval.upper)}`;
      const [low, high] = between === null ? ['', ''] : between.map(exact);
      const what = kind === 'falls' ? `falls below ${line}` : `reaches ${line}`;
      return `${id}: coverage ${what} at ${lowerFirst(label)} ${at}, by a straight line between ${low} and ${high}; ${ends}.`;
    }
  }
}

export function decisionSentence({ flips, from_current: now }: DecisionBreakdown, { exact: format, grid }: Words): string {
  if (flips.length === 0) return `The portfolio that is funded most often is the same at every value ${grid}.`;
  const told = (now === null ? flips.slice(0, 1) : [now.below, now.above]).filter((flip) => flip !== null);
  const [first] = told;
  if (first === undefined) return `The portfolio that is funded most often does not change ${grid}.`;
  const each = told.map(
    ({ between: [low, high], from, to, shares: [before, after] }) =>
      `between ${format(low)} and ${format(high)} from ${portfolioName(from)} (${often(before)}) to ${portfolioName(to)} (${often(after)})`,
  );
  const more = flips.length > told.length ? ` In all it changes ${flips.length} times along the grid.` : '';
  const whence =
    now === null
      ? 'The portfolio that is funded most often first changes'
      : `From ${portfolioName(now.portfolio)}, which is funded most often now, the decision changes`;
  return `${whence} ${each.join(', and ')}.${more}`;
}

/** How clear a majority is. */
function often(share: number): string {
  return `in ${formatPercent(share, 0)} of replications`;
}

/** One digit more than the grid has: a crossing lies between its values. */
function finerThan(values: readonly number[]): (value: number) => string {
  const span = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const step = span / Math.max(1, values.length - 1) / 20;
  return gridFormat([Number(step.toPrecision(1)), ...values].map((value) => (Number.isFinite(value) ? value : 0)));
}

export function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
