import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../../src/core/scenario/scenario.ts';
import { decisionArms } from '../../../../src/core/study/decision-arms.ts';
import { replicate } from '../../../../src/core/study/replicate.ts';
import { smallPlan, smallScenario } from '../../engine/study-fixture.ts';

const divided: Scenario = { ...smallScenario(), initiatives: smallScenario().initiatives.map((one) => ({ ...one, divisible: true })) };

describe('the ways to decide that are compared', () => {
  it('leave out the rule that funds initiatives whole where a share may be funded', () => {
    const ids = (scenario: Scenario) => decisionArms(scenario).map(({ id }) => id);
    expect(ids(divided)).toEqual(ids(smallScenario()).filter((id) => id !== 'rule:interval_minimax_regret'));
    expect(ids(divided)).toContain('rule:bayesian');
  });

  it('all decide about initiatives that may be funded in shares', () => {
    const plan = { ...smallPlan(1, { extent: 'decision' }), scenario: divided };
    const { decisions } = replicate(plan, 0, { solver: null });
    expect(decisions.map(({ arm }) => arm)).toEqual(decisionArms(divided).map(({ id }) => id));
    expect(decisions.every(({ realised_regret: regret }) => regret !== null && Number.isFinite(regret))).toBe(true);
  });
});
