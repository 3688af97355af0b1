import Papa from 'papaparse';

const candidates = [
  { delimiter: ',', name: 'commas' },
  { delimiter: ';', name: 'semicolons' },
  { delimiter: '\t', name: 'tabs' },
  { delimiter: '|', name: 'bars' },
] as const;

export type Delimiter = (typeof candidates)[number];

const ROWS_LOOKED_AT = 50;

/**
 * What stands between the cells: the mark that cuts most of the first rows into as many cells as the header, and among
 * several such the one that gives most cells. A decimal comma does not mislead it, since headers have none.
 */
export function detectDelimiter(sample: string): Delimiter {
  const text = sample.replaceAll(/\r\n?/g, '\n');
  const scores = candidates.map((candidate) => ({ candidate, ...score(text, candidate.delimiter) }));
  const best = scores.reduce((a, b) => (b.agreement > a.agreement || (b.agreement === a.agreement && b.width > a.width) ? b : a));
  return best.width >= 2 ? best.candidate : candidates[0];
}

function score(text: string, delimiter: string): { agreement: number; width: number } {
  const { data } = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: ROWS_LOOKED_AT + 1, skipEmptyLines: 'greedy' });
  const [header, ...rows] = data;
  const width = header?.length ?? 0;
  if (width < 2) return { agreement: 0, width: 0 };
  // The last row of a sample may be cut short.
  const judged = rows.length > 1 ? rows.slice(0, -1) : rows;
  const agreeing = judged.filter((row) => row.length === width).length;
  return { agreement: (agreeing + 1) / (judged.length + 1), width };
}
