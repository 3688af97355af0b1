import { pilotQuestion, type MeasureTask } from '../core/measure-initiative.ts';
import type { TableQuestion } from '../core/measure-table.ts';
import type { Column } from '../core/numeric/columns.ts';
import { tableCsv } from './table-csv.ts';

/** A pilot as the file somebody would bring, with the question that gives the pilot's own answer. */
export type PilotFile = {
  readonly name: string;
  readonly csv: string;
  readonly columns: readonly { readonly name: string; readonly kind: Column['kind'] }[];
  readonly question: TableQuestion;
};

/** The table one initiative's method is given, as CSV: numbers in the shortest form that reads back to the same bits. */
export function pilotFile(task: MeasureTask): PilotFile {
  const { table, ...question } = pilotQuestion(task);
  const columns = Array.from(table.columns, ([name, { kind }]) => ({ name, kind }));
  return { name: `${task.world.initiative_id}.csv`, csv: tableCsv(table), columns, question };
}
