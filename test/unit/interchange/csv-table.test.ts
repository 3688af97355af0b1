import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, DataTable } from '../../../src/core/numeric/columns.ts';
import { parseCsv, readCsv } from '../../../src/interchange/csv-table.ts';
import type { CsvReading } from '../../../src/interchange/csv-assemble.ts';
import type { ReadOptions } from '../../../src/interchange/csv-scan.ts';
import type { ByteSource } from '../../../src/interchange/csv-text.ts';
import { tableCsv } from '../../../src/interchange/table-csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The same bytes in pieces of that size: every boundary falls somewhere else. */
function inPieces(data: Uint8Array, size: number): ByteSource {
  return {
    size: data.length,
    stream() {
      let at = 0;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= data.length) return controller.close();
          controller.enqueue(data.slice(at, at + size));
          at += size;
        },
      });
    },
  };
}

const read = (text: string | Uint8Array, options: ReadOptions = {}) =>
  readCsv(inPieces(typeof text === 'string' ? bytes(text) : text, 7), options);

function good(reading: CsvReading) {
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  return reading;
}

function valuesOf(column: Column | undefined): (number | string | null)[] {
  if (column === undefined) throw new Error('no such column');
  if (column.kind === 'number') return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  return Array.from(column.codes, (code) => column.levels[code] ?? null);
}

const columnsOf = ({ columns }: DataTable) => Object.fromEntries([...columns].map(([name, column]) => [name, valuesOf(column)]));
const errorsOf = async (text: string | Uint8Array) => {
  const reading = await read(text);
  if (reading.ok) throw new Error('the file was taken');
  return reading.issues;
};
const notesOf = (reading: CsvReading) =>
  good(reading).summary.issues.listed.map(({ row, column, message, value }) => ({ row, column, message, value }));

