import type { EstimatorId } from '../../core/measure/descriptions.ts';
import type { TableQuestion } from '../../core/measure-table.ts';

/** What a method answered, as far as a script is to reproduce it. */
export type CodeAnswer = {
  readonly estimate: number;
  /** null where the method has none. */
  readonly standard_error: number | null;
  readonly ci_lower: number;
  readonly ci_upper: number;
  readonly p_value: number;
};

/** A column of the file, named as in its first line, and whether its cells are numbers or text. */
export type CodeColumn = { readonly name: string; readonly kind: 'number' | 'category' };

/** One method's question to one table, with the answer that the script is to give again. */
export type CodeQuestion = {
  /** CSV file beside the script, written by `tableCsv`: UTF-8, commas, empty cells are missing. */
  readonly file: string;
  /** Parameters are complete: every default is filled in. Columns are named as in the file. */
  readonly question: TableQuestion;
  readonly columns: readonly CodeColumn[];
  /** null where the method has no answer on these data. */
  readonly expected: CodeAnswer | null;
  /** Why there is none; null where there is one. */
  readonly reason: string | null;
  /** What chance decided and the answer depends on; null where nothing. */
  readonly random: CodeRandom | null;
};

/**
 * The order in which units are dealt into the folds of cross-fitting, by position from 0 among the units used (complete rows,
 * after trimming, in the order of the file). Of each arm the k-th unit dealt (from 0) goes to fold k modulo the number of folds.
 */
export type CodeRandom = { readonly deal_order: readonly number[] };

/** What the script says of the run at its top. */
export type CodeHeader = {
  readonly title: string;
  /** null where the run has no address. */
  readonly link: string | null;
  /** null for data of one's own. */
  readonly digest: string | null;
};

/** A piece of the preamble: functions that stand once in a script, where something in it needs them, after what they need. */
export type CodePiece = { readonly name: string; readonly needs: readonly CodePiece[]; readonly code: string };

/**
 * By how much figures may differ, relative to the larger of ours and the standard error (p values: to themselves); `why` where that
 * is more than 1e-8. `figures` are those that may differ by more than the others.
 */
export type Tolerance = {
  readonly relative: number;
  readonly why: string | null;
  readonly figures?: Readonly<Partial<Record<keyof CodeAnswer, number>>>;
};

export type MethodLines =
  | {
      /** Statements that leave the answer; what form it takes is the language's affair. */
      readonly lines: string;
      readonly needs: readonly CodePiece[];
      readonly tolerance: Tolerance;
    }
  | { readonly notReproduced: string };

type Values = Readonly<Record<string, unknown>>;

/** One estimator in one language. */
export type MethodCode = { readonly id: EstimatorId; readonly write: (question: CodeQuestion, parameters: Values) => MethodLines };

/** Keeps the estimator's own parameter types inside its file. */
export function defineMethodCode<P>(id: EstimatorId, write: (question: CodeQuestion, parameters: P) => MethodLines): MethodCode {
  return { id, write: (question, parameters) => write(question, parameters as P) };
}

export const closedForm: Tolerance = { relative: 1e-8, why: null };
export const iterative: Tolerance = { relative: 1e-5, why: 'found by iteration, which two programs stop at slightly different points' };

/** A question with the lines that answer it, or why there are none. */
export type WrittenQuestion = CodeQuestion & { readonly written: MethodLines };

/** Each question's lines, by the methods of a language. */
export function writeQuestions(methods: readonly MethodCode[], questions: readonly CodeQuestion[]): readonly WrittenQuestion[] {
  return questions.map((asked) => {
    if (asked.expected === null) return { ...asked, written: { notReproduced: `no answer on these data: ${asked.reason ?? ''}` } };
    const method = methods.find(({ id }) => id === asked.question.method);
    const written = method?.write(asked, asked.question.parameters) ?? { notReproduced: `there is no code for '${asked.question.method}'` };
    return { ...asked, written };
  });
}

/** What these pieces need and they themselves, each once, in an order in which nothing is used before it stands there. */
export function inOrderOfNeed(pieces: readonly CodePiece[]): readonly CodePiece[] {
  const ordered = new Map<string, CodePiece>();
  const add = (piece: CodePiece) => {
    if (ordered.has(piece.name)) return;
    piece.needs.forEach(add);
    ordered.set(piece.name, piece);
  };
  pieces.forEach(add);
  return [...ordered.values()];
}

/** Text that stays on one line of a comment, whatever it holds. */
export function commentText(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}
