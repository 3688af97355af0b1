import { describe, expect, it } from 'vitest';
import { findPreset } from '../../../src/core/scenario/presets/index.ts';
import type { SimulatedInitiative } from '../../../src/core/scenario/scenario.ts';
import type { EstimateRecord } from '../../../src/core/study/replication-record.ts';
import { studyDocument, readStudy } from '../../../src/core/study/study-document.ts';
import { defaultSettings, type StudyPlan } from '../../../src/core/study/study-plan.ts';
import { addRecord, emptyStudyTally, type StudyTally } from '../../../src/core/study/study-tally.ts';
import { parseCsv, readCsv } from '../../../src/interchange/csv-table.ts';
import { diagnoseTable, type ReplicatesDiagnosis } from '../../../src/interchange/replicates-csv.ts';
import { replicatesCsv, rsimsumCall } from '../../../src/interchange/replicates-export.ts';
import { generator } from '../core/study/decision-records.ts';

const replications = 60;

function planOf(ids: readonly string[], comparisons: readonly string[]): StudyPlan {
  const preset = findPreset('clean-randomised');
  const first = preset?.scenario.initiatives[0] as SimulatedInitiative;
  const initiatives = ids.map((id) => ({
    ...first,
    initiative_id: id,
    method: { id: 'experiment', parameters: {} },
    comparisons: comparisons.map((method) => ({ id: method, parameters: {} })),
  }));
  if (preset === undefined) throw new Error('no such preset');
  return { scenario: { ...preset.scenario, initiatives }, settings: { ...defaultSettings, extent: 'estimates' }, replications };
}

/** Every fifth replication of the second method fails; the third has no standard error. */
function studied(plan: StudyPlan): StudyTally {
  const uniform = generator(11);
  const tally = emptyStudyTally(plan);
  const rows = tally.rows;
  for (let replication = 0; replication < replications; replication += 1) {
    const estimates = rows.map(({ initiative_id, position, method }): EstimateRecord => {
      const estimate = 1.5 + uniform() - uniform() / 3;
      const error = 0.2 + uniform() / 7;
      const answer = {
        estimate,
        standard_error: position === 2 ? null : error,
        df: position === 0 ? 41.25 : null,
        ci_lower: estimate - 2.02 * error,
        ci_upper: estimate + 2.02 * error,
        p_value: uniform() ** 3,
      };
      const fails = position === 1 && replication % 5 === 3;
      return {
        initiative_id,
        position,
        method,
        estimand: 'ate',
        answer: fails ? null : answer,
        reason: fails ? 'too few products (3)' : null,
        truth: { population: 1.25, sample: 1.2 + uniform() / 10 },
      };
    });
    addRecord(tally, { replication, estimates, evidence: [], decisions: [], oracle: null, funded: [] });
  }
  return tally;
}

async function diagnosed(csv: string, truth: 'truth' | 'sample_truth'): Promise<ReplicatesDiagnosis> {
  const reading = await readCsv(new Blob([csv]));
  if (!reading.ok) throw new Error('the file cannot be read');
  const columns = { truth, p_value: 'p_value' };
  return diagnoseTable(reading.table, reading.summary.columns, {
    columns,
    truth: null,
    level: 0.95,
    power_df: null,
    by: ['initiative_id', 'method'],
  });
}

const plan = planOf(['price', '=cmd(), "quoted"'], ['experiment', 'naive_difference']);
const tally = studied(plan);
const csv = replicatesCsv(tally);

describe('replicates of a study as a CSV', () => {
  it.each([
    ['truth', 'population'],
    ['sample_truth', 'sample'],
  ] as const)('give the study’s own diagnosands again, to the last bit (%s)', async (column, about) => {
    const { by = [] } = await diagnosed(csv, column);
    const own = studyDocument(plan, tally, null).diagnosands.filter((summary) => summary.about === about);
    expect(by).toHaveLength(6);
    own.forEach(({ diagnosands: { rejection_rate, ...others }, replications: counted, failures }, i) => {
      expect(by[i]?.diagnosands).toMatchObject({ ...others, power: rejection_rate });
      expect([by[i]?.replications, by[i]?.failures]).toEqual([counted, failures.count]);
    });
    expect(own.map(({ failures }) => failures.count)).toEqual([0, 12, 0, 0, 12, 0]);
  });

  it('have a line for every replication, with empty cells where there was no answer', () => {
    const table = parseCsv(csv);
    expect(table.rowCount).toBe(6 * replications);
    expect([...table.columns.keys()]).toEqual([
      ...['replication', 'initiative_id', 'method', 'estimand', 'estimate', 'standard_error', 'df', 'ci_lower', 'ci_upper', 'p_value'],
      ...['truth', 'sample_truth'],
    ]);
    expect(csv.split('\r\n')[1 + replications + 3]).toMatch(/^3,price,experiment 2,ate,,,,,,,1\.25,1\.2\d+$/);
    expect(
      new Set(
        csv
          .split('\r\n')
          .slice(1, -1)
          .map((line) => line.split(',').length - (line.includes('"') ? 1 : 0)),
      ),
    ).toEqual(new Set([12]));
  });

  it('run no formula in a spreadsheet, and quote what has to be quoted', () => {
    expect(csv).toContain(`,"'=cmd(), ""quoted""",`);
  });

  it('are the same from the study’s file', () => {
    const usual = planOf(['price', 'search'], ['experiment']);
    const mine = studied(usual);
    const document: unknown = JSON.parse(JSON.stringify(studyDocument(usual, mine, null)));
    expect(replicatesCsv(readStudy(document).tally)).toBe(replicatesCsv(mine));
  });

  it('come with the call of rsimsum that reads them', () => {
    expect(rsimsumCall(tally)).toContain('methodvar = "method", by = "initiative_id"');
    const uneven = emptyStudyTally(planOf(['a', 'b'], ['naive_difference']));
    expect(rsimsumCall({ ...uneven, rows: uneven.rows.slice(1) })).toContain('by = c("initiative_id", "method")');
    expect(rsimsumCall(emptyStudyTally(planOf(['a', 'b'], [])))).toContain('by = c("initiative_id", "method")');
  });
});
