import type { NearOptimal, ObjectiveSense } from '../core/allocate/explain/explanations.ts';
import type { ChartTable, Format } from './chart-types.ts';
import { formatCount, formatPercent } from './format.ts';
import { meanings, shareWords } from './holdings-geometry.ts';

type Words = { readonly objective: ObjectiveSense; readonly format: Format };

/** Which portfolios were counted: '12 portfolios have a largest regret of at most 4.0; the best has 1.0.' */
export function countedWords({ count, limit, best, tolerance, base }: NearOptimal, { objective, format }: Words): string {
  const bound = objective.sense === 'minimise' ? 'at most' : 'at least';
  const room =
    tolerance > 0 ? ` The room between is ${formatPercent(tolerance, tolerance < 0.1 ? 1 : 0)} of ${format(base)}, the largest V*.` : '';
  if (count === 1)
    return `Only one portfolio has a ${objective.label} of ${bound} ${format(limit)}: the best, with ${format(best)}.${room}`;
  return `${formatCount(count)} portfolios have a ${objective.label} of ${bound} ${format(limit)}; the best has ${format(best)}.${room}`;
}

export function holdingsTable({ holdings, count }: NearOptimal, funded: readonly string[]): ChartTable {
  return {
    columns: [
      { label: 'initiative' },
      { label: 'held by', unit: `of ${formatCount(count)} portfolios`, numeric: true },
      { label: 'share', numeric: true },
      { label: 'standing' },
      { label: 'in the choice' },
    ],
    rows: holdings.map(({ id, count, share, standing }) => [
      id,
      formatCount(count),
      shareWords(share),
      standing,
      funded.includes(id) ? 'yes' : 'no',
    ]),
  };
}

export function holdingsSummary(near: NearOptimal, words: Words): string {
  const each = near.holdings.map(({ id, share, standing }) => `${id} ${shareWords(share)}, ${standing}`);
  const told = Object.values(meanings).join('; ');
  return `${countedWords(near, words)} Share that holds each initiative: ${each.join('; ')}. Of them, ${told}.`;
}
