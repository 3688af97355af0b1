import { describe, expect, it } from 'vitest';
import { requireScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { findPreset, presets } from '../../../../src/core/scenario/presets/index.ts';
import type { Scenario, SimulatedInitiative } from '../../../../src/core/scenario/scenario.ts';
import { scenarioAt, sweepTarget, sweepTargets } from '../../../../src/core/study/sweep-targets.ts';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { demandNumbers } from '../../../../src/core/study/sweep-fields.ts';
import { extensionFields, funnelFields } from '../../../../src/views/simulate/demand-fields.ts';

const five = findPreset('online-retail-five')!.scenario;
const spillover = findPreset('spillover')!.scenario;

describe.each(presets.map(({ id, scenario }) => [id, scenario] as const))('the targets of %s', (_id, scenario) => {
  const targets = sweepTargets(scenario);

  it('have paths of their own, bounds in order and suggestions within them, the current value included', () => {
    expect(new Set(targets.map(({ path }) => path)).size).toBe(targets.length);
    for (const { path, min, max, integer, current, suggested } of targets) {
      expect(min, path).toBeLessThanOrEqual(max);
      expect(suggested.length, path).toBeGreaterThan(0);
      expect(
        [...suggested].sort((a, b) => a - b),
        path,
      ).toEqual(suggested);
      expect(
        suggested.every((value) => value >= min && value <= max && (!integer || Number.isInteger(value))),
        path,
      ).toBe(true);
      if (current !== null && current >= min && current <= max) expect(suggested, path).toContain(current);
    }
  });

  it('leave the scenario as it is at the current value', () => {
    for (const { path, current, initiative } of targets) {
      if (current === null) continue;
      const at = scenarioAt(scenario, path, current);
      expect(at.ok, path).toBe(true);
      const isFlaw = path.includes('.flaws.');
      if (at.ok && !isFlaw && !path.includes('.method.') && initiative !== '*') expect(at.value, path).toEqual(scenario);
    }
  });

  it('give a valid scenario or issues that say what is wrong, at both ends of what is suggested', () => {
    for (const { path, suggested } of targets) {
      for (const value of new Set([suggested[0]!, suggested.at(-1)!])) {
        const at = scenarioAt(scenario, path, value);
        if (at.ok) expect(requireScenario(at.value), path).toEqual(at.value);
        else
          expect(
            at.issues.every(({ message }) => message.length > 10),
            path,
          ).toBe(true);
      }
    }
  });
});

describe('a target', () => {
  it('is every number of the demand funnel with the bounds of the form', () => {
    for (const { field, min, max, label } of [...funnelFields, ...extensionFields])
      expect([demandNumbers[field].label, demandNumbers[field].min, demandNumbers[field].max]).toEqual([label, min, max]);
    expect(Object.keys(demandNumbers)).toHaveLength(funnelFields.length + extensionFields.length);
  });

  it('has bounds that the scenario itself has', () => {
    const outside = (path: string, step: number) => {
      const { min, max } = sweepTarget(five, path);
      return [scenarioAt(five, path, min - step).ok, scenarioAt(five, path, max + step).ok];
    };
    for (const field of Object.keys(demandNumbers)) expect(outside(`initiatives.0.demand.${field}`, 1), field).toEqual([false, false]);
    for (const path of [
      'confidence_level',
      'min_confidence_threshold',
      'initiatives.0.effect_at_scale',
      'initiatives.0.catalog.n_products',
    ])
      expect(outside(path, 1), path).toEqual([false, false]);
  });

  it('is the severity of a flaw that is not there yet, and adds it', () => {
    const id = spillover.initiatives[0]!.initiative_id;
    expect(sweepTarget(spillover, `initiatives.${id}.flaws.imbalance.severity`).current).toBe(0);
    const at = valid(scenarioAt(spillover, `initiatives.${id}.flaws.imbalance.severity`, 0.5));
    expect((at.initiatives[0] as SimulatedInitiative).flaws.map((flaw) => [flaw.id, flaw.parameters['severity']])).toEqual([
      ['spillover', 0.3],
      ['imbalance', 0.5],
    ]);
  });

  it('keeps the other parameters of a flaw that is there', () => {
    const at = valid(scenarioAt(spillover, 'initiatives.*.flaws.spillover.severity', 0.1));
    for (const { flaws } of at.initiatives as SimulatedInitiative[])
      expect(flaws).toEqual([{ id: 'spillover', parameters: { severity: 0.1, direction: 'cannibalisation', reach: 'unit' } }]);
  });

  it('of all initiatives together leaves out those in which it cannot happen, and says how many it is about', () => {
    const { label } = sweepTarget(five, 'initiatives.*.flaws.imbalance.severity');
    expect(label).toMatch(/\(4 of 5\)$/);
    const at = valid(scenarioAt(five, 'initiatives.*.flaws.imbalance.severity', 0.4));
    const having = at.initiatives.filter((one) => (one as SimulatedInitiative).flaws.some(({ id }) => id === 'imbalance'));
    expect(having).toHaveLength(4);
    expect(sweepTargets(five).some(({ path }) => path === 'initiatives.pricing-display-test.flaws.imbalance.severity')).toBe(false);
    const alone = scenarioAt(five, 'initiatives.pricing-display-test.flaws.imbalance.severity', 0.4);
    expect(alone.ok ? '' : alone.issues[0]!.message).toContain('needs untreated products');
  });

  it('is found by id or by place, with or without the word parameters', () => {
    const id = five.initiatives[0]!.initiative_id;
    const paths = [
      `initiatives.${id}.effect.start_delay`,
      `initiatives.0.effect.start_delay`,
      `initiatives.0.effect.parameters.start_delay`,
    ];
    expect(new Set(paths.map((path) => sweepTarget(five, path).path))).toEqual(new Set([paths[0]]));
  });

  it('that is not there is an issue with what is', () => {
    const at = scenarioAt(five, 'initiatives.0.catalog.n_product', 50);
    expect(at.ok ? '' : at.issues[0]!.message).toContain('did you mean initiatives.');
    expect(() => sweepTarget(five, 'nonsense')).toThrow(InputError);
    expect(scenarioAt(five, 'constructor', 1).ok).toBe(false);
    expect(scenarioAt(five, '', 1).ok).toBe(false);
  });

  it('refuses what is no number', () => {
    for (const value of [NaN, Infinity, -Infinity]) expect(scenarioAt(five, 'budget', value).ok).toBe(false);
    expect(scenarioAt(five, 'scale_sample_size', 2000.5).ok).toBe(false);
  });

  it('sets one weight of a rule and keeps the others in proportion', () => {
    const weighted = requireScenario({
      ...five,
      decision_rule: { id: 'bayesian', parameters: { weights: { best: 0.2, med: 0.6, worst: 0.2 } } },
    });
    const at = valid(scenarioAt(weighted, 'decision_rule.weights.worst', 0.6));
    const weights = at.decision_rule.parameters['weights'] as Record<string, number>;
    expect(weights['worst']).toBe(0.6);
    expect(weights['best']).toBeCloseTo(0.1, 12);
    expect(weights['med']).toBeCloseTo(0.3, 12);
    const all = valid(scenarioAt(valid(scenarioAt(weighted, 'decision_rule.weights.worst', 1)), 'decision_rule.weights.worst', 0.4));
    expect((all.decision_rule.parameters['weights'] as Record<string, number>)['best']).toBeCloseTo(0.3, 12);
  });

  it('is a number set by hand, or stated', () => {
    const stated = requireScenario({
      ...findPreset('worked-example')!.scenario,
      what_if: [{ initiative_id: 'TitlesAI', R_best: 15, R_med: 9, R_worst: 1, confidence: null }],
    });
    const at = valid(scenarioAt(stated, 'what_if.TitlesAI.R_med', 11));
    expect(at.what_if[0]).toEqual({ initiative_id: 'TitlesAI', R_best: 15, R_med: 11, R_worst: 1, confidence: null });
    expect(scenarioAt(stated, 'what_if.TitlesAI.R_med', 20).ok).toBe(false);
    expect(valid(scenarioAt(stated, 'initiatives.BundleEngine.cost_to_scale', 3)).initiatives[4]!.cost_to_scale).toBe(3);
  });
});

function valid(at: ReturnType<typeof scenarioAt>): Scenario {
  if (!at.ok) throw new InputError(at.issues);
  return at.value;
}
