import type { CodePiece } from '../code-script.ts';

/** Reading of files, the comparison of figures and the verdict: the same in every script. */
export const frame: CodePiece = {
  name: 'frame',
  needs: [],
  code: String.raw`
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

# What the terminal cannot show is shown by its code.
sys.stdout.reconfigure(errors="backslashreplace")

# The folder of the data: the first argument, or where this script is.
folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent


def read_table(file, text=()):
    """A table as arrays by column. Empty cells are missing; columns are numbers, but for those named as text."""
    cells = pd.read_csv(folder / file, header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig").to_numpy(dtype=object)
    table = {}
    for name, column in zip(cells[0], cells[1:].T):
        if name in text:
            table[name] = np.array([None if cell == "" else cell for cell in column], dtype=object)
        else:
            table[name] = np.array([np.nan if cell == "" else float(cell) for cell in column])
    return table


def is_there(column):
    return np.isfinite(column) if column.dtype == float else np.array([cell is not None for cell in column], dtype=bool)


def take(table, rows):
    return {name: column[rows] for name, column in table.items()}


def complete(table, names):
    """The rows in which none of these columns is missing."""
    return take(table, np.all([is_there(table[name]) for name in names], axis=0))


def t_answer(estimate, standard_error, level, df=np.inf):
    """Estimate, interval and two-sided p value by t (normal where df is infinite)."""
    law = stats.norm if np.isinf(df) else stats.t(df)
    quantile = law.ppf((1 + level) / 2)
    # Older versions of scipy find quantiles to nine digits only.
    quantile -= (law.cdf(quantile) - (1 + level) / 2) / law.pdf(quantile)
    return {
        "estimate": estimate,
        "standard_error": standard_error,
        "ci_lower": estimate - quantile * standard_error,
        "ci_upper": estimate + quantile * standard_error,
        "p_value": 2 * law.sf(abs(estimate / standard_error)),
    }


verdicts, notes = [], []


def check(name, method, expected, tolerance, answer, others=None):
    """Works out an answer and lays the workbench's beside it. Differences are relative to the larger of the number itself and
    the standard error (half the interval where there is none); p values to themselves, all below 1e-12 counting as equal.
    Figures among the others have tolerances of their own."""
    print(f"\n{name}: {method}")
    try:
        here = answer()
    except Exception as problem:
        print(f"  could not be worked out: {type(problem).__name__}: {problem}")
        verdicts.append((name, method, np.inf, False))
        return
    size = expected["standard_error"]
    if size is None:
        size = (expected["ci_upper"] - expected["ci_lower"]) / 2
    print(f"  {'':<14} {'here':>22} {'workbench':>22} {'difference':>12}")
    worst, same = 0.0, True
    for figure, theirs in expected.items():
        if theirs is None:
            continue
        found = float(here[figure])
        difference = abs(found - theirs) / (max(theirs, 1e-12) if figure == "p_value" else max(abs(theirs), size))
        if not np.isfinite(difference):
            difference = np.inf
        worst = max(worst, difference)
        same = same and bool(difference <= (others or {}).get(figure, tolerance))
        print(f"  {figure:<14} {found:>22.14g} {theirs:>22.14g} {difference:>12.1e}")
    verdicts.append((name, method, worst, same))


def note(name, method, text):
    """What has no answer, or none that this script can give."""
    notes.append(name)
    print(f"\n{name}: {method}\n  {text}")


def report():
    if notes:
        print(f"\nWithout an answer to compare: {len(notes)}.")
    if not verdicts:
        print("\nNothing to compare.")
        return
    print("\nLargest relative differences")
    widths = [max(len(verdict[k]) for verdict in verdicts) for k in (0, 1)]
    for name, method, difference, same in verdicts:
        print(f"  {name:<{widths[0]}}  {method:<{widths[1]}}  {difference:7.1e}  {'same' if same else 'DIFFERS'}")
    agreeing = sum(same for *_, same in verdicts)
    print(f"{agreeing} of {len(verdicts)} answers are the same.")
    if agreeing < len(verdicts):
        sys.exit(1)
`,
};

/** Who is treated, as 1 and 0, and texts as indicators. */
export const columnsPiece: CodePiece = {
  name: 'columns',
  needs: [frame],
  code: String.raw`
def levels_of(column):
    """The different values, in order."""
    return sorted(set(column), key=lambda level: level.encode("utf-16-be", "surrogatepass") if isinstance(level, str) else level)


def treated_of(column):
    """1 for the treated and 0 for the controls: from 0 and 1, yes and no and the like, or the later of any two values."""
    words = {1: ("1", "true", "yes", "treated", "treatment"), 0: ("0", "false", "no", "control", "untreated")}
    levels = levels_of(column[is_there(column)])
    plain = [level.strip().lower() if isinstance(level, str) else f"{level:g}" for level in levels]
    if all(word in words[0] + words[1] for word in plain):
        meaning = {level: float(word in words[1]) for level, word in zip(levels, plain)}
    else:
        meaning = {level: float(k) for k, level in enumerate(levels)}
    return np.array([meaning.get(cell, np.nan) for cell in column])


def indicators(column):
    """One column of 0 and 1 per level but the first."""
    return [np.array([float(cell == level) for cell in column]) for level in levels_of(column)[1:]]


def design(columns):
    """Numbers as they are, texts as indicators, side by side."""
    parts = [part for column in columns for part in ([column] if column.dtype == float else indicators(column))]
    return np.column_stack(parts) if parts else np.zeros((len(columns[0]) if columns else 0, 0))


def independent(x, tolerance=1e-7):
    """The columns that those before them do not already span."""
    kept, basis = [], np.zeros((len(x), 0))
    for k in range(x.shape[1]):
        rest = x[:, k]
        for _ in range(2):
            rest = rest - basis @ (basis.T @ rest)
        length = np.sqrt(rest @ rest)
        if length > tolerance * np.sqrt(x[:, k] @ x[:, k]):
            kept.append(k)
            basis = np.column_stack([basis, rest / length])
    return kept
`,
};

/** Welch's comparison of two means. */
export const welch: CodePiece = {
  name: 'welch',
  needs: [frame],
  code: String.raw`
def welch(y, treated, level):
    """Difference in means with Welch's standard error and degrees of freedom."""
    one, zero = y[treated == 1], y[treated == 0]
    parts = np.array([one.var(ddof=1) / len(one), zero.var(ddof=1) / len(zero)])
    df = parts.sum() ** 2 / (parts**2 / [len(one) - 1, len(zero) - 1]).sum()
    return t_answer(one.mean() - zero.mean(), np.sqrt(parts.sum()), level, df)
`,
};

export const statsmodels: CodePiece = { name: 'statsmodels', needs: [frame], code: 'import statsmodels.api as sm' };
