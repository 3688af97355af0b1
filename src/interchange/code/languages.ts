import { writeQuestions, type CodeQuestion } from './code-script.ts';
import { python } from './python/index.ts';
import { r } from './r/index.ts';
import type { CodeLanguage } from './write-script.ts';

export type CodeLanguageId = 'r' | 'python';

export const codeLanguages: Readonly<Record<CodeLanguageId, CodeLanguage>> = { r, python };

/** An estimate that a script leaves out, and why. */
export type LeftOut = { readonly name: string; readonly method: string; readonly why: string };

/** What a script does not work out again: methods without an answer on their data, and what the language's code cannot do. */
export function leftOut({ methods }: CodeLanguage, questions: readonly CodeQuestion[]): readonly LeftOut[] {
  return writeQuestions(methods, questions).flatMap(({ question: { initiative_id: name, method }, expected, reason, written }) => {
    if (expected === null) return [{ name, method, why: `no answer on these data: ${reason ?? ''}` }];
    return 'notReproduced' in written ? [{ name, method, why: written.notReproduced }] : [];
  });
}
