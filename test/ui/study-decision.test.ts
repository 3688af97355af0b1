import { afterEach, describe, expect, it, vi } from 'vitest';
import { flushSync } from 'svelte';
import DecisionPanel from '../../src/views/study/decision/DecisionPanel.svelte';
import { click, open, press, type Mounted } from '../charts/mounting.ts';
import { decisionStudy, type Options } from './study-decision-fixture.ts';

const first = 'product-desc-enhancement';
const second = 'checkout-flow-optimization';
let mounted: Mounted | null = null;

/** What is below the fold comes in a task of its own. */
function show(options: Options = {}, openReplication?: (replication: number) => void) {
  vi.useFakeTimers();
  const study = decisionStudy(options);
  mounted = open(DecisionPanel as never, { ...study, openReplication }, 900);
  vi.runAllTimers();
  flushSync();
  vi.runAllTimers();
  flushSync();
  vi.useRealTimers();
  return study;
}

afterEach(() => {
  mounted?.close();
  mounted = null;
});

const tidy = (element: Element | null | undefined) => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
const page = () => tidy(mounted!.target);
const tableRows = (label: string) =>
  [...(mounted!.target.querySelector(`[aria-label="${label}"]`)?.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.querySelectorAll('th, td')].map(tidy),
  );

describe('the decision in the study', () => {
  it('says what deciding costs, with its uncertainty', () => {
    const { findings } = show();
    const regret = findings.decision!.arms[0]!.expected_regret!;
    expect(page()).toMatch(/Deciding this way loses \$[\d,]+ \([\d,]+\) on average against an oracle/);
    const told = Number(/loses \$([\d,]+)/.exec(page())![1]!.replaceAll(',', ''));
    expect(Math.abs(told - regret.value)).toBeLessThanOrEqual(regret.monte_carlo_se!);
  });

  it('lists every way to decide, the own first, with the paired difference', () => {
    const { findings } = show();
    const rows = tableRows('Ways to decide');
    expect(rows[0]![0]).toContain('As in the scenario');
    expect(rows.filter((row) => row.length > 1)).toHaveLength(findings.decision!.arms.length);
    const unpenalised = rows.find(([name]) => name === 'No penalty')!;
    expect(unpenalised[2]).toMatch(/^\+\$[\d,]+ \([\d,]+\) differs in \d+ of 200: more regret$/);
    expect(rows.find(([name]) => name === 'Maximin')![2]).toBe('always the same decision');
  });

  it('shows how often each initiative is funded beside the oracle, and what was promised beside what is true', () => {
    const { findings } = show();
    const [one, two] = tableRows('How often each initiative is funded');
    expect(one!.slice(0, 3)).toEqual([first, expect.stringMatching(/^\d+% \(\d\)$/), 'all of 200']);
    expect(two!.slice(0, 3)).toEqual([second, expect.stringMatching(/^\d+% \(\d\)$/), 'none of 200']);
    const share = findings.decision!.initiatives[0]!.selection_frequency!.value;
    expect(Math.abs(Number.parseFloat(one![1]!) / 100 - share)).toBeLessThan(0.011);
    expect(two![3]).toMatch(/^\+\$/);
  });

  it('shows the portfolios chosen with their shares beside those of the oracle', () => {
    show();
    const rows = tableRows('Portfolios');
    expect(rows.map(([name]) => name)).toEqual([first, second]);
    expect(rows[0]![2]).toBe('all of 200');
    expect(rows[1]![2]).toBe('');
  });

  it('splits regret and errors, and leaves out the parts that are nothing everywhere', () => {
    show();
    expect(page()).toContain('sampling noise');
    expect(page()).toMatch(/Decided on the average pilot: product-desc-enhancement, regret \$0/);
    const head = [...mounted!.target.querySelectorAll('[aria-label="Errors at scale, split"] thead th')].map(tidy);
    expect(head).toEqual([
      'initiative',
      'times funded',
      'true \u2212 predicted',
      'selection',
      'estimator bias',
      'transport',
      'sampling noise in one',
    ]);
    const rows = tableRows('Errors at scale, split');
    expect(rows.map(([name]) => name)).toEqual([first, second, 'the portfolio']);
    expect(rows[1]![5]).toBe('\u2212$3,000');
  });

  it('opens a replication from the picture of regrets, and links to the worst', () => {
    const opened = vi.fn();
    const { findings } = show({}, opened);
    const reader = mounted!.target.querySelector('.reader')!;
    press(reader, 'End');
    press(reader, 'Enter');
    expect(opened).toHaveBeenCalledWith(findings.decision!.arms[0]!.worst_regret!.replication);
    expect(mounted!.target.querySelectorAll('[aria-label="Ways to decide"] a').length).toBeGreaterThan(0);
  });

  it('does not offer to open replications of another scenario', () => {
    show();
    expect(mounted!.target.querySelectorAll('[aria-label="Ways to decide"] a')).toHaveLength(0);
    expect(tableRows('Ways to decide')[0]![3]).toMatch(/replication \d+/);
  });

  it('says so before the regret is split', () => {
    show({ split: false });
    expect(page()).toContain('It is split when the study has ended or is paused.');
  });

  it('explains a study that stops at the estimates, one that has not begun, and one without an oracle', () => {
    show({ settings: { extent: 'estimates' } });
    expect(page()).toContain('stops at the estimates');
    mounted!.close();
    show({ replications: 0 });
    expect(page()).toContain('No replication has come as far as the decision yet');
    mounted!.close();
    show({ oracle: false });
    expect(page()).toContain('There is no oracle');
    expect(tableRows('How often each initiative is funded')[0]).toHaveLength(2);
    expect(page()).not.toContain('NaN');
  });

  it('has no NaN and no made-up error after a single replication', () => {
    show({ replications: 1 });
    expect(page()).toContain('One replication does not make an average');
    expect(page()).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it('has a data table for each picture', () => {
    show();
    for (const toggle of mounted!.target.querySelectorAll('.controls button[aria-expanded]')) click(toggle);
    expect(mounted!.target.querySelectorAll('figure table').length).toBe(3);
  });
});
