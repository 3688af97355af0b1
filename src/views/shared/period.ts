import type { Parameter, Parameters } from '../../core/contracts/parameter.ts';
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

/** The same parameters, with those that count periods counting days or weeks. */
export function inPeriods(parameters: Parameters, period: Period): Parameters {
  const named = (parameter: Parameter): Parameter =>
    'unit' in parameter && parameter.unit === 'periods' ? { ...parameter, unit: `${period}s` } : parameter;
  return Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, named(parameter)]));
}
