import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { naiveDifferenceDescription } from '../../../core/measure/naive-difference.ts';
import { closedForm, defineMethodCode } from '../code-script.ts';
import { arms, welch } from './frame.ts';
import { rNumber, rText, rTexts } from './r-text.ts';
import { readLine } from './read-line.ts';

type Values = ParameterValues<(typeof naiveDifferenceDescription)['parameters']>;

export const naiveDifference = defineMethodCode<Values>('naive_difference', (asked, p) => ({
  lines: [
    readLine(asked),
    `data <- complete(data, ${rTexts([p.outcome_column, p.treatment_column])})`,
    `welch(data[[${rText(p.outcome_column)}]], treated_of(data[[${rText(p.treatment_column)}]]), level = ${rNumber(p.confidence_level)})`,
  ].join('\n'),
  needs: [arms, welch],
  tolerance: closedForm,
}));
