import { describe, expect, it } from 'vitest';
import { diagnoseReplicates, diagnosands } from '../../../src/core/study/index.ts';
import { diagnosandsCsv } from '../../../src/interchange/diagnosands-csv.ts';

const replicate = (estimate: number, standard_error: number) => ({
  estimate,
  standard_error,
  ci_lower: estimate - 1,
  ci_upper: estimate + 1,
  p_value: 0.5,
  truth: 1,
});

const summary = {
  initiative_id: 'a, b',
  method: 'experiment',
  position: 0,
  estimand: 'ate' as const,
  about: 'population' as const,
  replications: 4,
  failures: { count: 2, reasons: { 'no control': 2 } },
  kept: 4,
  diagnosands: diagnoseReplicates([replicate(1.5, 0.3), replicate(0.25, 0.4), replicate(3.5, 0.5), replicate(0.75, 0.2)]),
};

describe('diagnosands as CSV', () => {
  const [header, line] = diagnosandsCsv([summary]).trimEnd().split('\r\n');

  it('have a column for each and one for its Monte Carlo error', () => {
    const names = header!.split(',');
    for (const id of Object.keys(diagnosands)) expect(names).toEqual(expect.arrayContaining([id, `${id}_monte_carlo_se`]));
    expect(new Set(names).size).toBe(names.length);
  });

  it('say whose they are, and keep every digit', () => {
    expect(line!.startsWith('"a, b",experiment,true,ate,population,4,2,4,')).toBe(true);
    const cells = line!.slice('"a, b",'.length).split(',');
    const at = (name: string) => cells[header!.split(',').indexOf(name) - 1];
    // Errors 0.5, -0.75, 2.5 and -0.25: mean 0.5; sum of squares about it 6.125, over 4 * 3.
    expect(Number(at('bias'))).toBe(0.5);
    expect(Number(at('bias_monte_carlo_se'))).toBeCloseTo(Math.sqrt(6.125 / 12), 14);
    expect(Number(at('coverage'))).toBe(0.75);
  });

  it('leave empty what is not defined', () => {
    const cells = line!.slice('"a, b",'.length).split(',');
    expect(cells[header!.split(',').indexOf('type_s_error') - 1]).toBe('');
  });
});
