import { formatNumber } from '../../charts/format.ts';

type Shares = Readonly<Record<string, number>>;

/** 'TitlesAI + 40% of BundleEngine'; 'nothing' for the empty portfolio. */
export function portfolioName(ids: readonly string[], shares?: Shares): string {
  return ids.length === 0 ? 'nothing' : fundedNames(ids, shares).join(' + ');
}

/** Each initiative with its share, where it is not funded whole. */
export function fundedNames(ids: readonly string[], shares?: Shares): string[] {
  return ids.map((id) => fundedName(id, shares?.[id] ?? 1));
}

export function fundedName(id: string, share: number): string {
  return share === 1 ? id : `${shareText(share)} of ${id}`;
}

/** A share of the whole with as many digits as tell it from nothing and from the whole. */
function shareText(share: number): string {
  const percent = share * 100;
  const decimals = [0, 1, 2, 4].find((digits) => {
    const printed = Number(percent.toFixed(digits));
    return printed > 0 && printed < 100 && Math.abs(printed - percent) <= 0.005 * Math.min(percent, 100 - percent);
  });
  return `${formatNumber(percent, decimals ?? 4)}%`;
}
