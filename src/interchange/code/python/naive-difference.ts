import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { naiveDifferenceDescription } from '../../../core/measure/naive-difference.ts';
import { closedForm, defineMethodCode } from '../code-script.ts';
import { columnsPiece, welch } from './frame.ts';
import { pyNumber, pyTexts } from './python-text.ts';
import { columnOf, readLine } from './read-line.ts';

type Values = ParameterValues<(typeof naiveDifferenceDescription)['parameters']>;

export const naiveDifference = defineMethodCode<Values>('naive_difference', (asked, p) => ({
  lines: [
    readLine(asked),
    `data = complete(data, ${pyTexts([p.outcome_column, p.treatment_column])})`,
    `return welch(${columnOf(p.outcome_column)}, treated_of(${columnOf(p.treatment_column)}), level=${pyNumber(p.confidence_level)})`,
  ].join('\n'),
  needs: [columnsPiece, welch],
  tolerance: closedForm,
}));
