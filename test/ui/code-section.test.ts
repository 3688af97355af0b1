import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/contracts/run.ts';
import CodeSection from '../../src/views/data/CodeSection.svelte';
import { runFixture } from './run-fixture.ts';

const run = runFixture({ initiatives: [{ id: 'a', cost: 1, truth: 5, pilot: [3, 4, 6] }], funded: ['a'], oracle: ['a'] });

let mounted: Record<string, unknown>;
afterEach(async () => {
  await unmount(mounted);
});

function buttonsOf(of: Run | null): readonly [string, boolean][] {
  mounted = mount(CodeSection, { target: document.body, props: { run: of } });
  flushSync();
  return Array.from(document.querySelectorAll('button'), (button) => [button.textContent ?? '', button.disabled]);
}

describe('the section Code', () => {
  it('offers a script in each language once there is a run', () => {
    expect(buttonsOf(run)).toEqual([
      ['R script and data (zip)', false],
      ['Python script and data (zip)', false],
    ]);
  });

  it('says that there is no run, and offers nothing', () => {
    expect(buttonsOf(null).every(([, disabled]) => disabled)).toBe(true);
    expect(document.body.textContent).toContain('There is no finished run yet.');
  });
});
