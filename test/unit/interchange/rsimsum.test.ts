import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/interchange/csv-table.ts';
import { diagnoseTable, type DiagnosedGroup } from '../../../src/interchange/replicates-csv.ts';
import type { ReplicatesQuestion } from '../../../src/interchange/replicates-question.ts';
import type { TableDiagnosandId } from '../../../src/core/study/diagnose-replicates-table.ts';
import { readReference } from '../core/measure/reference-data.ts';

const text = readFileSync(new URL('../../reference/rsimsum_tt.csv', import.meta.url), 'utf8');

async function byMechanismAndMethod(csv: string, asked: Partial<ReplicatesQuestion>): Promise<readonly DiagnosedGroup[]> {
  const reading = await readCsv(new Blob([csv]));
  if (!reading.ok) throw new Error('the file cannot be read');
  const question = { columns: {}, truth: -1, level: 0.95, power_df: null, by: ['dgm', 'method'], ...asked };
  return diagnoseTable(reading.table, reading.summary.columns, question).by ?? [];
}
const place = ({ dgm, method }: Readonly<Record<string, unknown>>) => `${String(dgm)} ${String(method)}`;

type Reference = {
  readonly dgm: number;
  readonly method: number;
  readonly replications: number;
  readonly diagnosands: Record<TableDiagnosandId, [number, number | null]>;
};
const reference = readReference<Record<string, readonly Reference[]>>('rsimsum_tt');
const asked: Readonly<Record<string, Partial<ReplicatesQuestion>>> = {
  normal: { columns: { ci_lower: null, df: null } },
  wide: { columns: { ci_lower: null, df: null }, level: 0.8 },
  interval: {},
  df: { columns: { df: 'df' }, level: 0.9 },
  p: { columns: { ci_lower: null, df: null, p_value: 'p' } },
  power_df: { columns: { ci_lower: null, df: null }, power_df: 20 },
  missing: { columns: { ci_lower: null, df: null } },
};

/** Every seventh row without its estimate, every eleventh without its standard error. */
function withHoles(csv: string): string {
  const [head = '', ...rows] = csv.trim().split('\n');
  const holed = rows.map((row, i) => {
    const [estimate = '', se = '', ...others] = row.split(',');
    return [(i + 1) % 7 === 0 ? 'NA' : estimate, (i + 1) % 11 === 0 ? '' : se, ...others].join(',');
  });
  return [head, ...holed].join('\n');
}

