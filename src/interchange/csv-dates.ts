/** How the different texts of a column read as dates; null where they are not all dates. */
export type DateReading = {
  /** Text to ISO period (2024-11-30, 2024-W48, 2024-11). */
  readonly isoOf: (text: string) => string;
  /** What was done, or must be known; null where the texts are ISO already. */
  readonly note: string | null;
};

export type DateOrder = 'day_first' | 'month_first';

const iso = /^\d{4}-(?:W\d{2}|\d{2}(?:-\d{2})?)$/;
const isoTime = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}/;
const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const yearLast = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

/** @param chosen which comes first in 03/04/2024, where a person has said so */
export function readDates(levels: readonly string[], chosen: DateOrder | null): DateReading | null {
  if (levels.length === 0) return null;
  if (levels.every((text) => iso.test(text))) return { isoOf: (text) => text, note: null };
  if (levels.every((text) => isoTime.test(text) || iso.test(text)))
    return { isoOf: (text) => isoTime.exec(text)?.[1] ?? text, note: 'times of day were left out; the dates were kept' };
  if (levels.every((text) => yearFirst.test(text)))
    return { isoOf: (text) => padded(yearFirst.exec(text), [1, 2, 3]), note: 'dates were rewritten as year-month-day' };
  if (levels.every((text) => yearLast.test(text))) return yearLastDates(levels, chosen);
  return null;
}

function yearLastDates(levels: readonly string[], chosen: DateOrder | null): DateReading | null {
  const parts = levels.map((text) => yearLast.exec(text)?.slice(1).map(Number) ?? []);
  const dayFirst = parts.some(([first = 0]) => first > 12);
  const monthFirst = parts.some(([, second = 0]) => second > 12);
  if (dayFirst && monthFirst) return null;
  const order: DateOrder = dayFirst ? 'day_first' : monthFirst ? 'month_first' : (chosen ?? 'day_first');
  const words = order === 'day_first' ? 'day, month, year' : 'month, day, year';
  const isOpen = !dayFirst && !monthFirst && chosen === null;
  return {
    isoOf: (text) => padded(yearLast.exec(text), order === 'day_first' ? [3, 2, 1] : [3, 1, 2]),
    note: isOpen
      ? `dates such as ${levels[0] ?? ''} can be read both ways and were taken as ${words}: choose the other reading if that is wrong`
      : `dates were read as ${words}`,
  };
}

function padded(match: RegExpExecArray | null, order: readonly [number, number, number]): string {
  const [year, month, day] = order.map((group) => match?.[group] ?? '');
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
}
