import { none } from './none.ts';

/** Every correction for the winner's curse by id, in the order the page lists them. */
export const returnCorrections = { none } as const;

export const defaultCorrection = { id: none.id, parameters: {} } as const;