describe('replications that rsimsum summarises', () => {
  /** The coverage that the documentation of rsimsum prints for its data set tt, "Custom input values for confidence intervals". */
  it.each([
    [
      'by interval columns',
      {},
      [0.94, 0.94, 0.878, 0.942, 0.938, 0.95, 0.902, 0.942],
      [0.0106, 0.0106, 0.0146, 0.0105, 0.0108, 0.0097, 0.0133, 0.0105],
    ],
    [
      'by degrees of freedom',
      { columns: { df: 'df' } },
      [0.94, 0.94, 0.878, 0.942, 0.938, 0.95, 0.902, 0.942],
      [0.0106, 0.0106, 0.0146, 0.0105, 0.0108, 0.0097, 0.0133, 0.0105],
    ],
    [
      'by the normal distribution',
      { columns: { ci_lower: null, df: null } },
      [0.94, 0.936, 0.868, 0.932, 0.938, 0.942, 0.894, 0.936],
      [0.0106, 0.0109, 0.0151, 0.0113, 0.0108, 0.0105, 0.0138, 0.0109],
    ],
  ] as const)('have the published coverage %s', async (_, question, coverages, errors) => {
    const groups = [...(await byMechanismAndMethod(text, question))].sort((a, b) => (place(a) < place(b) ? -1 : 1));
    expect(groups.map(({ diagnosands }) => diagnosands.coverage?.value.toFixed(4))).toEqual(coverages.map((value) => value.toFixed(4)));
    expect(groups.map(({ diagnosands }) => diagnosands.coverage?.monte_carlo_se?.toFixed(4))).toEqual(
      errors.map((value) => value.toFixed(4)),
    );
  });

  it.each(Object.keys(asked))('have every measure as R works it out from the definitions (%s)', async (name) => {
    const groups = await byMechanismAndMethod(name === 'missing' ? withHoles(text) : text, asked[name] ?? {});
    const expected = reference[name] ?? [];
    expect(expected).toHaveLength(8);
    for (const { replications, diagnosands, ...labels } of expected) {
      const group = groups.find((found) => place(found) === place(labels));
      expect(group?.replications).toBe(replications);
      expect(group?.failures).toBe(500 - replications);
      for (const [id, [value, error]] of Object.entries(diagnosands)) {
        const measured = group?.diagnosands[id as TableDiagnosandId];
        // R prints its reference to 15 digits.
        expect(Math.abs((measured?.value ?? NaN) - value), id).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(value)));
        if (error === null) expect(measured?.monte_carlo_se, id).toBeNull();
        else expect(Math.abs((measured?.monte_carlo_se ?? NaN) - error), id).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(error)));
      }
    }
  });

  /**
   * The measures of a published study follow from four of its figures: any 1000 replications with that bias, empirical SE, model SE
   * and error of it have the rest. As printed for data set MIsim in "Introduction to rsimsum", true value 0.5.
   */
  it.each([
    [
      'CC',
      [0.0167662, 0.151115, 0.1470963, 0.0005274],
      [0.0047787, 0.0095574, 0.0033807, 0.023094, -2.6593842, 2.2054817, 0.0335323, 0.5167662, 0.0216373],
    ],
    [
      'MI_LOGT',
      [0.0009231, 0.1320064, 0.1349413, 0.0006046],
      [0.0041744, 0.0083488, 0.0029532, 0.0174091, 2.2232593, 2.3323382, 0.0018462, 0.5009231, 0.0182091],
    ],
    [
      'MI_T',
      [-0.0011908, 0.1344277, 0.1338346, 0.0005856],
      [0.004251, 0.008502, 0.0030074, 0.0180542, -0.4412233, 2.2695216, -0.0023817, 0.4988092, 0.0179117],
    ],
  ] as const)('give the published figures of MIsim, %s', async (_, [bias, empirical, model, modelError], published) => {
    const n = 1000;
    // Half of them above, half below: mean 0, and standard deviation 1 with divisor n - 1.
    const unit = Math.sqrt((n - 1) / n);
    const spread = 2 * Math.sqrt(n) * model * modelError;
    const rows = Array.from({ length: n }, (_row, i) => {
      const estimate = 0.5 + bias + empirical * unit * (i % 2 === 0 ? 1 : -1);
      return `${estimate},${Math.sqrt(model ** 2 + spread * unit * (i < n / 2 ? 1 : -1))}`;
    });
    const reading = await readCsv(new Blob([['b,se', ...rows].join('\n')]));
    if (!reading.ok) throw new Error('the file cannot be read');
    const { diagnosands: d } = diagnoseTable(reading.table, reading.summary.columns, {
      columns: {},
      truth: 0.5,
      level: 0.95,
      power_df: null,
      by: [],
    });
    const found = [
      d?.bias?.monte_carlo_se,
      d?.relative_bias?.monte_carlo_se,
      d?.empirical_se?.monte_carlo_se,
      d?.mse?.value,
      d?.relative_error_model_se?.value,
      d?.relative_error_model_se?.monte_carlo_se,
      d?.relative_bias?.value,
      d?.mean_estimate?.value,
      d?.mean_variance?.value,
    ];
    // Seven decimals are printed; what is in percent carries the rounding of the figures it is made from a hundredfold and more.
    found.forEach((value, i) =>
      expect(Math.abs((value ?? NaN) - published[i]!), `${i}`).toBeLessThan(i === 4 || i === 5 ? 1.5e-4 : 1.5e-7),
    );
  });
});
