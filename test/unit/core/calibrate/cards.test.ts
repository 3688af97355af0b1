import { describe, expect, it } from 'vitest';
import { batteryOf } from '../../../../src/core/calibrate/battery.ts';
import { calibrateIn } from '../../../../src/core/calibrate/calibrate.ts';
import type { CalibrationCell } from '../../../../src/core/calibrate/calibration-card.ts';
import { calibrationCards } from '../../../../src/core/calibrate/cards.ts';
import { estimatorDescriptions, type EstimatorId } from '../../../../src/core/measure/descriptions.ts';
import type { Measured } from '../../../../src/core/study/diagnosand.ts';

const fresh = { null: 30, home: 30, violation: 8 } as const;
/** Some five hundred comparisons are made: four standard errors apart would happen by chance. */
const FAR = 4.5;

/** A share of all or none has no standard error of its own: one more success and failure each (Agresti and Coull) give it one. */
function shareError(share: number, n: number): number {
  const p = (share * n + 2) / (n + 4);
  return Math.sqrt((p * (1 - p)) / n);
}

function expectNear(card: Measured | null, now: Measured | null, what: string): void {
  if (card === null || now === null || card.monte_carlo_se === null || now.monte_carlo_se === null) return;
  const error = Math.sqrt(card.monte_carlo_se ** 2 + now.monte_carlo_se ** 2);
  expect(Math.abs(card.value - now.value), `${what}: the card says ${card.value}, now ${now.value} +- ${error}`).toBeLessThanOrEqual(FAR * error);
}

function expectNearShare(card: Measured | null, now: Measured | null, n: readonly [number, number], what: string): void {
  if (card === null || now === null) return;
  const error = Math.sqrt(shareError(card.value, n[0]) ** 2 + shareError(now.value, n[1]) ** 2);
  expect(Math.abs(card.value - now.value), `${what}: the card says ${card.value}, now ${now.value} +- ${error}`).toBeLessThanOrEqual(FAR * error);
}

describe.each(Object.keys(estimatorDescriptions) as EstimatorId[])('the calibration card of %s', (id) => {
  const card = calibrationCards[id];
  const battery = batteryOf(id);

  it('is there, and is about the battery as it is', () => {
    expect(card, `run npm run calibrate -- ${id}`).toBeDefined();
    const known = new Set(battery.map(({ world }) => world));
    expect(card!.cells.every(({ world }) => known.has(world))).toBe(true);
    expect(card!.cells.map(({ kind }) => kind).filter((kind) => kind !== 'violation')).toEqual(['null', 'home']);
  });

  it('covers its level at home within three Monte Carlo standard errors, or says what it covers and why', () => {
    for (const { kind, coverage, replications, degenerate } of card!.cells) {
      if (kind === 'violation' || coverage === null) continue;
      const error = Math.sqrt((0.95 * 0.05) / (replications - degenerate));
      if (Math.abs(coverage.value - 0.95) > 3 * error) expect(card!.note, `coverage ${coverage.value} at ${kind}`).not.toBeNull();
    }
  });

  it('holds in fresh replications', { timeout: 120_000 }, () => {
    for (const cell of card!.cells) {
      const world = battery.find((one) => one.world === cell.world)!;
      const now = calibrateIn(world, fresh[cell.kind], 'fresh calibration') as CalibrationCell;
      const n = [cell.replications - cell.degenerate, now.replications - now.degenerate] as const;
      expect(now.estimand).toBe(cell.estimand);
      expectNear(cell.bias, now.bias, `bias, ${cell.world}`);
      expectNearShare(cell.coverage, now.coverage, n, `coverage, ${cell.world}`);
      expectNearShare(cell.rejection_rate, now.rejection_rate, n, `rejection rate, ${cell.world}`);
      if (cell.kind === 'violation') continue;
      expectNear(cell.relative_error_model_se, now.relative_error_model_se, `relative error of the model SE, ${cell.world}`);
    }
  });
});
