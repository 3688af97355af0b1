import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/contracts/run.ts';
import { jobsImport } from '../../src/state/jobs-import.svelte.ts';
import JobsSection from '../../src/views/data/JobsSection.svelte';
import { runFixture } from './run-fixture.ts';

const run = runFixture({
  initiatives: [
    { id: 'a', cost: 1, truth: 5, pilot: [3, 4, 6] },
    { id: 'b', cost: 1, truth: 5, pilot: 'degenerate' },
  ],
  funded: ['a'],
  oracle: ['a'],
});
const [evaluation] = run.evaluate_results;
const recorded = {
  initiative_id: 'a',
  R_best: evaluation!.R_best,
  R_med: evaluation!.R_med,
  R_worst: evaluation!.R_worst,
  confidence: null,
};
const imported = { name: 'run.zip', scenario: run.scenario, replication: run.replication };

let mounted: Record<string, unknown>;
function show(of: Run | null): string {
  mounted = mount(JobsSection, { target: document.body, props: { run: of } });
  flushSync();
  return (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
}
afterEach(async () => {
  jobsImport.note(null);
  await unmount(mounted);
  document.body.innerHTML = '';
});

describe('the section on job directories', () => {
  it('has nothing to save before a run is finished, and says so', () => {
    expect(show(null)).toContain('There is no finished run yet.');
    expect(document.querySelector('button')?.disabled).toBe(true);
  });

  it('says what the Python packages cannot be told of this run', () => {
    expect(show(run)).toContain('No job directory for b: the pilot has no answer.');
    expect(document.querySelector('button')?.disabled).toBe(false);
  });

  it('holds opened directories against the run', () => {
    jobsImport.note({ ...imported, recorded: [recorded] });
    expect(show(run)).toContain('The directory of run.zip and this run give the same returns and confidence, to the last digit.');
  });

  it('names both figures where they differ, and what the run does not have', () => {
    jobsImport.note({
      ...imported,
      recorded: [
        { ...recorded, R_med: 0.1 },
        { ...recorded, initiative_id: 'b' },
      ],
    });
    const words = show(run);
    expect(words).toContain('The 2 directories of run.zip and this run do not agree: 4 figures are not the same.');
    expect(words).toContain(`a, R_med: 0.1 in the directory, ${evaluation!.R_med} in this run.`);
    expect(words).toContain(`b, R_med: ${evaluation!.R_med} in the directory, none in this run.`);
  });

  it('holds nothing against a run of another scenario', () => {
    jobsImport.note({ ...imported, scenario: { ...run.scenario }, recorded: [recorded] });
    expect(show(run)).not.toContain('run.zip');
  });
});