describe('reading a CSV file', () => {
  it('finds the kind of every column, missing cells and dates', async () => {
    const reading = good(await read('id,x,when,t\r\n"a, b",1.5,2026-01-03,1\r\nc,NA,2026-01-01,0\r\nd,-2e3,,null\r\n'));
    expect(columnsOf(reading.table)).toEqual({
      id: ['a, b', 'c', 'd'],
      x: [1.5, null, -2000],
      when: ['2026-01-03', '2026-01-01', null],
      t: [1, 0, null],
    });
    expect(reading.table.columns.get('when')).toMatchObject({ levels: ['2026-01-01', '2026-01-03'] });
    expect(reading.summary.columns.map(({ kind, missing }) => [kind, missing])).toEqual([
      ['text', 0],
      ['number', 1],
      ['date', 1],
      ['number', 1],
    ]);
    expect(reading.summary.columns[3]?.isBinary).toBe(true);
    expect(reading.summary.issues.listed).toEqual([]);
  });

  it.each([
    [';', 'semicolons'],
    ['\t', 'tabs'],
    ['|', 'bars'],
  ])('finds cells between %j and says so', async (mark, name) => {
    const reading = good(await read(`id${mark}y\na${mark}1,5\nb${mark}2,25\n`));
    expect(columnsOf(reading.table)).toEqual({ id: ['a', 'b'], y: [1.5, 2.25] });
    expect(notesOf(reading).map(({ message }) => message)).toEqual(['commas were read as decimal marks', `cells are separated by ${name}`]);
  });

  it('reads a byte order mark, UTF-16, old and mixed line ends, and empty rows', async () => {
    const text = 'naïve,y\ré,1\r\n\nè,2\n,,\n';
    const expected = { naïve: ['é', 'è'], y: [1, 2] };
    expect(columnsOf(good(await read(`\ufeff${text}`)).table)).toEqual(expected);
    const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0)).buffer);
    expect(columnsOf(good(await read(utf16)).table)).toEqual(expected);
    expect(notesOf(await read(text)).map(({ message }) => message)).toEqual(['1 row is empty and was passed over']);
  });

  it('gives the same table wherever the pieces are cut, and the same as from text at hand', async () => {
    const two = 'å,"two\r\nlines, ""quoted""",1.25\r\nß,"",-3\r\n';
    const text = `name,note,y\r\n${two.repeat(3000)}`;
    const whole = parseCsv(text);
    expect(columnsOf(whole)['y']?.slice(-2)).toEqual([1.25, -3]);
    expect(columnsOf(whole)['note']?.slice(-2)).toEqual(['two\nlines, "quoted"', null]);
    for (let size = 1000; size < 1060; size += 13) {
      expect(good(await readCsv(inPieces(bytes(text), size))).table).toEqual(whole);
    }
  });

  it('takes numbers out of their dress, and says what it took off', async () => {
    const reading = good(await read('a;b;c;d;e\n$1,234.50;12%;1.234,5;(3);1 000\n$2.00;7%;2,5;4;2 500 000\n'));
    expect(columnsOf(reading.table)).toEqual({ a: [1234.5, 2], b: [12, 7], c: [1234.5, 2.5], d: [-3, 4], e: [1000, 2_500_000] });
    expect(notesOf(reading).map(({ column, message }) => [column, message])).toEqual([
      ['a', 'commas between thousands were taken out'],
      ['a', 'currency signs, brackets and spaces were taken off the numbers'],
      ['b', 'percent signs were taken off: 12% is read as 12'],
      ['c', 'commas were read as decimal marks'],
      ['d', 'currency signs, brackets and spaces were taken off the numbers'],
      ['e', 'currency signs, brackets and spaces were taken off the numbers'],
      [null, 'cells are separated by semicolons'],
    ]);
  });

  it('does not guess in silence what 1,234 means, and lets a person say', async () => {
    const text = 'id\ty\na\t1,234\nb\t5,678\n';
    const reading = await read(text);
    expect(columnsOf(good(reading).table)['y']).toEqual([1234, 5678]);
    expect(notesOf(reading)[0]).toMatchObject({ column: 'y', message: expect.stringContaining('marks between thousands') as string });
    expect(columnsOf(good(await read(text, { readAs: { y: 'decimal_comma' } })).table)['y']).toEqual([1.234, 5.678]);
    expect(columnsOf(good(await read(text.replaceAll('\t', ';'))).table)['y']).toEqual([1.234, 5.678]);
  });

  it('keeps codes with leading zeros and mixed decimal marks as text', async () => {
    const reading = await read('zip\tmixed\n01234\t1,5\n99999\t1,234.5\n');
    expect(columnsOf(good(reading).table)).toEqual({ zip: ['01234', '99999'], mixed: ['1,5', '1,234.5'] });
    expect(notesOf(reading).map(({ column }) => column)).toEqual(['zip', 'mixed', null]);
  });

  it('names columns that have no name, leaves out those that hold nothing either, and wonders at a single one', async () => {
    const reading = await read('"",y,\n1,2,\n2,3,\n');
    expect(columnsOf(good(reading).table)).toEqual({ 'column 1': [1, 2], y: [2, 3] });
    expect(notesOf(reading)).toMatchObject([{ column: 'column 1', message: "a column without a name is called 'column 1'" }]);
    expect(notesOf(await read('y:t\n1:0\n'))).toMatchObject([{ message: expect.stringMatching(/only one column/) as string }]);
  });

  it('reads dates as other programs write them', async () => {
    const reading = await read(
      'a;b;c;d\n31.12.2025;12/31/2025;2025/1/5;2025-01-05T00:00:00\n1.2.2026;1/2/2026;2025/11/30;2025-01-06T00:00:00\n',
    );
    expect(columnsOf(good(reading).table)).toEqual({
      a: ['2025-12-31', '2026-02-01'],
      b: ['2025-12-31', '2026-01-02'],
      c: ['2025-01-05', '2025-11-30'],
      d: ['2025-01-05', '2025-01-06'],
    });
    const open = 'd,y\n03/04/2025,1\n05/04/2025,2\n';
    expect(notesOf(await read(open))[0]?.message).toMatch(/both ways and were taken as day, month, year/);
    expect(columnsOf(good(await read(open, { readAs: { d: 'month_first' } })).table)['d']).toEqual(['2025-03-04', '2025-05-04']);
  });

  it('lists the cells that keep a column from being numbers, keeps it as text, and reads it as numbers when asked', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i === 4 ? 'n.a.' : i === 9 ? '12O' : i * 1.5}`);
    const text = `id,y\n${rows.join('\n')}\n`;
    const reading = await read(text);
    expect(columnsOf(good(reading).table)['y']?.[3]).toBe('4.5');
    expect(notesOf(reading)).toEqual([
      {
        row: null,
        column: 'y',
        message: expect.stringMatching(/^would be numbers, but 2 cells are no number/) as string,
        value: undefined,
      },
      { row: 6, column: 'y', message: 'is no number', value: 'n.a.' },
      { row: 11, column: 'y', message: 'is no number', value: '12O' },
    ]);
    const asked = good(await read(text, { readAs: { y: 'number' } }));
    expect(columnsOf(asked.table)['y']).toEqual(Array.from({ length: 20 }, (_, i) => (i === 4 || i === 9 ? null : i * 1.5)));
    expect(asked.summary.columns[1]).toMatchObject({ kind: 'number', oddCount: 2, readAs: 'number' });
  });

  it('keeps the exact text of a column that shows only late that it is text', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i}.50`);
    const reading = good(await read(`id\tx\n${rows.map((cell, i) => `${i}\t${cell}`).join('\n')}\n7\tlate\n${'8\tlater\n'.repeat(200)}`));
    expect(columnsOf(reading.table)['x']?.slice(0, 2)).toEqual(['0.50', '1.50']);
    expect(columnsOf(reading.table)['x']?.[300]).toBe('late');
  });
});

