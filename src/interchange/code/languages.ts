import { writeQuestions, type CodeHeader, type CodeQuestion, type MethodCode } from './code-script.ts';
import { pythonMethods, pythonScript } from './python/index.ts';
import { rMethods, rScript } from './r/index.ts';

export type CodeLanguageId = 'r' | 'python';

export type CodeLanguage = {
  readonly label: string;
  /** The script's file, beside the data. */
  readonly file: string;
  readonly methods: readonly MethodCode[];
  readonly script: (header: CodeHeader, questions: readonly CodeQuestion[]) => string;
};

export const codeLanguages: Readonly<Record<CodeLanguageId, CodeLanguage>> = {
  r: { label: 'R', file: 'run.R', methods: rMethods, script: rScript },
  python: { label: 'Python', file: 'run.py', methods: pythonMethods, script: pythonScript },
};

/** An estimate that a script leaves out, and why. */
export type LeftOut = { readonly name: string; readonly method: string; readonly why: string };

/** What a script does not work out again: methods without an answer on their data, and what the language's code cannot do. */
export function leftOut({ methods }: CodeLanguage, questions: readonly CodeQuestion[]): readonly LeftOut[] {
  return writeQuestions(methods, questions).flatMap(({ question: { initiative_id: name, method }, expected, reason, written }) => {
    if (expected === null) return [{ name, method, why: `no answer on these data: ${reason ?? ''}` }];
    return 'notReproduced' in written ? [{ name, method, why: written.notReproduced }] : [];
  });
}
