import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answer } from '../../../src/cli/answer.ts';
import { UsageError } from '../../../src/cli/command.ts';
import { diagnoseCommand } from '../../../src/cli/diagnose-command.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import type { ReplicatesDiagnosis } from '../../../src/interchange/replicates-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'diagnose-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function written(...lines: readonly string[]): string {
  files += 1;
  const path = join(folder, `${files}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const diagnosed = async (data: string, ...words: string[]) =>
  (await diagnoseCommand.run(['--data', data, ...words])) as ReplicatesDiagnosis;
const issuesOf = async (data: string, ...words: string[]) => {
  const error: unknown = await diagnosed(data, ...words).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).issues.map(({ path, message }) => `${path}: ${message}`);
};
const four = ['method,b,se', 'A,1,1', 'A,3,1', 'B,2,0.5', 'B,4,0.5'];

describe('diagnose on the command line', () => {
  it('prints one JSON document, of measures worked by hand', async () => {
    const { out } = await answer(['diagnose', '--data', written(...four), '--true', '2']);
    const { replications, failures, diagnosands } = JSON.parse(out) as ReplicatesDiagnosis;
    expect({ replications, failures }).toEqual({ replications: 4, failures: 0 });
    // Errors -1, 1, 0, 2: mean 0.5, squares 6; variances 1, 1, 0.25, 0.25.
    expect(diagnosands?.bias).toEqual({ value: 0.5, monte_carlo_se: expect.closeTo(Math.sqrt(5 / 3 / 4), 14) });
    expect(diagnosands?.mse?.value).toBe(1.5);
    expect(diagnosands?.model_se?.value).toBeCloseTo(Math.sqrt(0.625), 14);
    expect(diagnosands?.empirical_se?.value).toBeCloseTo(Math.sqrt(5 / 3), 14);
    expect(diagnosands?.relative_error_model_se?.value).toBeCloseTo(100 * (Math.sqrt(0.625 / (5 / 3)) - 1), 12);
    expect(diagnosands?.coverage).toEqual({ value: 0.75, monte_carlo_se: Math.sqrt((0.75 * 0.25) / 4) });
    expect(diagnosands?.power?.value).toBe(0.75);
    expect(diagnosands?.median_estimate).toEqual({ value: 2.5, monte_carlo_se: null });
  });

  it('groups by columns in the order of the file, and says where methods are mixed', async () => {
    const mixed = await diagnosed(written(...four), '--true', '2');
    expect(mixed.notes).toEqual([expect.stringContaining("'method' has more than one value")]);
    const { by, diagnosands, replications, notes } = await diagnosed(
      written('m,b,se', 'z,1,1', 'a,3,1', 'z,2,1', ',4,1'),
      '--true',
      '2',
      '--by',
      'm',
    );
    expect([diagnosands, replications, notes]).toEqual([undefined, 4, []]);
    expect(by?.map(({ m, replications: n }) => [m, n])).toEqual([
      ['z', 2],
      ['a', 1],
      [null, 1],
    ]);
    const two = await diagnosed(written('m,n,b,se', 'x,50,1,1', 'x,250,3,1', 'y,50,2,1'), '--true', '2', '--by', 'm,n');
    expect(two.by?.map(({ m, n }) => [m, n])).toEqual([
      ['x', 50],
      ['x', 250],
      ['y', 50],
    ]);
  });

  it('counts a replication without estimate or standard error as failed, for its reason, and leaves out both', async () => {
    const holes = written('b,se', '1,1', 'NA,1', '3,', 'NaN,NA', 'Inf,1', '-inf,1', '2,Inf', '.,1', '3,1');
    const { replications, failures, failure_reasons, diagnosands } = await diagnosed(holes, '--true', '2');
    expect({ replications, failures, failure_reasons }).toEqual({
      replications: 2,
      failures: 7,
      failure_reasons: {
        'estimate is missing': 2,
        'standard error is missing': 1,
        'estimate and standard error are missing': 1,
        'estimate is infinite': 2,
        'standard error is infinite': 1,
      },
    });
    expect(diagnosands).toEqual((await diagnosed(written('b,se', '1,1', '3,1'), '--true', '2')).diagnosands);
  });

  it('takes intervals from columns, else from degrees of freedom, else from the normal distribution, and says which', async () => {
    const file = written('est,std.error,conf.low,conf.high,df', '0,1,-5,5,3', '0,1,-1,1,3');
    const given = await diagnosed(file, '--true', '2');
    expect(given.interval).toBe("columns 'conf.low' and 'conf.high'");
    expect(given.diagnosands?.coverage?.value).toBe(0.5);
    expect(given.diagnosands?.interval_width?.value).toBe(6);
    const t = await diagnosed(file, '--true', '2', '--df', 'df');
    expect(t.columns).toMatchObject({ estimate: 'est', standard_error: 'std.error', ci_lower: null, df: 'df' });
    // The quantile of Student's t with 3 degrees of freedom is 3.182446.
    expect(t.diagnosands?.interval_width?.value).toBeCloseTo(2 * 3.182446305284263, 9);
    const normal = await diagnosed(file, '--true', '2', '--lower', 'none', '--df', 'none');
    expect(normal.diagnosands?.interval_width?.value).toBeCloseTo(2 * 1.959963984540054, 12);
    expect(normal.diagnosands?.coverage?.value).toBe(0);
    expect(normal.interval).toContain('± 1.96 standard errors (normal distribution at 95%)');
  });

  it('tests by estimate over standard error, by p values only where they are asked for', async () => {
    const file = written('estimate,se,p_value', '3,1,0.2', '1,1,0.01', '1,1,0.05', '0,1,0.9');
    expect((await diagnosed(file, '--true', '1')).diagnosands?.power?.value).toBe(0.25);
    expect((await diagnosed(file, '--true', '1', '--p', 'p_value')).diagnosands?.power?.value).toBe(0.5);
    expect((await diagnosed(file, '--true', '1', '--power-df', '1')).diagnosands?.power?.value).toBe(0);
    expect((await diagnosed(file, '--true', '1', '--level', '0.5')).diagnosands?.power?.value).toBe(0.75);
  });

  it('takes the true value from a column, also unasked', async () => {
    const file = written('theta0,b,se', '1,1,1', '2,3,1', ',3,1');
    const { diagnosands, failure_reasons, notes } = await diagnosed(file, '--true', 'theta0');
    expect(diagnosands?.bias?.value).toBe(0.5);
    expect(failure_reasons).toEqual({ 'true value is missing': 1 });
    expect(notes).toEqual([expect.stringContaining('the true value differs')]);
    expect((await diagnosed(written('truth,b', '1,1', '1,3'))).diagnosands?.bias?.value).toBe(1);
  });

  it('leaves open what the columns cannot tell', async () => {
    const { diagnosands, interval, power } = await diagnosed(written('b', '1', '3'), '--true', '1');
    expect(diagnosands).toMatchObject({
      bias: { value: 1 },
      model_se: null,
      coverage: null,
      bias_eliminated_coverage: null,
      power: null,
      interval_width: null,
      mean_variance: null,
    });
    expect([interval, power]).toEqual([expect.stringMatching(/^none/), expect.stringMatching(/^none/)]);
    const open = await diagnosed(written('b,lower,upper', '1,-Inf,2', '3,2,4'), '--true', '1');
    expect(open.diagnosands).toMatchObject({ coverage: { value: 0.5 }, interval_width: null });
    const mixed = await diagnosed(written('m,b,se', 'x,1,NA', 'x,2,NA', 'y,1,1', 'y,2,NA'), '--true', '1', '--by', 'm');
    expect(mixed.by?.map(({ replications, failures }) => [replications, failures])).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });

  it('says what is wrong, where, and what to do', async () => {
    const wrong = written('b,se,lower,upper', '1,1,0,2', 'failed,1,0,2', '3,-1,0,2', '4,1,2,0');
    expect(await issuesOf(wrong, '--true', '2')).toEqual([
      expect.stringMatching(/^data row 2, column 'b': is no number: .*leave the cell empty/),
      expect.stringMatching(/^data row 3, column 'se': is negative/),
      expect.stringMatching(/^data row 4, column 'lower': is above the upper end/),
    ]);
    const odd = written('b,se', ...Array.from({ length: 30 }, (_, i) => (i === 20 ? 'oops,1' : `${i},1`)));
    expect(await issuesOf(odd, '--true', '2')).toEqual([expect.stringMatching(/^row 22, column 'b': is no number/)]);
    const good = written('b,se', '1,1', '2,1');
    expect(await issuesOf(good)).toEqual([expect.stringMatching(/^--true: the true value is missing/)]);
    expect(await issuesOf(good, '--true', '1', '--se', 'error', '--level', '95')).toEqual([
      expect.stringMatching(/^--level: must be between 0 and 1/),
      expect.stringMatching(/^--se: there is no column 'error'; the file has b, se/),
    ]);
    for (const value of ['theta', '', 'Infinity'])
      expect(await issuesOf(good, '--true', value)).toEqual(['--true: is neither a number nor a column; the file has b, se']);
    expect(await issuesOf(good, '--true', '1', '--by', 'method')).toEqual([expect.stringMatching(/^--by: there is no column 'method'/)]);
    expect(await issuesOf(written('x,y', '1,1'), '--true', '1')).toEqual([expect.stringMatching(/^--estimate: no column goes by a name/)]);
    expect(await issuesOf(good, '--true', '1', '--lower', 'b')).toEqual([expect.stringMatching(/^--upper: an interval needs both ends/)]);
    expect(await issuesOf(written('m,b', ...Array.from({ length: 1002 }, (_, i) => `${i},1`)), '--true', '1', '--by', 'm')).toEqual([
      expect.stringContaining('more than 1000 groups'),
    ]);
    await expect(diagnosed(join(folder, 'nowhere.csv'), '--true', '1')).rejects.toThrow(/cannot be read/);
    await expect(diagnoseCommand.run(['--true', '1'])).rejects.toThrow(UsageError);
  });
});
