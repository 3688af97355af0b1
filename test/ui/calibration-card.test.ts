import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { CalibrationCard as Card, CalibrationCell } from '../../src/core/calibrate/calibration-card.ts';
import CalibrationCard from '../../src/views/measure/CalibrationCard.svelte';

function cell(world: string, kind: CalibrationCell['kind'], coverage: number): CalibrationCell {
  return {
    world,
    kind,
    severity: null,
    label: world,
    estimand: 'att',
    replications: 500,
    degenerate: 0,
    bias: { value: 0.1, monte_carlo_se: 0.02 },
    empirical_se: { value: 1, monte_carlo_se: 0.03 },
    model_se: null,
    relative_error_model_se: null,
    coverage: { value: coverage, monte_carlo_se: Math.sqrt((coverage * (1 - coverage)) / 500) },
    rejection_rate: null,
    sample_coverage: null,
  };
}

const violations = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'].map((world, i) => cell(world, 'violation', 0.9 - 0.1 * i));
const card: Card = {
  estimator: 'experiment',
  note: 'Why it is short.',
  cells: [cell('null', 'null', 0.95), cell('home', 'home', 0.94), ...violations],
};

let mounted: Record<string, unknown> | undefined;
function open(shown: Card) {
  mounted = mount(CalibrationCard, { target: document.body, props: { card: shown } });
  flushSync();
}
afterEach(async () => {
  if (mounted) await unmount(mounted);
  document.body.innerHTML = '';
});

const worlds = () => [...document.querySelectorAll('tbody th[scope=row]')].map((header) => header.textContent);

describe('the calibration card', () => {
  it('shows home and null at once, the many violations when asked', () => {
    open(card);
    expect(worlds()).toEqual(['null', 'home']);
    const button = document.querySelector<HTMLButtonElement>('button.fold')!;
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(button.textContent.trim()).toBe('Show 6 worlds where something goes wrong');
    button.click();
    flushSync();
    expect(worlds()).toEqual(['null', 'home', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6']);
    expect(document.body.textContent).toContain('Why it is short.');
  });
  it('marks coverage that chance does not explain, and only that', () => {
    open({ ...card, cells: card.cells.slice(0, 5), note: null });
    const off = [...document.querySelectorAll('td.off')].map((data) => data.parentElement!.querySelector('th')!.textContent);
    expect(off).toEqual(['v1', 'v2', 'v3']);
  });
  it('has a dash where a method has no standard error, and no style attribute', () => {
    open(card);
    expect([...document.querySelectorAll('tbody tr')].some((row) => row.textContent.includes('\u2013'))).toBe(true);
    expect(document.querySelectorAll('[style]')).toHaveLength(0);
    expect(document.body.textContent).not.toMatch(/NaN|undefined|null [a-z]/);
  });
});
