import { describe, expect, it } from 'vitest';
import { estimatorDescriptions } from '../../../src/core/measure/descriptions.ts';
import type { CsvReading } from '../../../src/interchange/csv-assemble.ts';
import { readCsv } from '../../../src/interchange/csv-table.ts';
import { suggestColumns } from '../../../src/interchange/suggest-columns.ts';

async function columnsOf(text: string) {
  const reading: CsvReading = await readCsv(new Blob([text]));
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  return reading.summary.columns;
}

const { experiment, difference_in_differences: panel, interrupted_time_series: series } = estimatorDescriptions;

describe('columns that a method likely means', () => {
  it('go by name and by what they hold', async () => {
    const columns = await columnsOf('id,Treat,Sales,pre_sales,age,note\n1,0,3.5,2,30,a\n2,1,4,3,41,b\n3,1,5,2,37,c\n');
    expect(suggestColumns(experiment.parameters, columns)).toEqual({
      outcome_column: 'Sales',
      treatment_column: 'Treat',
      pre_column: 'pre_sales',
      covariate_columns: ['pre_sales', 'age'],
    });
  });

  it('are the method\u2019s own defaults where the file has them', async () => {
    const columns = await columnsOf('revenue,y,treated,t\n1,2,0,1\n3,4,1,0\n2,2,1,1\n');
    expect(suggestColumns(experiment.parameters, columns)).toMatchObject({ outcome_column: 'revenue', treatment_column: 'treated' });
  });

  it('take one part each in a panel and in a series', async () => {
    const columns = await columnsOf('store,week,sales,treated\nA,2026-W01,1,0\nA,2026-W02,3,1\nB,2026-W01,2,0\nB,2026-W02,2,0\n');
    expect(suggestColumns(panel.parameters, columns)).toMatchObject({
      outcome_column: 'sales',
      unit_column: 'store',
      time_column: 'week',
      treatment_column: 'treated',
    });
    expect(suggestColumns(series.parameters, columns)).toMatchObject({ outcome_column: 'sales', time_column: 'week' });
  });

  it('are left open rather than guessed', async () => {
    const columns = await columnsOf('alpha,beta,treated\n1,2,7\n3,4,8\n2,2,9\n');
    const suggested = suggestColumns(experiment.parameters, columns);
    expect(suggested).not.toHaveProperty('outcome_column');
    expect(suggested).not.toHaveProperty('treatment_column');
    expect(suggested['covariate_columns']).toEqual([]);
  });

  it('are never one that holds cells which are no numbers', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i % 2},${i},${i === 3 ? 'none' : i}`);
    const columns = await columnsOf(`treated,sales,pre_sales\n${rows.join('\n')}\n`);
    expect(suggestColumns(experiment.parameters, columns)).not.toHaveProperty('pre_column');
    expect(suggestColumns(experiment.parameters, columns)['covariate_columns']).toEqual([]);
  });
});
