import { defineParameters } from '../../contracts/parameter.ts';
import { exp } from '../../numeric/elementary.ts';
import { normalQuantile } from '../../numeric/normal.ts';
import type { Stream } from '../../random/stream.ts';
import { lognormalSigma, standardNormal } from '../../random/variates.ts';
import { defineFlaw, severity, type Sighting } from './flaw.ts';

const parameters = defineParameters({
  severity: severity('Multiplies the three errors below.', { default: 0.5 }),
  outcome_noise: {
    kind: 'number',
    label: 'Noise in revenue',
    help: 'Coefficient of variation of an error factor of mean one on every recorded revenue.',
    min: 0,
    max: 2,
    step: 0.05,
    default: 0.5,
  },
  overstatement: {
    kind: 'number',
    label: 'Overstatement by the treated',
    help: 'Share by which revenue under treatment is recorded too high.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.2,
  },
  quality_noise: {
    kind: 'number',
    label: 'Noise in quality',
    help: 'Standard deviation of the error in the recorded quality score, which stays between 0 and 1.',
    min: 0,
    max: 0.5,
    step: 0.05,
    default: 0.1,
  },
});

/** Half of the step between uniforms, so that none is 0. */
const HALF_STEP = 1.1641532182693481e-10;

export const measurementError = defineFlaw({
  id: 'measurement_error',
  label: 'Measurement error',
  summary: 'Revenue is recorded with noise and too high where the treatment runs; quality scores are noisy.',
  breaks:
    'That the record is what happened: errors that differ between treated and controls are taken for effect, and adjusting for a noisy score adjusts too little.',
  moves:
    'Up, by the overstatement. The noise in revenue only widens it; the noise in quality leaves more of the groups’ difference in place after adjustment.',
  parameters,
  alter(sighting, _outcomes, { severity: size, outcome_noise, overstatement, quality_noise }, stream) {
    misreportQuality(sighting, size * quality_noise, stream);
    const { calendar, assignment, seen, catalog } = sighting;
    const { nPeriods } = calendar;
    const sigma = lognormalSigma(size * outcome_noise);
    for (let i = 0; i < catalog.nProducts; i += 1) {
      const first = assignment.firstTreated[i]!;
      for (let t = 0; t < nPeriods; t += 1) {
        const uniform = stream.uniform();
        const at = i * nPeriods + t;
        const revenue = seen.revenue[at]!;
        if (revenue === 0) continue;
        const noise = sigma === 0 ? 1 : exp(sigma * normalQuantile(uniform + HALF_STEP) - (sigma * sigma) / 2);
        const factor = noise * (first >= 0 && t >= first ? 1 + size * overstatement : 1);
        if (factor !== 1) seen.revenue[at] = inCents(revenue * factor);
      }
    }
  },
});

/** One error before and another after the intervention. */
function misreportQuality({ reportedQuality, reportedQualityAfter }: Sighting, deviation: number, stream: Stream): void {
  for (let i = 0; i < reportedQuality.length; i += 1) {
    const before = standardNormal(stream);
    const after = standardNormal(stream);
    if (deviation === 0) continue;
    reportedQuality[i] = asScore(reportedQuality[i]! + deviation * before);
    if (reportedQualityAfter !== null) reportedQualityAfter[i] = asScore(reportedQualityAfter[i]! + deviation * after);
  }
}

function asScore(value: number): number {
  return Math.round(1000 * Math.min(1, Math.max(0, value))) / 1000;
}

function inCents(revenue: number): number {
  return Math.round(100 * revenue) / 100;
}
