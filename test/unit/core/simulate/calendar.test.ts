import { describe, expect, it } from 'vitest';
import { dayNumber, isIsoDate, isoDate, isoWeek, makeCalendar, weekday } from '../../../../src/core/simulate/calendar.ts';

const MS_PER_DAY = 86_400_000;

describe('dates', () => {
  it('agree with the platform on every day of 400 years', () => {
    const start = dayNumber('1890-01-01');
    for (let day = start; day < start + 146_097; day += 1) {
      const date = new Date(day * MS_PER_DAY);
      const text = date.toISOString().slice(0, 10);
      if (isoDate(day) !== text || dayNumber(text) !== day || weekday(day) !== (date.getUTCDay() + 6) % 7)
        expect.fail(`day ${day} is ${text}`);
    }
  });

  it.each([
    '2026-1-05',
    '2026-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '1900-02-29',
    '2026-01-05T00',
    '',
    '9999-12-31',
    '0000-01-01',
    ' 2026-01-05',
  ])('refuses %s', (text) => {
    expect(isIsoDate(text)).toBe(false);
    expect(() => dayNumber(text)).toThrow(/start_date/);
  });

  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '1583-01-01'])('accepts %s', (text) => expect(isIsoDate(text)).toBe(true));

  // ISO 8601: week 1 holds the year's first Thursday.
  it.each([
    ['2026-01-01', '2026-W01'],
    ['2027-01-01', '2026-W53'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
    ['2026-11-22', '2026-W47'],
    ['2023-01-01', '2022-W52'],
  ])('puts %s in %s', (date, week) => expect(isoWeek(dayNumber(date))).toBe(week));
});

describe('makeCalendar', () => {
  it('runs over the leap day and marks the intervention', () => {
    const calendar = makeCalendar('2024-02-27', 2, 3);
    expect(calendar).toEqual({
      dates: ['2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-02'],
      nPeriods: 5,
      interventionIndex: 2,
      daysPerPeriod: 1,
    });
  });
});
