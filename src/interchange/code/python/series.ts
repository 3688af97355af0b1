import type { CodePiece, CodeQuestion } from '../code-script.ts';
import { columnsPiece } from './frame.ts';
import { pyText } from './python-text.ts';
import { readLine } from './read-line.ts';

/** A time given as a parameter, on the scale of the column. */
export function timeText({ columns }: CodeQuestion, column: string, text: string): string {
  return columns.find(({ name }) => name === column)?.kind === 'number' ? String(Number(text)) : `time_value(${pyText(text)})`;
}

/** Lines that leave `s`, the series in order of time, and `post`, whether a time is after the intervention. */
export function seriesLines(asked: CodeQuestion, outcome: string, time: string, intervention: string): string[] {
  return [
    readLine(asked),
    `s = Series(data, ${pyText(outcome)}, ${pyText(time)})`,
    `post = s.time >= ${timeText(asked, time, intervention)}`,
  ];
}

export const times: CodePiece = {
  name: 'times',
  needs: [columnsPiece],
  code: String.raw`
import datetime


def time_value(label):
    """A time as a number that grows: dates in days, ISO weeks in weeks, months in months, years in years."""
    parts = label.strip().split("-")
    if len(parts) == 3:
        return float(datetime.date(*map(int, parts)).toordinal())
    if len(parts) == 2 and parts[1].startswith("W"):
        return float(datetime.date.fromisocalendar(int(parts[0]), int(parts[1][1:]), 1).toordinal() // 7)
    return float(12 * int(parts[0]) + int(parts[1]) - 1) if len(parts) == 2 else float(int(parts[0]))


def time_values(column):
    """Numbers stay as they are; what is missing is not a number."""
    return column if column.dtype == float else np.array([np.nan if label is None else time_value(label) for label in column])
`,
};

export const series: CodePiece = {
  name: 'series',
  needs: [times],
  code: String.raw`
class Series:
    """A series in order of time; steps count on the calendar where all distances are whole multiples of the least."""

    def __init__(self, table, outcome, time):
        table = complete(table, [outcome, time])
        value = time_values(table[time])
        order = np.argsort(value, kind="stable")
        self.y, self.time = table[outcome][order], value[order]
        step = (self.time - self.time[0]) / np.diff(self.time).min()
        regular = np.all(abs(step - np.round(step)) < 1e-9)
        self.step = np.round(step) if regular else np.arange(len(step), dtype=float)
`,
};

export const neweyWest: CodePiece = {
  name: 'newey_west',
  needs: [columnsPiece],
  code: String.raw`
def newey_west(y, x, lag, corrected):
    """Least squares with errors that may go together up to a lag (Newey and West 1987); by the length of the series where none is
    given. Coefficients, their covariance and degrees of freedom."""
    n, k = x.shape
    lag = int(np.floor(4 * (n / 100) ** (2 / 9))) if lag is None else lag
    q, r = np.linalg.qr(x)
    b = np.linalg.solve(r, q.T @ y)
    influence = np.linalg.solve(r, q.T).T * (y - x @ b)[:, None]
    covariance = influence.T @ influence
    for l in range(1, min(lag, n - 1) + 1):
        products = influence[l:].T @ influence[:-l]
        covariance += (1 - l / (lag + 1)) * (products + products.T)
    return b, covariance * (n / (n - k) if corrected else 1), n - k
`,
};
