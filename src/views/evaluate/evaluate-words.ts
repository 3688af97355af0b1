import { formatConfidence, formatPercent } from '../../charts/format.ts';
import { confidenceRange, type EvaluateResult } from '../../core/contracts/evaluate-result.ts';
import type { Run } from '../../core/contracts/run.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { named } from '../shared/phrases.ts';

/** The heading of the place: how far confidence reaches. */
export function evaluateHeading(run: Run): string {
  const results = run.evaluate_results;
  if (results.length === 0) return 'There is no estimate to trust or distrust.';
  const confidences = results.map(({ confidence }) => confidence);
  const lowest = formatConfidence(Math.min(...confidences));
  const highest = formatConfidence(Math.max(...confidences));
  if (results.length === 1) return `The one estimate earns a confidence of ${lowest}.`;
  return lowest === highest ? `Every estimate earns a confidence of ${lowest}.` : `Confidence runs from ${lowest} to ${highest}.`;
}

/** Who is trusted most and least, and who falls below the threshold. */
export function evaluateReading(run: Run): Phrase[] {
  const ordered = run.evaluate_results.toSorted((a, b) => b.confidence - a.confidence);
  const [most] = ordered;
  const least = ordered.at(-1);
  if (most === undefined || least === undefined)
    return ['An estimate is needed before it can be judged. See Measure for why there is none.'];
  const threshold = run.scenario.min_confidence_threshold;
  const below = ordered.filter(({ confidence }) => confidence < threshold).map(({ initiative_id }) => initiative_id);
  const verdict: Phrase[] =
    threshold === 0
      ? ['There is no threshold to pass.']
      : below.length === 0
        ? [`All pass the threshold of ${formatConfidence(threshold)}.`]
        : [
            ...named(below),
            `${below.length === 1 ? ' falls' : ' fall'} below the threshold of ${formatConfidence(threshold)} and cannot be funded.`,
          ];
  if (ordered.length === 1) return verdict;
  return [
    tone(most.initiative_id, 'name'),
    ` (${most.model_type}) is trusted most, `,
    tone(least.initiative_id, 'name'),
    ` (${least.model_type}) least. `,
    ...verdict,
  ];
}

export type ConfidenceRow = {
  readonly id: string;
  readonly modelType: string;
  readonly range: string;
  readonly draw: string;
  readonly confidence: string;
  readonly penalty: string;
  readonly passes: boolean;
};

/** How each confidence came about: the rung the method earns, and the draw on it. */
export function confidenceRows(run: Run): ConfidenceRow[] {
  const stated = new Set(run.scenario.initiatives.filter(({ source }) => source === 'stated').map(({ initiative_id }) => initiative_id));
  return run.evaluate_results.map((result) => ({
    id: result.initiative_id,
    modelType: result.model_type,
    range: confidenceRange[result.model_type].map(formatConfidence).join(' \u2013 '),
    draw: stated.has(result.initiative_id) ? 'stated' : formatPercent(drawOf(result), 0),
    confidence: formatConfidence(result.confidence),
    penalty: formatPercent(1 - result.confidence, 0),
    passes: result.confidence >= run.scenario.min_confidence_threshold,
  }));
}

/** Where on its range a confidence lies, in [0, 1]. */
function drawOf({ confidence, model_type }: EvaluateResult): number {
  const [lowest, highest] = confidenceRange[model_type];
  return (confidence - lowest) / (highest - lowest);
}
