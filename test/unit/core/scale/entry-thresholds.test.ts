import { describe, expect, it } from 'vitest';
import { selectionBias } from '../../../../src/core/allocate/corrections/selection-bias.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import type { EvaluateResult } from '../../../../src/core/contracts/evaluate-result.ts';
import { allocationProblem } from '../../../../src/core/pipeline.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { standardNormal } from '../../../../src/core/random/variates.ts';
import { entryThresholds } from '../../../../src/core/scale/entry-thresholds.ts';
import { parseScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import type { Scenario } from '../../../../src/core/scenario/scenario.ts';
import { labApi } from '../../../../workers/lab.ts';

type Row = readonly [id: string, cost: number, med: number, error: number];

const z = 1.959963984540054;

/** A decision on returns alone: the largest sum of med returns within the budget. */
function question(rows: readonly Row[], budget: number, change: Readonly<Record<string, unknown>> = {}) {
  const initiatives = rows.map(([initiative_id, cost_to_scale, R_med, error]) => ({
    source: 'stated',
    initiative_id,
    cost_to_scale,
    R_best: R_med + z * error,
    R_med,
    R_worst: R_med - z * error,
    confidence: 1,
    model_type: 'experiment',
  }));
  const parsed = parseScenario({
    version: 1,
    title: 'Thresholds',
    seed: '1',
    budget,
    min_confidence_threshold: 0,
    decision_rule: { id: 'bayesian', parameters: { weights: { best: 0, med: 1, worst: 0 } } },
    initiatives,
    ...change,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return { scenario: parsed.value, evaluations: evaluationsOf(rows), standardErrors: new Map(rows.map(([id, , , error]) => [id, error])) };
}

function evaluationsOf(rows: readonly Row[]): EvaluateResult[] {
  return rows.map(([initiative_id, cost, R_med, error]) => ({
    initiative_id,
    confidence: 1,
    cost,
    R_best: R_med + z * error,
    R_med,
    R_worst: R_med - z * error,
    model_type: 'experiment' as const,
  }));
}

describe('the return from which on an initiative is funded', () => {
  it('is the other one\u2019s, where there is money for one of two', () => {
    const { thresholds } = entryThresholds(question([['a', 10, 30, 5], ['b', 10, 22, 4]], 10)); // prettier-ignore
    expect(thresholds?.['a']).toBeCloseTo(22, 2);
    expect(thresholds?.['b']).toBeCloseTo(30, 2);
  });

  it('is 0, where there is money for all', () => {
    const { thresholds } = entryThresholds(question([['a', 10, 3, 5], ['b', 10, -2, 4]], 20)); // prettier-ignore
    expect(thresholds?.['a']).toBeCloseTo(0, 2);
    expect(thresholds?.['b']).toBeCloseTo(0, 2);
  });

  it('is the best it has to push out of a portfolio, under any rule that moves with returns', () => {
    // b and c together make 20; a takes the room of both.
    const rows: readonly Row[] = [['a', 10, 17, 5], ['b', 5, 12, 0], ['c', 5, 8, 0]]; // prettier-ignore
    for (const id of ['bayesian', 'hurwicz', 'minimax_regret', 'interval_minimax_regret', 'maximin', 'maximax']) {
      const asked = question(rows, 10, { decision_rule: { id, parameters: {} } });
      const { thresholds } = entryThresholds(asked);
      const threshold = thresholds?.['a'] as number;
      const funds = (shift: number) => {
        const evaluations = asked.evaluations.map((one) =>
          one.initiative_id === 'a' ? { ...one, R_best: one.R_best + shift, R_med: one.R_med + shift, R_worst: one.R_worst + shift } : one,
        );
        return allocate(allocationProblem(asked.scenario, evaluations, asked.standardErrors), null).selected_initiatives.includes('a');
      };
      expect([id, funds(threshold - 17 + 0.01), funds(threshold - 17 - 0.01)]).toEqual([id, true, false]);
    }
  });

  it.each(['empirical_bayes', 'lee_shen'])('is where the corrected returns are equal, with %s', (id) => {
    const rows: readonly Row[] = [['a', 10, 30, 3], ['b', 10, 60, 4], ['c', 10, 25, 12], ['d', 10, -30, 4]]; // prettier-ignore
    const return_correction = { id, parameters: {} };
    const asked = question(rows, 20, { return_correction });
    const threshold = entryThresholds(asked).thresholds?.['a'] as number;
    const at = rows.map(([name, cost, med, error]): Row => [name, cost, name === 'a' ? threshold : med, error]);
    const { candidates } = allocationProblem(asked.scenario, evaluationsOf(at), asked.standardErrors);
    const [a, , c] = candidates.map(({ R_med }) => R_med);
    expect(a).toBeCloseTo(c!, 2);
    expect(Math.abs(threshold - 25)).toBeGreaterThan(0.1);
  });

  it('is out of reach where the estimate does not decide', () => {
    const rows: readonly Row[] = [['a', 10, 30, 1], ['b', 10, 22, 1], ['c', 10, -500, 1], ['d', 10, 25, 0]]; // prettier-ignore
    const whatIf = [{ initiative_id: 'b', R_best: 90, R_med: 80, R_worst: 70 }];
    const { thresholds } = entryThresholds(question(rows, 30, { constraints: { required: ['a'] }, what_if: whatIf }));
    expect(thresholds).toEqual({ a: null, b: null, c: null, d: null });
  });

  it('is the same from the worker, which tells what is wrong with a question as an answer', async () => {
    const asked = question([['a', 10, 30, 5], ['b', 10, 22, 4]], 10); // prettier-ignore
    expect(await labApi().thresholds(structuredClone(asked))).toEqual({ ok: true, value: entryThresholds(asked) });
    const scenario = { ...asked.scenario, return_correction: { id: 'lee', parameters: {} } };
    expect(await labApi().thresholds({ ...asked, scenario })).toMatchObject({ ok: false, issues: [{ path: 'return_correction.id' }] });
  });

  it('is not looked for where a search would take too long, or shares are funded', () => {
    const many = Array.from({ length: 21 }, (_, i): Row => [`i${i}`, 1, i, 1]);
    expect(entryThresholds(question(many, 5)).reason).toBe('there are more than 20 initiatives');
    expect(
      entryThresholds(question(many.slice(0, 11), 5, { decision_rule: { id: 'interval_minimax_regret', parameters: {} } })).reason,
    ).toBe('there are more than 10 initiatives');
    const two = question([['a', 10, 30, 5], ['b', 10, 22, 4]], 10); // prettier-ignore
    const scenario: Scenario = { ...two.scenario, initiatives: two.scenario.initiatives.map((one) => ({ ...one, divisible: true })) };
    expect(entryThresholds({ ...two, scenario })).toMatchObject({ thresholds: null, reason: expect.stringContaining('in part') as string });
  });
});

describe('over many draws of a portfolio', () => {
  it('the terms at the thresholds, with the true means, add up to what the portfolio is promised too much', () => {
    const truths: readonly Row[] = [['a', 4, 10, 4], ['b', 3, 8, 3], ['c', 2, 5, 3], ['d', 3, 6, 5]]; // prettier-ignore
    const draw = namedStream({ seed: '3', initiative: '', stage: 'pilot', replication: 0, purpose: 'thresholds' });
    const differences: number[] = [];
    const promises: number[] = [];
    for (let r = 0; r < 80; r += 1) {
      const rows = truths.map(([id, cost, truth, error]): Row => [id, cost, truth + error * standardNormal(draw), error]);
      const asked = question(rows, 7, { decision_rule: { id: 'minimax_regret', parameters: {} } });
      const chosen = allocate(allocationProblem(asked.scenario, asked.evaluations, asked.standardErrors), null).selected_initiatives;
      const { thresholds } = entryThresholds(asked);
      const promised = rows.reduce((sum, [id, , drawn], i) => sum + (chosen.includes(id) ? drawn - truths[i]![2] : 0), 0);
      const expected = truths.reduce(
        (sum, [id, , truth, error]) => sum + (thresholds?.[id] == null ? 0 : selectionBias(truth, error, thresholds[id])),
        0,
      );
      promises.push(promised);
      differences.push(promised - expected);
    }
    const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const seOf = (values: readonly number[]) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / (values.length - 1) / values.length);
    expect(meanOf(promises)).toBeGreaterThan(4 * seOf(promises));
    expect(Math.abs(meanOf(differences))).toBeLessThan(4 * seOf(differences));
  }, 30_000);
});
