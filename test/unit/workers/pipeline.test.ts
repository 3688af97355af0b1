import { expect, it } from 'vitest';
import { allocate } from '../../../src/core/allocate/index.ts';
import type { AllocationProblem } from '../../../src/core/allocate/decision-rule.ts';
import { loadHighsSolver } from '../../../workers/highs-solver.ts';
import { pipelineApi } from '../../../workers/pipeline.ts';

/** More initiatives than are looked at one by one, so that the solver is asked. */
const problem: AllocationProblem = {
  candidates: Array.from({ length: 24 }, (_, i) => ({
    id: `initiative-${i}`,
    cost: 3 + ((i * 7) % 11),
    R_best: 20 + ((i * 13) % 17),
    R_med: 8 + ((i * 5) % 7),
    R_worst: -2 + (i % 3),
    confidence: 0.9,
  })),
  budget: 60,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: null,
  rule: 'minimax_regret',
  rule_parameters: {},
};

it('decides without a solver that cannot be loaded, says so, and asks for it again the next time', async () => {
  let broken = true;
  const api = pipelineApi(() => (broken ? Promise.reject(new Error('highs.wasm did not arrive')) : loadHighsSolver()));
  const decide = () => api.runTask({ stage: 'allocate', question: 'choice', problem });
  const without = await decide();
  expect(without).toMatchObject({ selected_initiatives: allocate(problem, null).selected_initiatives });
  expect(without).toMatchObject({ proof: { solver: null, solver_note: expect.stringContaining('highs.wasm did not arrive') as string } });
  broken = false;
  expect(await decide()).toMatchObject({ proof: { solver: { agrees: true } } });
});
