import type { Tone } from './phrase.ts';

/** One line of a list of figures. */
export type Fact = { readonly label: string; readonly value: string; readonly note?: string; readonly tone?: Tone };
