import { formatConfidence, formatPercent } from '../../charts/format.ts';
import type { ConfidenceSwitch, ForcedChoice, Holding } from '../../core/allocate/explain/explanations.ts';
import type { Money } from '../shared/money.ts';
import { portfolioName } from '../shared/portfolio-name.ts';

/** What the choice comes to with the initiative forced in or out; the portfolio, or why there is none. */
export function forcedCell(
  value: number | null,
  portfolio: readonly string[] | null,
  reason: string | null,
  money: Money,
): { text: string; detail: string } {
  if (value === null) return { text: '\u2013', detail: reason ?? 'no portfolio may be chosen' };
  return { text: money.exact(value), detail: portfolio === null ? '' : portfolioName(portfolio) };
}

/** Whether it is the choice itself that has the figure: then forcing changes nothing. */
export function isForced({ held }: ForcedChoice, side: 'in' | 'out'): boolean {
  return held === (side === 'out');
}

/** The confidence at which an initiative enters, in few words. */
export function switchWords(entry: ConfidenceSwitch): { text: string; detail: string } {
  switch (entry.standing) {
    case 'always':
      return { text: 'always in', detail: 'held at any confidence' };
    case 'never':
      return { text: 'never', detail: 'not held at any confidence' };
    case 'unavailable':
      return { text: '\u2013', detail: entry.reason ?? 'not known' };
    case 'switches':
      return { text: confidenceText(entry.enters_at, entry.precision), detail: switchDetail(entry) };
    default:
      return entry.standing satisfies never;
  }
}

function switchDetail({ enters_at, sure_from, at_threshold, held, precision }: ConfidenceSwitch): string {
  const now = at_threshold ? 'the threshold' : held ? 'leaves below' : 'enters from there on';
  if (sure_from === null) return `${now}; others are as good throughout`;
  const sure = confidenceText(sure_from, precision);
  return sure === confidenceText(enters_at, precision) ? now : `${now}; others are as good up to ${sure}`;
}

function confidenceText(confidence: number | null, precision: number): string {
  return confidence === null ? '\u2013' : `${precision > 0 ? '\u2248 ' : ''}${formatConfidence(confidence)}`;
}

const standingWords: Readonly<Record<Holding['standing'], string>> = {
  core: 'core',
  borderline: 'borderline',
  exterior: 'exterior',
};

export function holdingWords({ share, standing }: Holding): string {
  return `${formatPercent(share, 0)}, ${standingWords[standing]}`;
}
