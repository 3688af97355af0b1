import type { CodeQuestion } from '../code-script.ts';
import { pyText, pyTexts } from './python-text.ts';

/** The line that reads a question's table. */
export function readLine({ file, columns }: CodeQuestion): string {
  const text = columns.filter(({ kind }) => kind === 'category').map(({ name }) => name);
  return `data = read_table(${pyText(file)}${text.length === 0 ? '' : `, text=${pyTexts(text)}`})`;
}

/** A column of the table that was read. */
export function columnOf(name: string): string {
  return `data[${pyText(name)}]`;
}
