import type { ExperimentValues } from '../../../core/measure/experiment-parameters.ts';
import { formulaColumns, parseFormula } from '../../../core/measure/formula.ts';
import { plainCell } from '../../csv.ts';
import { closedForm, defineMethodCode } from '../code-script.ts';
import { arms, welch } from './frame.ts';
import { rNumber, rText, rTexts } from './r-text.ts';
import { readLine } from './read-line.ts';
import { robustErrors } from './robust-covariance.ts';

export const experiment = defineMethodCode<ExperimentValues>('experiment', (asked, p) => {
  const type = p.cluster_column !== null && p.standard_errors === 'HC2' ? 'CR2' : p.standard_errors;
  const model = p.formula === null ? comparisonLines(p) : formulaLines(p.formula, p.treatment_column);
  const isWelch = model.terms === 'treated' && type === 'HC2';
  const errors = robustErrors(type, p.cluster_column === null ? null : `data[[${rText(p.cluster_column)}]]`);
  const level = rNumber(p.confidence_level);
  const fit = isWelch
    ? [`welch(y, treated, level = ${level})`]
    : [`fit <- lm(y ~ ${model.terms})`, `errors <- ${errors.call}`, answerLine(level)];
  return {
    lines: [readLine(asked), ...completeLines(p, model.columns), ...model.lines, ...fit].join('\n'),
    needs: [arms, isWelch ? welch : errors.piece],
    tolerance: closedForm,
  };
});

const answerLine = (level: string) => `t_answer(coef(fit)[["treated"]], sqrt(errors$variance), errors$df, level = ${level})`;

type ModelLines = {
  readonly columns: readonly string[];
  readonly lines: readonly string[];
  readonly terms: string;
};

function completeLines(p: ExperimentValues, columns: readonly string[]): string[] {
  const used = [...new Set([...columns, p.treatment_column, ...[p.block_column, p.cluster_column].filter((name) => name !== null)])];
  const whole = `data <- data[ave(treated, data[[${rText(p.block_column ?? '')}]], FUN = function(t) min(t) == 0 && max(t) == 1) == 1, ]`;
  const treated = `treated <- treated_of(data[[${rText(p.treatment_column)}]])`;
  return [
    `data <- complete(data, ${rTexts(used)})`,
    treated,
    ...(p.block_column === null ? [] : ['# Blocks in which an arm is absent have nothing to compare.', whole, treated]),
  ];
}

/** Difference in means, or covariates beside the treatment or interacted with it (Lin 2013), or CUPED. */
function comparisonLines(p: ExperimentValues): ModelLines {
  const outcome = `y <- data[[${rText(p.outcome_column)}]]`;
  const blocks = p.block_column === null ? [] : [`factor(data[[${rText(p.block_column)}]])`];
  const isAdjusted = p.adjustment === 'lin' || p.adjustment === 'additive';
  const own = isAdjusted ? [...new Set(p.covariate_columns)].filter((name) => name !== p.block_column) : [];
  const covariates = [...blocks, ...own.map((name) => `data[[${rText(name)}]]`)];
  const isCuped = p.adjustment === 'cuped' && p.pre_column !== null;
  const lines = [outcome, ...(isCuped ? cupedLines(p.pre_column) : [])];
  const columns = [p.outcome_column, ...own, ...(isCuped ? [p.pre_column] : [])];
  if (covariates.length === 0) return { columns, lines, terms: 'treated' };
  const frame = `x <- model.matrix(~ ., data.frame(${covariates.map((column, k) => `x${k + 1} = ${column}`).join(', ')}))[, -1, drop = FALSE]`;
  if (p.adjustment === 'additive') return { columns, lines: [...lines, frame], terms: 'treated + x' };
  const centre = 'x <- scale(x, center = TRUE, scale = FALSE)  # at the mean of both arms: the coefficient is the average effect';
  return { columns, lines: [...lines, frame, centre], terms: 'treated * x' };
}

function cupedLines(pre: string): string[] {
  return [
    `pre <- data[[${rText(pre)}]]`,
    'theta <- if (var(pre) > 0) cov(y, pre) / var(pre) else 0',
    'y <- y - theta * (pre - mean(pre))  # CUPED: less what the outcome before foretells',
  ];
}

/** The formula's terms, with columns by plain names of the script's own, so that no name is ever code. */
function formulaLines(text: string, treatment: string): ModelLines {
  const formula = parseFormula(text);
  const [outcome = '', ...columns] = formulaColumns(formula).map(plainCell);
  const others = columns.filter((name) => name !== treatment);
  const nameOf = (name: string) => (plainCell(name) === treatment ? 'treated' : `x${others.indexOf(plainCell(name)) + 1}`);
  const terms = formula.terms.map((term) => term.map(nameOf).join(':'));
  return {
    columns: [outcome, ...columns],
    lines: [`y <- data[[${rText(outcome)}]]`, ...others.map((name) => `${nameOf(name)} <- data[[${rText(name)}]]`)],
    terms: [...(formula.intercept ? [] : ['0']), ...terms].join(' + '),
  };
}
