import type { CalibrationCard } from './calibration-card.ts';
import cards from './cards.json' with { type: 'json' };

/** Every method's calibration card, as `npm run calibrate` wrote it. */
export const calibrationCards = cards as unknown as Readonly<Record<string, CalibrationCard>>;
