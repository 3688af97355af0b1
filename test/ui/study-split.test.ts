import { mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runReplication } from '../../src/core/pipeline.ts';
import { requireScenario } from '../../src/core/scenario/parse-scenario.ts';
import { replicate } from '../../src/core/study/replicate.ts';
import { studyFindings, type StudyFindings } from '../../src/core/study/study-document.ts';
import { defaultSettings, type StudyPlan } from '../../src/core/study/study-plan.ts';
import { addRecord, emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { studyProgress } from '../../src/state/study-progress.svelte.ts';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import { moneyOf } from '../../src/views/shared/money.ts';
import StudySplit from '../../src/views/scale/StudySplit.svelte';
import { splitByStudy, splitParts } from '../../src/views/scale/study-split.ts';

const { studied } = vi.hoisted(() => ({ studied: { findings: null as StudyFindings | null } }));
vi.mock('../../src/state/study.svelte.ts', () => ({ studyState: studied }));

const ports = { solver: { name: 'none', solve: () => ({ status: 'failed' as const, reason: 'not needed' }) } };

const scenario = requireScenario({
  version: 1,
  seed: 'split',
  budget: 10,
  scale_sample_size: 80,
  confidence_penalty: { id: 'none' },
  initiatives: ['a', 'b'].map((id, i) => ({
    source: 'simulated',
    initiative_id: id,
    cost_to_scale: 10,
    units_at_scale: 20,
    effect_at_scale: i === 0 ? 0.5 : 1,
    catalog: { n_products: 60, categories: ['Books'], start_date: '2026-01-05', pre_periods: 5, post_periods: 5 },
    effect: { id: 'quantity_boost', parameters: { size: 0.4 } },
    design: { id: 'complete_randomisation' },
    method: { id: 'experiment' },
  })),
});
const plan: StudyPlan = { scenario, settings: defaultSettings, replications: 40 };
let findings: StudyFindings;
beforeAll(() => {
  const tally = emptyStudyTally(plan);
  for (let r = 0; r < plan.replications; r += 1) addRecord(tally, replicate(plan, r, ports));
  findings = studyFindings(plan, tally, null);
});

describe('the split of one run’s error by a study', () => {
  it('adds up to actual minus predicted, with the transport and the scale measurement known from this run alone', () => {
    for (const replication of [0, 1, 2, 3, 4, 5]) {
      const run = runReplication(scenario, replication, ports);
      const rows = splitByStudy(run, findings.decision!);
      expect(rows.map(({ id }) => id)).toEqual(run.outcome_reports.map(({ initiative_id }) => initiative_id));
      for (const row of rows) {
        const own = run.initiatives.find(({ initiative_id }) => initiative_id === row.id)!;
        const values = splitParts.map(({ key }) => row.parts![key].value);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(own.report!.prediction_error, 8);
        expect(row.parts!.transport.value).toBeCloseTo((own.true_effect_at_scale! - own.true_effect!) * 20, 8);
        expect(row.parts!.scale_measurement.value).toBeCloseTo(own.report!.actual_return - own.true_return!, 8);
        expect(row.parts!.transport.monteCarloError).toBeNull();
      }
    }
  });

  it('takes bias and selection from the study, whichever replication is open', () => {
    const rows = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((r) => splitByStudy(runReplication(scenario, r, ports), findings.decision!));
    const records = Array.from({ length: plan.replications }, (_, r) => replicate(plan, r, ports));
    for (const id of ['a', 'b']) {
      const errors = records
        .map(({ evidence }) => evidence.find((one) => one.initiative_id === id)!)
        .map((one) => one.returns!.med - one.true_pilot!);
      const funded = errors.filter((_, r) => records[r]!.funded.some((one) => one.initiative_id === id));
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(funded.reduce((sum, value) => sum + (value - mean(funded)) ** 2, 0) / (funded.length - 1));
      const own = rows.filter((row) => row.id === id);
      expect(own.length).toBeGreaterThan(0);
      for (const { parts, ...row } of own) {
        expect(parts!.bias.value).toBeCloseTo(-mean(errors), 8);
        expect(parts!.selection.value).toBeCloseTo(mean(errors) - mean(funded), 8);
        expect(parts!.sampling_noise.monteCarloError).toBeCloseTo(deviation / Math.sqrt(funded.length), 8);
        expect(row).toMatchObject({ fundedIn: funded.length });
      }
    }
  });

  it('has no parts where the study never funded the initiative', () => {
    const run = runReplication(scenario, 0, ports);
    const rows = splitByStudy(run, { error_split: { overall: null, initiatives: [] } });
    expect(rows.map(({ parts, total }) => [parts, total])).toEqual(run.outcome_reports.map((report) => [null, report.prediction_error]));
  });
});

describe('in Scale', () => {
  let mounted: Record<string, unknown> | null = null;
  const show = (run = runReplication(scenario, 0, ports)) => {
    mounted = mount(StudySplit, { target: document.body, props: { run, money: moneyOf(scenario) } });
  };
  afterEach(async () => {
    if (mounted !== null) await unmount(mounted);
    mounted = null;
    studied.findings = null;
  });

  it('says without a study what one would add, and leads there', () => {
    show();
    expect(document.body.textContent).toMatch(/One run cannot tell luck from bias/);
    expect(document.querySelector('a')!.getAttribute('href')).toMatch(/^#\/study/);
    expect(document.querySelector('table')).toBeNull();
  });

  it('shows the parts with a finished study of the scenario, and only of that one', async () => {
    studyProgress.begin(scenarioState.current);
    studyProgress.note({ status: 'done' });
    studied.findings = findings;
    show();
    await vi.waitFor(() => expect(document.querySelectorAll('tbody tr').length).toBe(1));
    expect(document.body.textContent).toContain('a study of 40 replications');
    expect([...document.querySelectorAll('thead th')].map((cell) => cell.textContent)).toEqual([
      'initiative',
      ...splitParts.map(({ label }) => label),
      'together',
    ]);
    await unmount(mounted!);
    studied.findings = { ...findings, scenario: { ...scenario } };
    show();
    await tick();
    await vi.waitFor(() => expect(document.body.textContent).toMatch(/not of this scenario as it stands/));
    expect(document.querySelector('table')).toBeNull();
  });
});
