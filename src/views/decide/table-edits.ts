import { draftLimits, type DraftTable } from '../../interchange/payoff-table-text.ts';

export type TableEdit = (table: DraftTable) => DraftTable;

export const setPayoff =
  (option: number, state: number, value: number | null): TableEdit =>
  (table) => ({ ...table, payoffs: table.payoffs.map((row, i) => (i === option ? replaced(row, state, value) : row)) });

export const nameOption =
  (option: number, name: string): TableEdit =>
  (table) => ({ ...table, options: replaced(table.options, option, name) });
export const nameState =
  (state: number, name: string): TableEdit =>
  (table) => ({ ...table, states: replaced(table.states, state, name) });
export const setWeight =
  (state: number, weight: number): TableEdit =>
  (table) => ({ ...table, weights: replaced(table.weights, state, weight) });
export const equalWeights: TableEdit = (table) => ({ ...table, weights: table.states.map(() => 1) });
export const setAlpha =
  (alpha: number): TableEdit =>
  (table) => ({ ...table, alpha });
export const setSense =
  (sense: DraftTable['sense']): TableEdit =>
  (table) => ({ ...table, sense });

export const addOption: TableEdit = (table) =>
  table.options.length >= draftLimits.options
    ? table
    : {
        ...table,
        options: [...table.options, freshName(table.options, 'Option')],
        payoffs: [...table.payoffs, table.states.map(() => null)],
      };

export const addState: TableEdit = (table) =>
  table.states.length >= draftLimits.states
    ? table
    : {
        ...table,
        states: [...table.states, freshName(table.states, 'State')],
        weights: [...table.weights, 1],
        payoffs: table.payoffs.map((row) => [...row, null]),
      };

export const removeOption =
  (option: number): TableEdit =>
  (table) =>
    table.options.length === 1 ? table : { ...table, options: without(table.options, option), payoffs: without(table.payoffs, option) };

export const removeState =
  (state: number): TableEdit =>
  (table) =>
    table.states.length === 1
      ? table
      : {
          ...table,
          states: without(table.states, state),
          weights: without(table.weights, state),
          payoffs: table.payoffs.map((row) => without(row, state)),
        };

/** Up (-1) or down (1) by one. */
export const moveOption =
  (option: number, by: -1 | 1): TableEdit =>
  (table) => ({
    ...table,
    options: swapped(table.options, option, option + by),
    payoffs: swapped(table.payoffs, option, option + by),
  });

/** Left (-1) or right (1) by one. */
export const moveState =
  (state: number, by: -1 | 1): TableEdit =>
  (table) => ({
    ...table,
    states: swapped(table.states, state, state + by),
    weights: swapped(table.weights, state, state + by),
    payoffs: table.payoffs.map((row) => swapped(row, state, state + by)),
  });

/** Pasted numbers from a cell on, as far as the table reaches. */
export const fillFrom =
  (option: number, state: number, payoffs: DraftTable['payoffs']): TableEdit =>
  (table) => ({
    ...table,
    payoffs: table.payoffs.map((row, i) =>
      row.map((old, j) => (i >= option && j >= state ? (payoffs[i - option]?.[j - state] ?? old) : old)),
    ),
  });

/** A pasted table in place of this one; gains or costs, alpha and, where it has as many states, weights stay. */
export const replaceTable =
  (pasted: Pick<DraftTable, 'options' | 'states' | 'payoffs'>): TableEdit =>
  (table) => ({ ...table, ...pasted, weights: pasted.states.length === table.states.length ? table.weights : pasted.states.map(() => 1) });

function replaced<T>(list: readonly T[], at: number, value: T): readonly T[] {
  return list.map((old, i) => (i === at ? value : old));
}

function without<T>(list: readonly T[], at: number): readonly T[] {
  return list.filter((_, i) => i !== at);
}

function swapped<T>(list: readonly T[], a: number, b: number): readonly T[] {
  if (b < 0 || b >= list.length) return list;
  const copy = [...list];
  [copy[a], copy[b]] = [list[b] as T, list[a] as T];
  return copy;
}

function freshName(names: readonly string[], word: string): string {
  for (let k = names.length + 1; ; k += 1) if (!names.includes(`${word} ${k}`)) return `${word} ${k}`;
}
