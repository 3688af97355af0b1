import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { beforeAfterDescription } from '../../../core/measure/before-after.ts';
import { closedForm, defineMethodCode } from '../code-script.ts';
import { welch } from './frame.ts';
import { rNumber } from './r-text.ts';
import { neweyWest, series, seriesLines } from './series.ts';

type Values = ParameterValues<(typeof beforeAfterDescription)['parameters']>;

export const beforeAfter = defineMethodCode<Values>('before_after', (asked, p) => {
  const level = rNumber(p.confidence_level);
  const isWelch = p.standard_errors === 'welch';
  const lines = isWelch
    ? [`welch(s$y, post, level = ${level})`]
    : [
        `fit <- newey_west(s$y, cbind(1, post), lag = ${rNumber(p.newey_west_lag)}, corrected = TRUE)`,
        `t_answer(fit$b[[2]], sqrt(fit$variance[2, 2]), fit$df, level = ${level})`,
      ];
  return {
    lines: [...seriesLines(asked, p.outcome_column, p.time_column, p.intervention_date ?? ''), ...lines].join('\n'),
    needs: [series, isWelch ? welch : neweyWest],
    tolerance: closedForm,
  };
});
