import { limits } from '../../core/scenario/defaults.ts';
import type { Ledger } from './ledger.ts';

type Fields = Readonly<Record<string, unknown>>;
type Sized = {
  readonly catalog: {
    readonly n_products: number;
    readonly granularity: string;
    readonly pre_periods: number;
    readonly post_periods: number;
  };
};

const usualScale = 5000;

/**
 * Sample sizes that a browser can hold, and a measurement at scale that is no smaller than the largest pilot. Files that are
 * fine as they are stay so; what has to give is said.
 */
export function fitScale(ledger: Ledger, given: Fields): Fields {
  const initiatives = given.initiatives as readonly Partial<Sized>[];
  const catalogs = initiatives.flatMap(({ catalog }) => (catalog === undefined ? [] : [catalog]));
  const stated = given.scale_sample_size as number | undefined;
  const largest = Math.max(30, ...catalogs.map(({ n_products }) => n_products));
  const most = Math.min(limits.products, ...catalogs.map((catalog) => Math.floor(limits.productPeriods / daysOf(catalog))));
  const scale = Math.min(most, Math.max(largest, stated ?? Math.min(usualScale, most)));
  if (stated === undefined)
    ledger.assume('scale_sample_size', scale, 'Newer problem files do not state one: 5000, as older ones had it, or what the pilots need.');
  else if (scale !== stated)
    ledger.assume(
      'scale_sample_size',
      scale,
      `The problem file says ${stated}; at scale there are as many products as in the largest pilot, and no more than a browser can hold.`,
    );
  const fitted = initiatives.map((initiative, i) => {
    const { catalog } = initiative;
    if (catalog === undefined || catalog.n_products <= scale) return initiative;
    ledger.assume(
      `initiatives.${i}.catalog.n_products`,
      scale,
      `The file says ${catalog.n_products}, over a time that is too long for a browser to hold so many.`,
    );
    return { ...initiative, catalog: { ...catalog, n_products: scale } };
  });
  return { ...given, scale_sample_size: scale, initiatives: fitted };
}

function daysOf({ granularity, pre_periods, post_periods }: Sized['catalog']): number {
  return (pre_periods + post_periods) * (granularity === 'week' ? 7 : 1);
}
