import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allocateCommand } from '../../../src/cli/allocate-command.ts';
import type { Allocation } from '../../../src/core/allocate/decision-rule.ts';
import { decisionRuleDescriptions } from '../../../src/core/allocate/descriptions.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'allocate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const data = join(folder, 'initiatives.json');
writeFileSync(
  data,
  JSON.stringify([
    { id: 'TitlesAI', cost: 4, R_best: 15, R_med: 10, R_worst: 2, confidence: 0.9, category: 'content' },
    { id: 'ImageEnhancer', cost: 2, R_best: 12, R_med: 8, R_worst: 1, confidence: 0.6, category: 'content' },
    { id: 'PriceOptimizer', cost: 2, R_best: 9, R_med: 6, R_worst: 2, confidence: 0.8 },
    { id: 'SearchRanker', cost: 2, R_best: 7, R_med: 5, R_worst: 3, confidence: 0.4 },
    { id: 'BundleEngine', cost: 4, R_best: 18, R_med: 9, R_worst: 0, confidence: 0.5 },
  ]),
);
const published = ['--data', data, '--budget', '10', '--min-confidence', '0.5', '--min-worst-return', '3'];
const told = async (...more: string[]) => (await allocateCommand.run([...published, ...more])) as Allocation;

describe('allocate on the command line', () => {
  it('gives the worked example as published', async () => {
    expect(await told()).toMatchObject({
      status: 'optimal',
      selected_initiatives: ['TitlesAI', 'PriceOptimizer', 'BundleEngine'],
      total_cost: 10,
      objective_value: 1,
      v_star: { best: 30.3, med: 19.6, worst: 5 },
      regrets: { best: 0, med: 0.7, worst: 1 },
      independent_regret: { value: 7.6 },
    });
  });

  it.each(Object.keys(decisionRuleDescriptions))('takes the rule %s', async (rule) => {
    const { status, total_cost: cost, selected_initiatives: selected } = await told('--rule', rule);
    expect(status).not.toBe('infeasible');
    expect(cost).toBeLessThanOrEqual(10);
    expect(selected.length).toBeGreaterThan(0);
  });

  it('takes constraints, the benchmark and the penalty', async () => {
    expect(
      (await told('--constraints', '{"excluded": ["BundleEngine"], "category_caps": [{"category": "content", "max_initiatives": 1}]}'))
        .selected_initiatives,
    ).toEqual(['TitlesAI', 'PriceOptimizer']);
    expect((await told('--benchmark', 'same-feasible-set', '--constraints', '{"excluded": ["BundleEngine"]}')).v_star).toEqual({
      best: 28.9,
      med: 19.6,
      worst: 5,
    });
    expect((await told('--penalty', 'none')).v_star.best).toBe(45);
  });

  it('corrects returns for the winner\u2019s curse, by standard errors or, without them, by the intervals', async () => {
    const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    const error = (15 - 2) / 2 / 1.959963984540054;
    const lee = await told('--penalty', 'none', '--correction', 'lee_shen', '--correction-params', '{"threshold":2}');
    expect(lee.effective_returns['TitlesAI']?.med).toBeCloseTo(10 - error * density(2 - 10 / error), 10);

    const file = join(folder, 'sure.json');
    const sure = [3, 5, 7, 11].map((R_med, i) => ({
      id: `i${i}`,
      cost: 1,
      R_best: 20,
      R_med,
      R_worst: 0,
      confidence: 1,
      standard_error: 0,
    }));
    writeFileSync(file, JSON.stringify(sure));
    const bayes = (await allocateCommand.run(['--data', file, '--budget', '2', '--correction', 'empirical_bayes'])) as Allocation;
    expect(bayes.effective_returns['i3']?.med).toBe(11);
    writeFileSync(file, JSON.stringify(sure.map((one) => ({ ...one, standard_error: 2 }))));
    const shrunk = (await allocateCommand.run(['--data', file, '--budget', '2', '--correction', 'empirical_bayes'])) as Allocation;
    // Lindley: 6.5 + (1 - (4 - 3) 4 / 35) (11 - 6.5).
    expect(shrunk.effective_returns['i3']?.med).toBeCloseTo(6.5 + (1 - 4 / 35) * 4.5, 10);
    writeFileSync(file, JSON.stringify(sure.map((one) => ({ ...one, standard_error: -2 }))));
    await expect(allocateCommand.run(['--data', file, '--budget', '2'])).rejects.toThrow(/standard_error/);
  });

  it('reads results from a spreadsheet', async () => {
    const file = join(folder, 'results.csv');
    writeFileSync(file, 'id,cost,estimate,lower,upper,n,method\nalpha,4,10,2,15,900,A/B test\nbeta,2,8,1,12,400,DiD\n');
    const { status, selected_initiatives: selected } = (await allocateCommand.run(['--data', file, '--budget', '5'])) as Allocation;
    expect({ status, selected }).toEqual({ status: 'optimal', selected: ['alpha'] });
  });

  it.each([
    [['--rule', 'minmax_regret'], /did you mean minimax_regret/],
    [['--benchmark', 'all'], /benchmark/],
    [['--penalty', 'linear'], /penalty/],
    [['--correction', 'lee_and_shen'], /return_correction\.id/],
    [['--correction', 'empirical_bayes', '--correction-params', '{"basis":"effect"}'], /return_correction\.parameters\.basis/],
    [['--constraints', '{"required": ["Titles"]}'], /constraints\.required\.0/],
    [['--params', '{"nodes": 3}'], /rule_parameters\.nodes/],
  ])('says what is wrong with %j', async (words, message) => {
    const failure = await told(...words).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).issues.map((issue) => `${issue.path}: ${issue.message}`).join('\n')).toMatch(message);
  });
});
