import type { CalibrationCard } from '../../core/calibrate/calibration-card.ts';

/** The card of a method, fetched when first asked for; null where there is none. */
export async function loadCalibrationCard(method: string): Promise<CalibrationCard | null> {
  const { calibrationCards } = await import('../../core/calibrate/cards.ts');
  return Object.hasOwn(calibrationCards, method) ? (calibrationCards[method] ?? null) : null;
}
