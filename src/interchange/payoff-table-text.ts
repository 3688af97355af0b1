import { compressText, expandText } from './compressed-text.ts';

/** A payoff table as it is being filled in: null where a payoff is missing; weights count in proportion to their sum. */
export type DraftTable = {
  readonly options: readonly string[];
  readonly states: readonly string[];
  readonly payoffs: readonly (readonly (number | null)[])[];
  readonly sense: 'gain' | 'cost';
  readonly weights: readonly number[];
  readonly alpha: number;
};

export type ReadTable = { readonly ok: true; readonly table: DraftTable } | { readonly ok: false; readonly message: string };

/** The most rows, columns and characters of a name, and the largest number, that a table on the page may have. */
export const draftLimits = { options: 30, states: 30, name: 60, payoff: 1e15, weight: 1e9 } as const;
/** Longest table part a link may have; 30 by 30 long decimals stay well below it. */
export const longestTableLink = 30_000;

/** The table as text for a link. */
export function tableLink(table: DraftTable): Promise<string> {
  return compressText(tableText(table));
}

/** The table a link holds, or why it holds none. Never throws. */
export async function readTableLink(link: string): Promise<ReadTable> {
  if (link.length > longestTableLink) return broken('it is longer than any link of this page');
  let text: string;
  try {
    text = await expandText(link);
  } catch (error) {
    return broken(`it is cut or changed (${error instanceof Error ? error.message : String(error)})`);
  }
  return readTableText(text);
}

export function tableText({ options, states, payoffs, sense, weights, alpha }: DraftTable): string {
  return JSON.stringify({ options, states, payoffs, sense, weights, alpha });
}

/** The table, if the text is one within the limits. */
export function readTableText(text: string): ReadTable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken('it is cut or changed');
  }
  if (typeof value !== 'object' || value === null) return broken('it holds no table');
  const { options, states, payoffs, sense, weights, alpha } = value as Readonly<Record<string, unknown>>;
  if (!areNames(options, draftLimits.options)) return broken('its options are not a list of up to 30 names');
  if (!areNames(states, draftLimits.states)) return broken('its states are not a list of up to 30 names');
  if (sense !== 'gain' && sense !== 'cost') return broken('it does not say whether its payoffs are gains or costs');
  const isRow = (row: unknown): row is (number | null)[] =>
    Array.isArray(row) &&
    row.length === states.length &&
    row.every((payoff) => payoff === null || isBetween(payoff, -draftLimits.payoff, draftLimits.payoff));
  if (!Array.isArray(payoffs) || payoffs.length !== options.length || !payoffs.every(isRow))
    return broken('its payoffs are not a number for every option and state');
  const areWeights =
    Array.isArray(weights) && weights.length === states.length && weights.every((weight) => isBetween(weight, 0, draftLimits.weight));
  if (!areWeights) return broken('its weights are not a number of at least 0 for every state');
  if (!isBetween(alpha, 0, 1)) return broken('its alpha is not between 0 and 1');
  return { ok: true, table: { options, states, payoffs, sense, weights, alpha } };
}

function areNames(names: unknown, most: number): names is string[] {
  return (
    Array.isArray(names) &&
    names.length > 0 &&
    names.length <= most &&
    names.every((name) => typeof name === 'string' && name.length <= draftLimits.name)
  );
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

function broken(why: string): ReadTable {
  return { ok: false, message: `The table cannot be opened: ${why}.` };
}
