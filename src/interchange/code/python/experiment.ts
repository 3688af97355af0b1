import type { ExperimentValues } from '../../../core/measure/experiment-parameters.ts';
import { formulaColumns, parseFormula } from '../../../core/measure/formula.ts';
import { plainCell } from '../../csv.ts';
import { closedForm, defineMethodCode, type CodePiece } from '../code-script.ts';
import { columnsPiece, welch } from './frame.ts';
import { modelMatrix } from './model-matrix.ts';
import { pyNumber, pyText, pyTexts } from './python-text.ts';
import { columnOf, readLine } from './read-line.ts';
import { robustErrors } from './robust-errors.ts';

export const experiment = defineMethodCode<ExperimentValues>('experiment', (asked, p) => {
  const type = p.cluster_column !== null && p.standard_errors === 'HC2' ? 'CR2' : p.standard_errors;
  const model = p.formula === null ? comparisonLines(p) : formulaLines(p.formula, p.treatment_column);
  const isWelch = model.isPlain && type === 'HC2';
  const { piece, call } = robustErrors(type);
  const level = pyNumber(p.confidence_level);
  const fit = isWelch
    ? [`return welch(y, treated, level=${level})`]
    : [
        ...model.design,
        `estimate, variance, df = ${call('y', 'x', model.column, p.cluster_column === null ? null : columnOf(p.cluster_column))}`,
        `return t_answer(estimate, np.sqrt(variance), level=${level}, df=df)`,
      ];
  return {
    lines: [readLine(asked), ...completeLines(p, model.columns), ...model.lines, ...fit].join('\n'),
    needs: [columnsPiece, ...(p.block_column === null ? [] : [wholeBlocks]), ...model.needs, isWelch ? welch : piece],
    tolerance: closedForm,
  };
});

type ModelLines = {
  readonly columns: readonly string[];
  readonly lines: readonly string[];
  readonly design: readonly string[];
  /** Where the treatment stands in the design. */
  readonly column: string;
  readonly needs: readonly CodePiece[];
  /** Nothing but the two arms. */
  readonly isPlain: boolean;
};

const wholeBlocks: CodePiece = {
  name: 'whole_blocks',
  needs: [columnsPiece],
  code: String.raw`
def whole_blocks(table, block, treatment):
    """Leaves out blocks in which an arm is absent: they have nothing to compare."""
    treated = treated_of(table[treatment])
    whole = {b for b in set(table[block]) if len(set(treated[table[block] == b])) == 2}
    return take(table, np.array([b in whole for b in table[block]]))
`,
};

function completeLines(p: ExperimentValues, columns: readonly string[]): string[] {
  const used = [...new Set([...columns, p.treatment_column, ...[p.block_column, p.cluster_column].filter((name) => name !== null)])];
  return [
    `data = complete(data, ${pyTexts(used)})`,
    ...(p.block_column === null ? [] : [`data = whole_blocks(data, ${pyText(p.block_column)}, ${pyText(p.treatment_column)})`]),
    `treated = treated_of(${columnOf(p.treatment_column)})`,
  ];
}

/** Difference in means, or covariates beside the treatment or interacted with it (Lin 2013), or CUPED. */
function comparisonLines(p: ExperimentValues): ModelLines {
  const blocks = p.block_column === null ? [] : [`*indicators(${columnOf(p.block_column)})`];
  const isAdjusted = p.adjustment === 'lin' || p.adjustment === 'additive';
  const own = isAdjusted ? [...new Set(p.covariate_columns)].filter((name) => name !== p.block_column) : [];
  const covariates = [...blocks, ...own.map(columnOf)];
  const isCuped = p.adjustment === 'cuped' && p.pre_column !== null;
  const lines = [`y = ${columnOf(p.outcome_column)}`, ...(isCuped ? cupedLines(p.pre_column) : [])];
  const columns = [p.outcome_column, ...own, ...(isCuped ? [p.pre_column] : [])];
  const shared = { columns, lines, column: '1', needs: [], isPlain: covariates.length === 0 };
  const constant = 'np.ones(len(y)), treated';
  if (covariates.length === 0) return { ...shared, design: [`x = np.column_stack([${constant}])`] };
  const frame = `covariates = design([${covariates.join(', ')}])`;
  if (p.adjustment === 'additive') return { ...shared, design: [frame, `x = np.column_stack([${constant}, covariates])`] };
  return {
    ...shared,
    design: [
      frame,
      'centred = covariates - covariates.mean(axis=0)  # at the mean of both arms: the coefficient is the average effect',
      `x = np.column_stack([${constant}, centred, centred * treated[:, None]])`,
    ],
  };
}

function cupedLines(pre: string): string[] {
  return [
    `pre = ${columnOf(pre)}`,
    'theta = np.cov(y, pre)[0, 1] / pre.var(ddof=1) if pre.var() > 0 else 0',
    'y = y - theta * (pre - pre.mean())  # CUPED: less what the outcome before foretells',
  ];
}

/** The formula's terms as lists of columns, so that no name is ever code. */
function formulaLines(text: string, treatment: string): ModelLines {
  const formula = parseFormula(text);
  const inFile = formula.terms.map((term) => term.map(plainCell));
  const terms = inFile.map((term) => pyTexts(term)).join(', ');
  const own = inFile.findIndex((term) => term.length === 1 && term[0] === treatment);
  return {
    columns: formulaColumns(formula).map(plainCell),
    lines: [`y = ${columnOf(plainCell(formula.outcome))}`],
    design: [
      `terms = [${terms}]`,
      `x, places = model_matrix({**data, ${pyText(treatment)}: treated}, terms, intercept=${formula.intercept ? 'True' : 'False'})`,
    ],
    column: `places[${own}]`,
    needs: [modelMatrix],
    isPlain: false,
  };
}
