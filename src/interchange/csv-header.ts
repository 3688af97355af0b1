import { csvLimits } from './csv-limits.ts';
import type { IssueCollector } from './csv-issues.ts';
import { isMissing, plainNumber } from './csv-number.ts';

export type HeaderName = { readonly name: string; readonly isMadeUp: boolean };

/** The names of the columns; a column without a name gets one from its place. Troubles go to `issues`. */
export function readHeader(fields: readonly string[], line: number, issues: IssueCollector): readonly HeaderName[] {
  const names = fields.map((field) => field.trim());
  if (names.length > csvLimits.columns) {
    issues.error({ row: line }, `has ${names.length} columns; at most ${csvLimits.columns} can be read: keep those that are needed`);
    return [];
  }
  if (names.every((name) => isMissing(name) || !Number.isNaN(plainNumber(name)))) {
    issues.error(
      { row: line },
      'holds numbers where the names of the columns should be: add a first row with their names',
      names.join(', '),
    );
  }
  const taken = new Set(names);
  const first = new Map<string, number>();
  return names.map((name, j) => {
    if (name === '') return { name: freeName(j, taken), isMadeUp: true };
    const before = first.get(name);
    if (before !== undefined)
      issues.error(
        { row: line, column: name },
        `two columns are called '${name}' (the ${ordinal(before)} and the ${ordinal(j)}): rename one`,
      );
    else first.set(name, j);
    return { name, isMadeUp: false };
  });
}

function freeName(j: number, taken: Set<string>): string {
  let name = `column ${j + 1}`;
  while (taken.has(name)) name = `${name}'`;
  taken.add(name);
  return name;
}

function ordinal(j: number): string {
  const n = j + 1;
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
