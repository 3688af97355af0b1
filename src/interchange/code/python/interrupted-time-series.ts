import { readOrder, type SeriesOrder } from '../../../core/measure/series-order.ts';
import type { SeriesValues } from '../../../core/measure/series-parameters.ts';
import { closedForm, defineMethodCode, iterative, type CodePiece } from '../code-script.ts';
import { armaRegression } from './arma-regression.ts';
import { columnsPiece } from './frame.ts';
import { pyBoolean, pyNumber, pyNumbers } from './python-text.ts';
import { neweyWest, series, seriesLines } from './series.ts';

export const interruptedTimeSeries = defineMethodCode<SeriesValues>('interrupted_time_series', (asked, p) => {
  const order = readOrder(p.order, p.seasonal_order);
  const isLeastSquares = p.standard_errors === 'newey_west';
  const outcome = p.dependent_variable ?? p.outcome_column ?? '';
  const season = p.seasonality === 'weekday' ? [weekdays] : p.seasonality === 'fourier' ? [waves] : [];
  return {
    lines: [
      ...seriesLines(asked, outcome, p.time_column, p.intervention_date ?? ''),
      'start = s.step[post][0]',
      `terms = {${regressors(p).join(', ')}}`,
      ...(p.seasonality === 'none' ? [] : [`terms.update(${seasonCall(p)})`]),
      `return level_change(s.y, terms, post, ${pyNumbers(order.differences)}, ${fitOf(p, order)}, level=${pyNumber(p.confidence_level)})`,
    ].join('\n'),
    needs: [series, levelChange, ...season, isLeastSquares ? neweyWest : armaRegression],
    tolerance: isLeastSquares ? closedForm : iterative,
  };
});

function regressors(p: SeriesValues): string[] {
  return [
    '"intercept": np.ones(len(s.y))',
    ...(p.trend ? ['"trend": s.step + 1'] : []),
    '"level_change": post.astype(float)',
    ...(p.slope_change ? ['"slope_change": np.where(post, s.step - start + 1, 0)'] : []),
  ];
}

function seasonCall(p: SeriesValues): string {
  return p.seasonality === 'weekday' ? 'weekdays(s.time)' : `waves(s.step + 1, period=${p.period}, harmonics=${p.harmonics})`;
}

function fitOf(p: SeriesValues, { arma }: SeriesOrder): string {
  if (p.standard_errors === 'newey_west')
    return `lambda y, x: newey_west(y, x, lag=${pyNumber(p.newey_west_lag)}, corrected=${pyBoolean(p.small_sample_correction)})`;
  const orders = `order=(${arma.p}, ${arma.q}), seasonal=(${arma.seasonalP}, ${arma.seasonalQ}), period=${arma.season}`;
  return `lambda y, x: arma_regression(y, x, ${orders}, restricted=${pyBoolean(p.standard_errors === 'restricted_likelihood')})`;
}

const levelChange: CodePiece = {
  name: 'level_change',
  needs: [columnsPiece],
  code: String.raw`
def differenced(values, lags):
    for lag in lags:
        values = values[int(lag) :] - values[: -int(lag)]
    return values


def level_change(y, terms, post, differences, fit, level):
    """The change of level (and slope, where there is one), averaged over the time after the intervention. The regression is on the
    terms that those before them do not already span, all of it differenced where it is to be."""
    x = np.column_stack(list(terms.values()))
    dx = differenced(x, differences)
    kept = independent(dx)
    b, covariance, df = fit(differenced(y, differences), dx[:, kept])
    names = [list(terms)[k] for k in kept]
    average = np.array([x[post, k].mean() if name in ("level_change", "slope_change") else 0 for k, name in zip(kept, names)])
    return t_answer(average @ b, np.sqrt(average @ covariance @ average), level, df)
`,
};

const weekdays: CodePiece = {
  name: 'weekdays',
  needs: [],
  code: String.raw`
def weekdays(day):
    """An indicator of each weekday that occurs but the first, from Monday on."""
    own = (day.astype(int) - 1) % 7
    return {f"weekday {k}": (own == k).astype(float) for k in np.unique(own)[1:]}
`,
};

const waves: CodePiece = {
  name: 'waves',
  needs: [],
  code: String.raw`
def waves(step, period, harmonics):
    """Sine and cosine of each harmonic of a season; at half the period the sine is 0 throughout."""
    terms = {}
    for k in range(1, harmonics + 1):
        angle = 2 * np.pi * ((k * step) % period) / period
        if 2 * k < period:
            terms[f"sine {k}"] = np.sin(angle)
        terms[f"cosine {k}"] = np.cos(angle)
    return terms
`,
};
