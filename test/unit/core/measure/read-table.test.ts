import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { balanceColumns, designColumns, missingRowsWarning, readTreatment, readUnits } from '../../../../src/core/measure/read-table.ts';
import { categoryColumn, numberColumn, type Column, type DataTable } from '../../../../src/core/numeric/columns.ts';

const numbers = (...values: number[]) => numberColumn(Float64Array.from(values));
const tableOf = (columns: Record<string, Column>, rowCount: number): DataTable => ({ rowCount, columns: new Map(Object.entries(columns)) });

const table = tableOf(
  {
    y: numbers(1, 2, NaN, 4, 5, 6),
    t: numbers(0, 1, 1, NaN, 1, 0),
    price: numbers(10, 20, 30, 40, Infinity, 60),
    shop: categoryColumn(['west', 'east', 'east', 'west', 'east', 'north']),
  },
  6,
);

describe('readUnits', () => {
  it('leaves out and counts the rows in which a used column is missing or infinite', () => {
    const units = readUnits(table, { outcome_column: 'y', treatment_column: 't', covariate_columns: ['price', 'shop'] });
    expect([...units.rows]).toEqual([0, 1, 5]);
    expect([...units.outcome]).toEqual([1, 2, 6]);
    expect([...units.treated]).toEqual([0, 1, 0]);
    expect(units).toMatchObject({ n: 3, nTreated: 1, nControl: 2, nMissing: 3 });
    expect(missingRowsWarning(units.nMissing, table.rowCount)).toEqual([expect.stringContaining('3 of 6 rows')]);
  });

  it('ignores gaps in columns that are not used', () => {
    expect(readUnits(table, { outcome_column: 'y', treatment_column: 't' }).n).toBe(4);
    expect(missingRowsWarning(0, 6)).toEqual([]);
  });

  it('sorts the levels that occur and codes them for designs and balance', () => {
    const units = readUnits(table, { outcome_column: 'y', treatment_column: 't', covariate_columns: ['shop'] });
    expect(units.covariates[0]).toMatchObject({ kind: 'category', levels: ['east', 'north', 'west'] });
    expect(designColumns(units.covariates).names).toEqual(['shop: north', 'shop: west']);
    expect(balanceColumns(units.covariates).names).toEqual(['shop: east', 'shop: north', 'shop: west']);
    expect([...(balanceColumns(units.covariates).columns[0] ?? [])]).toEqual([0, 1, 1, 0]);
  });

  it('names the parameter and the columns there are when a column is absent', () => {
    const absent = () => readUnits(table, { outcome_column: 'sales', treatment_column: 't' });
    expect(absent).toThrow(InputError);
    expect(absent).toThrow(/outcome_column.*'sales'.*y, t, price, shop/);
    expect(() => readUnits(table, { outcome_column: 'shop', treatment_column: 't' })).toThrow(/holds text/);
  });

  it('refuses the outcome or the treatment as a covariate', () => {
    expect(() => readUnits(table, { outcome_column: 'y', treatment_column: 't', covariate_columns: ['y'] })).toThrow(/is the outcome/);
    expect(() => readUnits(table, { outcome_column: 'y', treatment_column: 't', covariate_columns: ['t'] })).toThrow(/is the treatment/);
  });
});

describe('a covariate that names units', () => {
  it('is refused', () => {
    const n = 150;
    const named = tableOf(
      {
        y: numbers(...Array.from({ length: n }, (_, i) => i)),
        t: numbers(...Array.from({ length: n }, (_, i) => i % 2)),
        id: categoryColumn(Array.from({ length: n }, (_, i) => `B${i}`)),
      },
      n,
    );
    expect(() => readUnits(named, { outcome_column: 'y', treatment_column: 't', covariate_columns: ['id'] })).toThrow(
      /'id' holds 150 different texts/,
    );
  });
});

describe('readTreatment', () => {
  it('reads words for yes and no', () => {
    const words = tableOf({ t: categoryColumn(['Treated', 'control', null]), u: categoryColumn(['True', 'FALSE', 'true']) }, 3);
    expect([...readTreatment(words, 't', 'treatment_column')]).toEqual([1, 0, NaN]);
    expect([...readTreatment(words, 'u', 'treatment_column')]).toEqual([1, 0, 1]);
  });

  it('refuses anything else and says what it found', () => {
    expect(() => readTreatment(tableOf({ t: numbers(0, 1, 2) }, 3), 't', 'treatment_column')).toThrow(/also holds 2/);
    expect(() => readTreatment(tableOf({ t: categoryColumn(['A', 'B']) }, 2), 't', 'treatment_column')).toThrow(/also holds 'A'/);
  });
});
