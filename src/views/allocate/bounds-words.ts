import type { Allocation } from '../../core/allocate/decision-rule.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { largestRegret } from '../shared/largest-regret.ts';
import type { Money } from '../shared/money.ts';
import { named, paragraph } from '../shared/phrases.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { listed } from '../shared/words.ts';

/** theta beside the regret when every initiative goes its own way, and why they differ: never one without the other. */
export function boundsReading(allocation: Allocation, money: Money): Phrase[] {
  const theta = largestRegret(allocation);
  if (theta === null) return [];
  const alike: Phrase[] = [
    tone(money.exact(theta), 'regret'),
    ' is the most you can regret if all initiatives turn out best, median or worst together.',
  ];
  const independent = allocation.independent_regret;
  if (independent === null) return paragraph([alike, ['What it comes to if each can go its own way was not worked out.']]);
  if (independent.value <= theta || money.exact(independent.value) === money.exact(theta))
    return paragraph([alike, ['If each can go its own way it is no more: the two bounds agree here.']]);
  const reply = independent.best_reply.length === 0 ? 'have funded nothing' : `have wanted ${replyName(allocation)}`;
  return paragraph([
    alike,
    [
      'If each can go its own way, the same portfolio can lose ',
      tone(money.exact(independent.value), 'regret'),
      `: one would then ${reply}.`,
    ],
    ['Moving all initiatives together hides the risk that those you fund turn out badly while those you pass over turn out well.'],
  ]);
}

/** The scenario in which the choice is regretted most when each initiative goes its own way, and the portfolio one would have wanted. */
export type Adversary = {
  readonly rows: readonly AdversaryRow[];
  readonly ours: number;
  readonly theirs: number;
  readonly regret: number;
  /** Whether what one would have wanted holds initiatives in part. */
  readonly inPart: boolean;
};
export type AdversaryRow = {
  readonly id: string;
  readonly turnsOut: 'worst' | 'best';
  readonly effective: number;
  readonly funded: boolean;
  readonly wanted: boolean;
};

/**
 * Null where there is none, or where initiatives are funded in part: what the adversary does to those is not a choice between
 * two ends that the answer names.
 */
export function adversary({ independent_regret, effective_returns, selected_initiatives, shares }: Allocation): Adversary | null {
  if (independent_regret === null || Object.values(shares ?? {}).some((share) => share < 1)) return null;
  const rows = Object.entries(effective_returns).map(([id, returns]): AdversaryRow => {
    const funded = selected_initiatives.includes(id);
    const turnsOut = funded ? 'worst' : 'best';
    return { id, turnsOut, effective: returns[turnsOut], funded, wanted: independent_regret.best_reply.includes(id) };
  });
  const total = (has: (row: AdversaryRow) => boolean) => rows.filter(has).reduce((sum, { effective }) => sum + effective, 0);
  const ours = total(({ funded }) => funded);
  const theirs = ours + independent_regret.value;
  const inPart = Math.abs(total(({ wanted }) => wanted) - theirs) > 1e-9 * Math.max(1, Math.abs(theirs));
  return { rows, ours, theirs, regret: independent_regret.value, inPart };
}

/** The reply by name; where shares may be funded it names what is in it, not how much of each. */
function replyName(allocation: Allocation): string {
  const reply = allocation.independent_regret?.best_reply ?? [];
  return adversary(allocation)?.inPart === false ? portfolioName(reply) : `shares of ${listed(reply)}`;
}

/** The scenario in words. */
export function adversaryReading({ rows, ours, theirs, regret, inPart }: Adversary, money: Money): Phrase[] {
  const worst = rows.filter(({ turnsOut }) => turnsOut === 'worst').map(({ id }) => id);
  const best = rows.filter(({ turnsOut }) => turnsOut === 'best').map(({ id }) => id);
  const verb = (ids: readonly string[]) => (ids.length === 1 ? 'turns out' : 'turn out');
  const wanted = rows.filter((row) => row.wanted).map(({ id }) => id);
  const clauses: Phrase[][] = [
    worst.length === 0 ? [] : [...named(worst), ` ${verb(worst)} worst`],
    best.length === 0 ? [] : [...named(best), ` ${verb(best)} best`],
  ].filter((clause) => clause.length > 0);
  const scenario = clauses.flatMap((clause, i): Phrase[] => (i === 0 ? clause : ['; ', ...clause]));
  return paragraph([
    [...scenario, '.'],
    [
      `This portfolio then returns ${money.exact(ours)} and ${inPart ? `shares of ${listed(wanted)}` : portfolioName(wanted)} ${money.exact(theirs)}: `,
      tone(`${money.exact(regret)} to regret`, 'regret'),
      '.',
    ],
  ]);
}
