import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import { estimatorDescriptions } from '../../../src/core/measure/descriptions.ts';
import { findPreset } from '../../../src/core/scenario/presets/index.ts';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { assignmentDesigns } from '../../../src/core/simulate/assignment-designs/index.ts';
import { designGridSteps, type DesignGridPlan } from '../../../src/core/study/design-grid.ts';
import { inlineStudyRunner } from '../../../src/engine/inline-study-runner.ts';
import { runDesignGrid } from '../../../src/engine/run-design-grid.ts';
import type { StudyRunner } from '../../../src/engine/study-runner.ts';
import { smallScenario } from './study-fixture.ts';

const scenario = smallScenario();
const initiative_id = scenario.initiatives[0]!.initiative_id;
const plan: DesignGridPlan = { scenario, initiative_id, replications: 2, effect: 'as_declared' };

/** Two lanes, the first of which is slow. */
function twoLanes(): StudyRunner {
  const inner = inlineStudyRunner();
  let asked = 0;
  return {
    ...inner,
    size: 2,
    async replicate(request, signal) {
      asked += 1;
      if (asked % 2 === 1) await new Promise((resolve) => setImmediate(resolve));
      return inner.replicate(request, signal);
    },
  };
}

describe('the grid of designs and estimators', () => {
  const whole = runDesignGrid(plan, inlineStudyRunner()).then(({ document }) => document);

  it('has every estimator under every design, in the order of the registries', async () => {
    const { rows } = await whole;
    expect(rows.map(({ design }) => design)).toEqual(Object.keys(assignmentDesigns));
    for (const { issues, cells } of rows.filter((row) => row.issues === null)) {
      expect(issues).toBeNull();
      expect(cells.map(({ method }) => method)).toEqual(Object.keys(estimatorDescriptions));
    }
  });

  it('counts replications without an answer and says why a method does not apply', async () => {
    const { rows } = await whole;
    const cell = (design: string, method: string) => rows.find((row) => row.design === design)!.cells.find((one) => one.method === method)!;
    expect(cell('everyone_from_date', 'experiment')).toMatchObject({ replications: 0, at_home: false, failures: { count: 2 } });
    expect(Object.keys(cell('everyone_from_date', 'experiment').failures.reasons)[0]).toContain('no control');
    expect(cell('everyone_from_date', 'interrupted_time_series')).toMatchObject({ at_home: true });
    expect(cell('complete_randomisation', 'experiment')).toMatchObject({ replications: 2, at_home: true, failures: { count: 0 } });
    for (const { cells } of rows)
      for (const { replications, failures } of cells) expect(replications + failures.count).toBeLessThanOrEqual(2);
  });

  it('is the same on two workers', async () => {
    const { document } = await runDesignGrid(plan, twoLanes());
    expect(document.digest).toBe((await whole).digest);
  });

  it('goes on from where it was stopped', async () => {
    const stop = new AbortController();
    const first = await runDesignGrid(plan, inlineStudyRunner(), {
      pause: stop.signal,
      onDocument: ({ rows }) => rows[2]!.replications === 2 && stop.abort(),
    });
    expect(first.end).toBe('stopped');
    expect(first.document.rows[3]!.replications).toBe(0);
    const second = await runDesignGrid(plan, inlineStudyRunner(), { from: first.state });
    expect(second.document).toEqual(await whole);
  });
});

describe('the worlds of the grid', () => {
  it('keep the own parameters of the initiative under its own design, and are alone in their scenario', () => {
    const preset = findPreset('differential-attrition')!.scenario;
    const own = preset.initiatives[0]!;
    const steps = designGridSteps({ ...plan, scenario: preset, initiative_id: own.initiative_id });
    for (const step of steps) {
      if (step.plan === null) continue;
      const [only, ...others] = step.plan.scenario.initiatives;
      expect(others).toEqual([]);
      expect(requireScenario(step.plan.scenario)).toEqual(step.plan.scenario);
      expect(step.plan.settings.extent).toBe('estimates');
      if (only!.source === 'simulated' && own.source === 'simulated' && step.design.id === own.design.id)
        expect(only!.design).toEqual(own.design);
    }
  });

  it('leave out flaws that cannot happen under a design, and say so', () => {
    const preset = findPreset('differential-attrition')!.scenario;
    const steps = designGridSteps({ ...plan, scenario: preset, initiative_id: preset.initiatives[0]!.initiative_id });
    const everyone = steps.find(({ design }) => design.id === 'everyone_from_date')!;
    expect(everyone.flaws_left_out).toEqual(['differential_attrition']);
    expect(everyone.issues).toBeNull();
    expect(steps.find(({ design }) => design.id === 'complete_randomisation')!.flaws_left_out).toEqual([]);
  });

  it('are not to be had of an initiative that is not there or is not simulated', () => {
    expect(() => designGridSteps({ ...plan, initiative_id: 'nobody' })).toThrow(/there are product/);
    const stated = findPreset('worked-example')!.scenario;
    expect(() => designGridSteps({ ...plan, scenario: stated, initiative_id: 'TitlesAI' })).toThrow(InputError);
  });

  it('say of a design that does not fit what forbids it', () => {
    const short = requireScenario({
      ...scenario,
      initiatives: [
        {
          ...scenario.initiatives[0]!,
          design: { id: 'complete_randomisation', parameters: {} },
          catalog: { ...(scenario.initiatives[0] as { catalog: object }).catalog, pre_periods: 0, post_periods: 1 },
        },
      ],
    });
    const steps = designGridSteps({ ...plan, scenario: short });
    const forbidden = steps.filter(({ issues }) => issues !== null);
    expect(forbidden.length).toBeGreaterThan(0);
    for (const { issues, plan: none } of forbidden) expect([none, issues![0]!.message.length > 20]).toEqual([null, true]);
  });
});
