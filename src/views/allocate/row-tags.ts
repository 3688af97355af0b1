import { states } from '../../core/contracts/shared-types.ts';
import type { OptionRow } from './portfolio-rows.ts';
import type { Revealed } from './table-steps.ts';

export type RowTag = { readonly text: string; readonly kind: 'funded' | 'own' | 'barred' | 'plain' };

/** What is said of a row beside its name, as far as it is revealed; `brief` where another table has said why. */
export function rowTags(row: OptionRow, revealed: Revealed, brief = false): RowTag[] {
  const tags: RowTag[] = [];
  if (row.chosen && revealed.choice) {
    tags.push({ text: 'chosen', kind: 'funded' });
    // A rule of thumb may look at neither floor nor constraints.
    if (row.breaches.length > 0) tags.push({ text: row.breaches.join(', '), kind: 'barred' });
  }
  if (row.mine) tags.push({ text: 'your choice', kind: 'own' });
  if (row.tied && revealed.choice) tags.push({ text: 'equally good', kind: 'plain' });
  if (row.mine && !row.chosen && row.breaches.length > 0)
    tags.push({ text: brief ? 'not feasible' : `not feasible: ${row.breaches.map(bare).join('; ')}`, kind: 'barred' });
  if (row.benchmarkOnly && !row.mine && revealed.vStar)
    tags.push({ text: `${row.breaches.join(', ')}, so only a benchmark`, kind: 'barred' });
  const [first, ...others] = row.dominatedBy;
  if (first !== undefined && revealed.payoffs === states.length && !brief) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const who = first.chosen && revealed.choice ? 'the choice' : first.name;
    tags.push({ text: `dominated by ${who}${more}`, kind: 'plain' });
  }
  return tags;
}

/** A sentence as part of another; a name at its head keeps its capital. */
function bare(sentence: string): string {
  const text = sentence.replace(/[.]$/, '');
  return /^(It|Its|The|At|In|Of|Only|No) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
