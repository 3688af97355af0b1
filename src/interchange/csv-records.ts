import Papa from 'papaparse';
import { csvLimits, inThousands } from './csv-limits.ts';

export type RecordHandler = {
  /** `line` is the file's line on which the record begins; `isDamaged` where some cell of the piece is not UTF-8. */
  readonly record: (fields: readonly string[], line: number, isDamaged: boolean) => void;
  readonly quoteProblem: (line: number, message: string) => void;
  /** Nothing more can be read. */
  readonly fatal: (line: number, message: string) => void;
  readonly isStopped: () => boolean;
};

type Parsed = {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
};

const PIECE = 65_536;

/** Cuts text that comes in pieces into records, and says on which line of the file each stands. */
export function recordReader(delimiter: string, handler: RecordHandler) {
  const parser = new Papa.Parser({ delimiter, newline: '\n' });
  let rest = '';
  let waiting = '';
  let line = 1;

  return {
    push(piece: string, isLast: boolean): void {
      if (handler.isStopped()) return;
      waiting += piece;
      // A record that is not complete is cut again from its beginning: what comes must at least double it.
      if (!isLast && waiting.length < Math.max(PIECE, rest.length)) return;
      const text = rest + waiting;
      waiting = '';
      // A carriage return at the very end may be half of a line end.
      const held = !isLast && text.endsWith('\r') ? 1 : 0;
      const whole = held === 0 ? text : text.slice(0, -held);
      const input = whole.includes('\r') ? whole.replaceAll(/\r\n?/g, '\n') : whole;
      const { data, errors, meta } = parser.parse(input, 0, !isLast) as Parsed;
      const hasQuotes = input.includes('"');
      const isDamaged = input.includes('\ufffd');
      const problems = new Map(errors.toReversed().map(({ code, row }) => [row, code]));
      for (const [k, fields] of data.entries()) {
        if (handler.isStopped()) return;
        const problem = problems.get(k);
        if (problem !== undefined) handler.quoteProblem(line, quoteWords(problem));
        else handler.record(fields, line, isDamaged);
        line += 1 + (hasQuotes ? lineEndsIn(fields) : 0);
      }
      rest = isLast ? '' : input.slice(meta.cursor) + (held === 0 ? '' : '\r');
      if (rest.length > csvLimits.record) handler.fatal(line, tooLong(rest));
    },
  };
}

function quoteWords(code: string): string {
  return code === 'MissingQuotes'
    ? 'a quote is opened here and never closed: close it, or double the quotes that belong to the text'
    : 'text follows a closing quote: double the quotes that belong to the text ("5"" pipe")';
}

function tooLong(rest: string): string {
  const limit = `more than ${inThousands(csvLimits.record)} characters without an end of row`;
  return rest.includes('"') ? `${limit}: a quote is opened here and not closed` : `${limit}: is this a table with one row per line?`;
}

function lineEndsIn(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) count += 1;
  }
  return count;
}
