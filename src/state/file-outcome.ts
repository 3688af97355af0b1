import type { Issue } from '../core/contracts/input-error.ts';
import type { Place } from '../interchange/link.ts';

/** What was made of something in a file: taken over under another name, filled in, left out, or only to be known. */
export type FileNote = { readonly kind: 'mapped' | 'defaulted' | 'ignored' | 'note'; readonly path: string; readonly message: string };

/** How opening a file ended. `opened`: it is on the screen; `choose`: only a person can tell what it is; `problem`: nothing has changed. */
export type FileOutcome =
  | {
      readonly kind: 'opened';
      readonly title: string;
      readonly notes: readonly FileNote[];
      readonly canUndo: boolean;
      readonly place?: Place;
    }
  | { readonly kind: 'choose'; readonly title: string; readonly choices: readonly FileChoice[] }
  | { readonly kind: 'problem'; readonly title: string; readonly issues: readonly Issue[] };
export type FileChoice = { readonly label: string; readonly note: string; readonly open: () => Promise<FileOutcome> };
