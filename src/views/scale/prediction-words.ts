import { returnCorrections } from '../../core/allocate/corrections/index.ts';
import { correctionIds, type CorrectedPredictions, type CorrectionId, type PredictionRow } from '../../core/scale/corrected-predictions.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { paragraph } from '../shared/phrases.ts';
import { fundedName } from '../shared/portfolio-name.ts';
import { listed } from '../shared/words.ts';

/** How a prediction was come by, as a column heads it. */
export const predictionLabels = Object.fromEntries(
  correctionIds.map((id) => [id, id === 'none' ? 'as measured' : returnCorrections[id].label]),
) as Readonly<Record<CorrectionId, string>>;

export type PredictionCell = {
  readonly correction: CorrectionId;
  readonly predicted: string;
  readonly error: string;
  readonly closest: boolean;
};
export type PredictionLine = {
  readonly key: string;
  readonly name: string;
  readonly cells: readonly PredictionCell[];
  readonly actual: string;
  readonly truth: string;
};

/** One line an initiative; the portfolio last, where there is more than one or more to it than the one. */
export function predictionLines({ initiatives, portfolio, passed_over }: CorrectedPredictions, money: Money): PredictionLine[] {
  const lines = initiatives.map((row) => ({ ...line(row, money), key: row.initiative_id, name: fundedName(row.initiative_id, row.share) }));
  const isMore = initiatives.length > 1 || passed_over !== 0;
  return isMore ? [...lines, { ...line(portfolio, money), key: '', name: 'The portfolio' }] : lines;
}

/** Which prediction of the portfolio was nearest to the truth. */
export function predictionReading({ portfolio }: CorrectedPredictions, money: Money): Phrase[] {
  const { predicted, truth, closest } = portfolio;
  const off = (id: CorrectionId) => money.exact(Math.abs(predicted[id] - truth));
  if (closest.length === correctionIds.length) return ['No correction changes the prediction.'];
  if (closest.includes('none'))
    return [
      'The figure as ',
      tone('measured', 'pilot'),
      ` was nearest to the `,
      tone('truth', 'truth'),
      `, ${off('none')} off; ${listed(missed(closest).map((id) => `${predictionLabels[id]} ${off(id)}`))}.`,
    ];
  const [best] = closest as [CorrectionId];
  return [
    `${listed(closest.map((id) => predictionLabels[id]))} came nearest to the `,
    tone('truth', 'truth'),
    `, ${off(best)} off; as `,
    tone('measured', 'pilot'),
    `, ${off('none')}.`,
  ];
}

/** What the figures rest on. */
export function predictionNote({ initiatives, thresholds, passed_over, portfolio }: CorrectedPredictions, money: Money): Phrase[] {
  const isSame = initiatives.every(({ predicted }) => predicted.none === predicted.empirical_bayes);
  const source =
    thresholds.thresholds === null
      ? `Lee and Shen\u2019s terms are taken at the correction\u2019s own threshold, not the decision\u2019s: ${thresholds.reason}.`
      : 'Lee and Shen\u2019s terms are taken at the return from which on the decision funds each initiative, the others being as they are.';
  const others =
    passed_over === 0 || portfolio.predicted.none === portfolio.predicted.lee_shen
      ? ''
      : `Those passed over could have been picked for their luck too: that takes a further ${money.exact(passed_over)} off the portfolio.`;
  const few = isSame ? 'Empirical Bayes has nothing to go by here: too few initiatives, or no doubt about them.' : '';
  const luck = 'One run shows luck; a study shows which is nearer on average.';
  return paragraph([source, others, few, luck].filter((text) => text !== '').map((text) => [text]));
}

/** 'on the truth' where the figures shown are the same. */
export function offWords(predicted: number, truth: number, money: Money): string {
  if (money.exact(predicted) === money.exact(truth)) return 'on the truth';
  return `${money.exact(Math.abs(predicted - truth))} too ${predicted > truth ? 'high' : 'low'}`;
}

function line({ predicted, actual, truth, closest }: PredictionRow, money: Money) {
  return {
    cells: correctionIds.map((correction) => ({
      correction,
      predicted: money.exact(predicted[correction]),
      error: offWords(predicted[correction], truth, money),
      closest: closest.includes(correction) && closest.length < correctionIds.length,
    })),
    actual: actual === null ? 'no estimate' : money.exact(actual),
    truth: money.exact(truth),
  };
}

function missed(closest: readonly CorrectionId[]): CorrectionId[] {
  return correctionIds.filter((id) => !closest.includes(id));
}
