import Papa from 'papaparse';
import { readCsv } from '../../src/interchange/csv-table.ts';
import type { BenchSubject } from './bench.ts';

const rowCount = 1_000_000;

/** A table from a file of a million rows and six columns, against the library's cutting of the same text into cells alone. */
export const csvBench: BenchSubject = {
  id: 'csv',
  rows: () => {
    const file = new Blob([panelText()]);
    return [
      {
        name: 'CSV of 1,000,000 rows and 6 columns into a table',
        work: async () => {
          const reading = await readCsv(file);
          if (!reading.ok || reading.table.rowCount !== rowCount) throw new Error('the file was not read');
        },
        peer: { name: 'papaparse, cells only', work: () => cutOnly(file) },
        target: { timesPeer: 5 },
        runs: 3,
      },
    ];
  },
};

function panelText(): string {
  const lines = ['product_identifier,date,revenue,treated,category,price'];
  for (let i = 0; i < rowCount; i += 1) {
    const product = String(i % 5000).padStart(9, '0');
    const day = String(1 + (i % 28)).padStart(2, '0');
    lines.push(`B${product},2026-03-${day},${((i * 7919) % 100_000) / 100},${i % 2},Home & Garden,${((i * 31) % 997) / 10}`);
  }
  return lines.join('\n');
}

async function cutOnly(file: Blob): Promise<void> {
  let rows = 0;
  Papa.parse<string[]>(await file.text(), { step: () => void (rows += 1) });
  if (rows !== rowCount + 1) throw new Error(`${rows} rows`);
}