describe('a file that cannot be used', () => {
  it.each([
    ['', null, /empty/],
    ['\n\n', null, /empty/],
    ['a,b\n', null, /no rows of data/],
    ['1,2\n3,4\n', 1, /names of the columns/],
    ['a,b,a\n1,2,3\n', 1, /two columns are called 'a' \(the 1st and the 3rd\)/],
    ['a,b\n1,2\n3\n', 3, /has 1 fields where the header has 2/],
    ['a,b\n1,2\n3,4,5\n', 3, /has 3 fields where the header has 2/],
    ['a,b\n"x\ny",2\n3\n', 4, /has 1 fields/],
    ['a,b\n1,2\n"3,4\n5,6\n', 3, /opened here and never closed/],
    ['a,b\n1,2\n"3"x,4\n', 3, /text follows a closing quote/],
    [`a,b\n1,${'x'.repeat(10_001)}\n`, 2, /10,001 characters/],
    [`a,b\n1,"${'x'.repeat(1_100_000)}`, 2, /a quote is opened here and not closed/],
    [`${Array.from({ length: 501 }, (_, i) => `c${i}`).join(',')}\n`, 1, /501 columns/],
  ])('says where and what (%#)', async (text, row, message) => {
    const { listed, errors } = await errorsOf(text);
    expect(errors).toBe(1);
    expect(listed[0]).toMatchObject({ severity: 'error', row, message: expect.stringMatching(message) as string });
  });

  it('names the cells that are not UTF-8', async () => {
    const latin = Uint8Array.from('id,town\n1,Z\u00fcrich\n', (character) => character.charCodeAt(0));
    expect((await errorsOf(latin)).listed[0]).toMatchObject({ row: 2, column: 'town', value: 'Z\ufffdrich' });
  });

  it.each([
    [[0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0], /spreadsheet/],
    [[0x1f, 0x8b, 8, 0, 0, 0, 0, 0], /compressed/],
    [[65, 44, 66, 10, 0, 1, 2, 3], /no text/],
  ])('recognises what is no text (%#)', async (data, message) => {
    const reading = await readCsv(new Blob([Uint8Array.from(data)]));
    expect(reading.ok ? null : reading.issues.listed[0]?.message).toMatch(message);
  });

  it('lists a hundred issues and counts all', async () => {
    const { listed, errors } = await errorsOf(`a,b\n${'1\n'.repeat(250)}`);
    expect([listed.length, errors]).toEqual([100, 250]);
    expect(listed.at(-1)?.row).toBe(101);
  });

  it('stops at a million rows', async () => {
    const piece = bytes('1,2\n'.repeat(10_000));
    let given = 0;
    const source: ByteSource = {
      size: 101 * piece.length,
      stream: () =>
        new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(bytes('a,b\n')),
          pull: (controller) => void (given++ < 101 ? controller.enqueue(piece) : controller.close()),
        }),
    };
    const reading = await readCsv(source);
    expect(reading.ok ? [] : reading.issues.listed).toEqual([
      { severity: 'error', row: 1_000_002, column: null, message: expect.stringMatching(/at most 1,000,000 rows/) as string },
    ]);
  });

  it('can be given up between pieces', async () => {
    const given = new AbortController();
    const reading = readCsv(
      inPieces(bytes('a,b\n1,2\n'.repeat(100)), 10),
      {},
      { signal: given.signal, onBytes: (n) => n > 100 && given.abort() },
    );
    await expect(reading).rejects.toThrow(/abort/i);
  });
});

describe('any file', () => {
  it('gives a whole table or a list of issues, never an exception', async () => {
    const cell = fc.oneof(
      fc.double().map(String),
      fc.constantFrom('', 'NA', '1,5', '1.234', '$3', '"', 'a"b', '2026-01-02', '01', ' x '),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        async (rows, mark) => {
          const reading = await readCsv(inPieces(bytes(rows.map((row) => row.join(mark)).join('\n')), 5));
          if (!reading.ok) expect(reading.issues.errors).toBeGreaterThan(0);
          else for (const column of reading.table.columns.values()) expect(valuesOf(column)).toHaveLength(reading.table.rowCount);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('comes back bit by bit from what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 30 }), (numbers) => {
        const column: Column = { kind: 'number', values: Float64Array.from(numbers) };
        const table: DataTable = {
          rowCount: numbers.length,
          columns: new Map([
            ['y', column],
            ['x', column],
          ]),
        };
        // The only bit that text does not carry is the sign of zero.
        expect(parseCsv(tableCsv(table)).columns.get('y')).toEqual({ kind: 'number', values: column.values.map((value) => value + 0) });
      }),
      { seed: 2 },
    );
  });
});
