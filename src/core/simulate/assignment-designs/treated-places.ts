import type { NumberParameter } from '../../contracts/parameter.ts';

/** The parameter of the designs that treat a fixed number of products. */
export function treatedShare<const Default extends number>(help: string, value: Default) {
  return {
    kind: 'number',
    label: 'Treated share',
    help,
    min: 0.02,
    max: 0.98,
    step: 0.01,
    default: value,
  } as const satisfies NumberParameter;
}

/** How many of n are treated. */
export function treatedPlaces(share: number, n: number): number {
  return Math.round(share * n);
}

/** Whether anyone is treated, and whether anyone is not. */
export function groupsOf(share: number, n: number): { readonly treated: boolean; readonly controls: boolean } {
  const places = treatedPlaces(share, n);
  return { treated: places > 0, controls: places < n };
}
