import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { beforeAfterDescription } from '../../../core/measure/before-after.ts';
import { closedForm, defineMethodCode } from '../code-script.ts';
import { welch } from './frame.ts';
import { pyNumber } from './python-text.ts';
import { neweyWest, series, seriesLines } from './series.ts';

type Values = ParameterValues<(typeof beforeAfterDescription)['parameters']>;

export const beforeAfter = defineMethodCode<Values>('before_after', (asked, p) => {
  const level = pyNumber(p.confidence_level);
  const isWelch = p.standard_errors === 'welch';
  const fit = isWelch
    ? [`return welch(s.y, post, level=${level})`]
    : [
        'x = np.column_stack([np.ones(len(s.y)), post])',
        `b, covariance, df = newey_west(s.y, x, lag=${pyNumber(p.newey_west_lag)}, corrected=True)`,
        `return t_answer(b[1], np.sqrt(covariance[1, 1]), level=${level}, df=df)`,
      ];
  return {
    lines: [...seriesLines(asked, p.outcome_column, p.time_column, p.intervention_date ?? ''), ...fit].join('\n'),
    needs: [series, isWelch ? welch : neweyWest],
    tolerance: closedForm,
  };
});
