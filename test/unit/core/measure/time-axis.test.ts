import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarSteps, readTime, readTimes, weekdayOf } from '../../../../src/core/measure/time-axis.ts';
import { categoryColumn, numberColumn, type DataTable } from '../../../../src/core/numeric/columns.ts';

fc.configureGlobal({ seed: 7 });

const dated = (...labels: (string | null)[]): DataTable => ({
  rowCount: labels.length,
  columns: new Map([['when', categoryColumn(labels)]]),
});
const read = (...labels: (string | null)[]) => readTimes(dated(...labels), 'when', 'time_column');

describe('readTimes', () => {
  it('counts days as the calendar does', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1600-01-01T00:00:00Z'), max: new Date('2400-01-01T00:00:00Z'), noInvalidDate: true }),
        (date) => {
          const day = Math.floor(date.getTime() / 86_400_000);
          expect([...read(date.toISOString().slice(0, 10)).values]).toEqual([day]);
          expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
        },
      ),
    );
  });

  it('counts ISO weeks across years of 52 and 53 weeks', () => {
    const { kind, values } = read('2020-W52', '2020-W53', '2021-W01', '2021-W52', '2022-W01');
    expect(kind).toBe('week');
    expect([...values].map((value) => value - (values[0] ?? 0))).toEqual([0, 1, 2, 53, 54]);
    expect(() => read('2021-W53')).toThrow(/ISO weeks/);
  });

  it('reads months, years, numbers and gaps', () => {
    expect([...read('2023-12', '2024-01').values]).toEqual([2023 * 12 + 11, 2024 * 12]);
    expect([...read('2023', '2024').values]).toEqual([2023, 2024]);
    expect([...read('2024-02-29', null).values]).toEqual([19782, NaN]);
    const numeric: DataTable = { rowCount: 2, columns: new Map([['when', numberColumn(Float64Array.of(1.5, Infinity))]]) };
    expect([...readTimes(numeric, 'when', 'time_column').values]).toEqual([1.5, NaN]);
  });

  it('refuses what is not a date, a day that does not exist, and a mixture', () => {
    expect(() => read('30/11/2024')).toThrow(/time_column.*'30\/11\/2024'/);
    expect(() => read('2023-02-29')).toThrow(/ISO dates/);
    expect(() => read('2023-13')).toThrow(/ISO dates/);
    expect(() => read('2023-01-01', '2023-01')).toThrow(/all of one kind/);
    expect(() => readTimes(dated('2024-01-01'), 'date', 'time_column')).toThrow(/no column 'date'/);
  });

  it('reads a time given as a parameter on the same scale', () => {
    expect(readTime('2024-02-29', read('2024-01-01'), 'intervention_date')).toBe(19782);
    expect(() => readTime('2024-02', read('2024-01-01'), 'intervention_date')).toThrow(/intervention_date.*days/);
    expect(() => readTime('soon', { kind: 'number', values: new Float64Array(0) }, 'intervention_date')).toThrow(/must be a number/);
    expect(readTime('49', { kind: 'number', values: new Float64Array(0) }, 'intervention_date')).toBe(49);
  });
});

describe('calendarSteps', () => {
  it('counts gaps where the grid is regular', () => {
    expect(calendarSteps(Float64Array.of(10, 11, 14))).toEqual({ steps: Float64Array.of(0, 1, 4), nGaps: 2 });
    expect(calendarSteps(Float64Array.of(0, 7, 21))).toEqual({ steps: Float64Array.of(0, 1, 3), nGaps: 1 });
  });

  it('counts one by one where it is not, as for months written as dates', () => {
    expect(calendarSteps(Float64Array.of(0, 31, 59, 90))).toEqual({ steps: Float64Array.of(0, 1, 2, 3), nGaps: 0 });
    expect(calendarSteps(Float64Array.of(5))).toEqual({ steps: Float64Array.of(0), nGaps: 0 });
  });
});
