import { describe, expect, it } from 'vitest';
import { noSideConstraints } from '../../../../src/core/allocate/decision-rule.ts';
import { allocationProblem, runReplication } from '../../../../src/core/pipeline.ts';
import { parseScenario, requireScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { findPreset } from '../../../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../../../src/core/scenario/scenario.ts';
import { loadHighsSolver } from '../../../../workers/highs-solver.ts';

const worked = findPreset('worked-example')?.scenario as Scenario;
const issuesOf = (change: Readonly<Record<string, unknown>>) => {
  const parsed = parseScenario({ ...worked, ...change });
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path}: ${message}`);
};

describe('what a scenario says about the decision', () => {
  it('is the plain one where nothing is said', () => {
    const { benchmark, confidence_penalty, constraints, what_if, initiatives } = worked;
    expect({ benchmark, confidence_penalty, constraints, what_if }).toEqual({
      benchmark: 'budget-only',
      confidence_penalty: { id: 'one_minus_confidence', parameters: {} },
      constraints: noSideConstraints,
      what_if: [],
    });
    expect(initiatives.every(({ category, divisible }) => category === '' && !divisible)).toBe(true);
  });

  it('names every initiative that is not there, with the nearest that is', () => {
    expect(
      issuesOf({
        constraints: {
          required: ['TitleAI'],
          exclusive: [['TitlesAI', 'nobody']],
          prerequisites: [{ id: 'TitlesAI', requires: 'TitlesAI' }],
          category_caps: [{ category: 'copy' }],
        },
        what_if: [{ initiative_id: 'Bundle-Engine', confidence: 0.4 }],
      }),
    ).toEqual([
      "constraints.required.0: 'TitleAI' is not the id of an initiative; did you mean TitlesAI?",
      "constraints.exclusive.0.1: 'nobody' is not the id of an initiative",
      "constraints.prerequisites.0: 'TitlesAI' cannot be its own prerequisite",
      "constraints.category_caps.0.category: 'copy' is the category of no initiative",
      "what_if.0.initiative_id: 'Bundle-Engine' is not the id of an initiative; did you mean BundleEngine?",
    ]);
  });

  it.each([
    [
      { constraints: { required: ['TitlesAI'], excluded: ['TitlesAI'] } },
      "constraints.required.0: 'TitlesAI' is both required and excluded",
    ],
    [{ constraints: { at_most: -1 } }, 'constraints.at_most: must not be negative (found -1)'],
    [{ constraints: { at_most: 1.5 } }, 'constraints.at_most: must be a whole number (found 1.5)'],
    [{ constraints: { atmost: 2 } }, 'constraints.atmost: is not a known name; did you mean at_most?'],
    [{ benchmark: 'none' }, 'benchmark: must be one of budget-only, same-feasible-set (found "none")'],
    [{ confidence_penalty: { id: 'powr' } }, "confidence_penalty.id: 'powr' is not a known name; did you mean power?"],
    [{ what_if: [{ initiative_id: 'TitlesAI', R_best: 3 }] }, 'what_if.0: needs all three of R_worst, R_med and R_best, or none of them'],
    [{ what_if: [{ initiative_id: 'TitlesAI', R_best: 3, R_med: 4, R_worst: 1 }] }, 'what_if.0.R_med: needs R_worst <= R_med <= R_best'],
    [{ what_if: [{ initiative_id: 'TitlesAI', confidence: 1.2 }] }, 'what_if.0.confidence: must be at most 1 (found 1.2)'],
    [{ what_if: [{ initiative_id: 'TitlesAI' }, { initiative_id: 'TitlesAI' }] }, "what_if.1.initiative_id: 'TitlesAI' is there twice"],
  ])('refuses %j', (change, message) => {
    expect(issuesOf(change)).toEqual([message]);
  });
});

describe('numbers set by hand', () => {
  it('enter the decision and leave what the evidence says alone', async () => {
    const scenario = requireScenario({
      ...worked,
      what_if: [{ initiative_id: 'BundleEngine', R_best: 1, R_med: 0.5, R_worst: 0, confidence: 0.9 }],
    });
    const run = runReplication(scenario, 0, { solver: await loadHighsSolver() });
    expect(run.evaluate_results.find((result) => result.initiative_id === 'BundleEngine')).toMatchObject({
      R_best: 18,
      R_med: 9,
      R_worst: 0,
      confidence: 0.5,
    });
    expect(run.allocation.effective_returns.BundleEngine).toEqual({ best: 0.9, med: 0.45, worst: 0 });
    expect(run.allocation.selected_initiatives).toEqual(['TitlesAI', 'ImageEnhancer', 'PriceOptimizer']);
    const { candidates } = allocationProblem(scenario, run.evaluate_results);
    expect(candidates.find(({ id }) => id === 'TitlesAI')).toMatchObject({ R_best: 15, R_med: 10, R_worst: 2, confidence: 0.9 });
  });
});
