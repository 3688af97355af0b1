import { formatCount, formatNumber, formatPercent } from '../../../charts/format.ts';
import type { GridPicture, GridPictureCell } from '../../../charts/design-grid-data.ts';
import { describeIssue } from '../../../core/contracts/input-error.ts';
import { gridFigure, type GridMeasure } from '../../../core/study/design-grid-figures.ts';
import type { DesignGridCell, DesignGridDocument, DesignGridRow } from '../../../core/study/design-grid.ts';
import { methodDescriptions } from '../../../state/catalogue.ts';
import { estimandWords } from '../../measure/measure-words.ts';
import { moneyOf } from '../../shared/money.ts';
import { sentence } from '../../shared/words.ts';
import { roundedMeasure } from '../rounded-measure.ts';

/** What can be shown of every cell, in words. */
export const gridMeasureWords: Readonly<Record<GridMeasure, string>> = {
  coverage: 'Coverage',
  standardised_bias: 'Bias in empirical standard errors',
  rejection_rate: 'Rejection rate',
  relative_error_model_se: 'Relative error of the model SE',
  rmse: 'Root mean squared error',
  empirical_se: 'Empirical SE',
  answered: 'Share of replications with an answer',
};

/** The grid as its chart has it. */
export function gridPicture(document: DesignGridDocument, measure: GridMeasure): GridPicture {
  const { rows } = document;
  return {
    measure: unitWords(document, measure),
    promised: promisedWords(document, measure),
    designs: rows.map(({ design, label }) => ({ id: design, label })),
    methods: methodDescriptions.map(({ id, label }) => ({ id, label, cells: rows.map((row) => cellOf(document, row, id, measure)) })),
  };
}

function cellOf(document: DesignGridDocument, row: DesignGridRow, method: string, measure: GridMeasure): GridPictureCell {
  const cell = row.cells.find((one) => one.method === method);
  const empty = { text: '', side: null, atHome: false, partial: false } as const;
  if (row.issues !== null)
    return { ...empty, level: 'none', words: [`this world cannot have the design: ${row.issues.map(describeIssue).join('; ')}`] };
  if (cell === undefined) return { ...empty, level: 'waiting', words: ['not run yet'] };
  const figure = gridFigure(cell, measure, document);
  const answered = cell.replications > 0 || measure === 'answered';
  const level = !answered || figure.measured === null ? 'none' : levels[figure.verdict];
  const symbol = moneyOf(document.scenario).symbol;
  const format = (value: number, decimals: number) => `${symbol}${formatNumber(value, decimals)}`;
  const rounded = roundedMeasure(figure.measured, figure.unit, format);
  return {
    text: level === 'none' ? '' : rounded.value.replace(symbol, ''),
    level,
    side: level === 'none' ? null : figure.side,
    atHome: cell.at_home,
    partial: cell.failures.count > 0 && cell.replications > 0,
    words: [
      level === 'none' ? whyNot(cell) : `${gridMeasureWords[measure].toLowerCase()} ${rounded.text}`,
      ...(level === 'none'
        ? []
        : [
            figure.verdict === 'unjudged' && figure.nominal !== null
              ? 'too few replications to tell'
              : verdictWords[figure.verdict](figure.side),
          ]),
      `${estimandWords[cell.estimand]}; ${cell.at_home ? 'made for this design' : 'not made for this design'}`,
      `${formatCount(cell.replications)} replications`,
      ...(cell.failures.count > 0 && cell.replications > 0
        ? [`${formatCount(cell.failures.count)} without an answer: ${reasons(cell)}`]
        : []),
      ...(row.flaws_left_out.length > 0 ? [`without the flaws that cannot happen here: ${row.flaws_left_out.join(', ')}`] : []),
    ].filter((words) => words !== ''),
  };
}

const levels = { as_nominal: 'good', off: 'off', far_off: 'far', unjudged: 'plain' } as const;

const verdictWords: Readonly<Record<keyof typeof levels, (side: 'above' | 'below' | null) => string>> = {
  as_nominal: () => 'as it should be, as far as can be told',
  off: (side) => `too ${side === 'above' ? 'high' : 'low'} beyond Monte Carlo error`,
  far_off: (side) => `far too ${side === 'above' ? 'high' : 'low'}`,
  unjudged: () => '',
};

function whyNot(cell: DesignGridCell): string {
  if (cell.failures.count > 0 && cell.replications === 0) return `no answer: ${reasons(cell)}`;
  return cell.replications === 0
    ? 'nothing is true of this estimand under the design, so there is nothing to hold answers against'
    : 'cannot be told from these replications';
}

function reasons({ failures }: DesignGridCell): string {
  return Object.keys(failures.reasons).map(sentence).join(' ');
}

function unitWords(document: DesignGridDocument, measure: GridMeasure): string {
  const symbol = moneyOf(document.scenario).symbol.trim();
  const words = gridMeasureWords[measure];
  if (measure === 'rmse' || measure === 'empirical_se') return `${words}, ${symbol} per product and period,`;
  if (measure === 'rejection_rate') return document.effect === 'none' ? `${words} without any effect` : words;
  return words;
}

function promisedWords({ scenario, effect }: DesignGridDocument, measure: GridMeasure): string | null {
  switch (measure) {
    case 'coverage':
      return formatPercent(scenario.confidence_level, 1).replace('.0%', '%');
    case 'standardised_bias':
    case 'relative_error_model_se':
      return '0';
    case 'rejection_rate':
      return effect === 'none' ? '5%' : null;
    case 'answered':
      return '100%';
    case 'rmse':
    case 'empirical_se':
      return null;
  }
}
