import type { Initiative } from '../../core/scenario/scenario.ts';

export type Period = 'day' | 'week';

/** What one period of an initiative's calendar is called. */
export function periodWord(initiative: Initiative | undefined): Period {
  return initiative?.source === 'simulated' ? initiative.catalog.granularity : 'day';
}

/** 'per product and week': what every effect on revenue is counted in. */
export function perProductAnd(period: Period): string {
  return `per product and ${period}`;
}
