import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import { toCsv } from '../../../src/interchange/csv.ts';
import { parseCsv } from '../../../src/interchange/csv-table.ts';

describe('CSV', () => {
  it('reads numbers, text, quotes and missing values by column', () => {
    const table = parseCsv('id,x,when\r\n"a, b",1.5,2026-01-01\r\nc,NA,2026-01-02\r\n');
    expect(table.rowCount).toBe(2);
    expect(table.columns.get('id')).toMatchObject({ kind: 'category', levels: ['a, b', 'c'] });
    const x = table.columns.get('x');
    expect(x?.kind === 'number' && [...x.values]).toEqual([1.5, Number.NaN]);
    expect(table.columns.get('when')?.kind).toBe('category');
  });

  it('names the row that is not a table row', () => {
    expect(() => parseCsv('a,b\n1,2\n3\n')).toThrow(InputError);
    expect(() => parseCsv('a,b\n1,2\n3\n')).toThrow(/row 3: has 1 fields where the header has 2/);
    expect(() => parseCsv('a,a\n1,2\n')).toThrow(/two columns are called 'a'/);
    expect(() => parseCsv('')).toThrow(/empty/);
    expect(() => parseCsv('a,b\n"1,2\n')).toThrow(InputError);
  });

  it('accepts column names that objects have of their own', () => {
    expect([...parseCsv('__proto__,constructor\n1,2\n').columns.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it('writes what it reads and disarms formulas', () => {
    expect(toCsv(['a', 'b'], [['x,"y"', -1.5], ['=1+1', null]])).toBe('a,b\r\n"x,""y""",-1.5\r\n\'=1+1,\r\n');
  });
});
