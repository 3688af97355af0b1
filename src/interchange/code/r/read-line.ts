import type { CodeQuestion } from '../code-script.ts';
import { rText, rTexts } from './r-text.ts';

/** The line that reads a question's table. */
export function readLine({ file, columns }: CodeQuestion): string {
  const text = columns.filter(({ kind }) => kind === 'category').map(({ name }) => name);
  return `data <- read_table(${rText(file)}${text.length === 0 ? '' : `, text = ${rTexts(text)}`})`;
}
