import type { CodePiece, CodeQuestion } from '../code-script.ts';
import { columnsPiece, statsmodels } from './frame.ts';
import { pyText, pyTexts } from './python-text.ts';
import { readLine } from './read-line.ts';

type UnitColumns = { readonly outcome_column: string; readonly treatment_column: string; readonly covariate_columns: readonly string[] };

/** Lines that leave `u`: outcome, treatment and covariates of the complete rows. */
export function unitLines(asked: CodeQuestion, p: UnitColumns): string[] {
  const covariates = pyTexts([...new Set(p.covariate_columns)]);
  return [readLine(asked), `u = units_of(data, ${pyText(p.outcome_column)}, ${pyText(p.treatment_column)}, ${covariates})`];
}

/** Outcome, treatment and covariates as vectors and as a design. */
export const units: CodePiece = {
  name: 'units',
  needs: [columnsPiece],
  code: String.raw`
class Units:
    """Outcome, treatment (1 or 0) and covariates; x has a column per number and per level but the first of a text."""

    def __init__(self, y, treated, covariates):
        self.y, self.treated, self.covariates = y, treated, covariates
        self.x = design(covariates)

    def take(self, rows):
        return Units(self.y[rows], self.treated[rows], [column[rows] for column in self.covariates])


def units_of(table, outcome, treatment, covariates):
    """The rows in which nothing is missing."""
    table = complete(table, [outcome, treatment, *covariates])
    return Units(table[outcome], treated_of(table[treatment]), [table[name] for name in covariates])


def standardised(x):
    """Columns less their means and over their standard deviations."""
    spread = x.std(axis=0, ddof=1)
    return (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1)
`,
};

/** Logistic regression of the treatment on the covariates. */
export const propensity: CodePiece = {
  name: 'propensity',
  needs: [units, statsmodels],
  code: String.raw`
def logistic(log_odds):
    return 1 / (1 + np.exp(-log_odds))


def logistic_fit(x, treated):
    """Logistic regression of who is treated on the columns of a design; columns that follow from others have coefficient 0."""
    kept = independent(x, 1e-9)
    fit = sm.Logit(treated, x[:, kept]).fit(disp=0, method="newton", tol=1e-13, maxiter=200, warn_convergence=False)
    coefficients = np.zeros(x.shape[1])
    coefficients[kept] = fit.params
    return coefficients


def with_constant(x):
    return np.column_stack([np.ones(len(x)), standardised(x)])


def propensity_log_odds(u):
    """The log-odds of treatment of each unit; equal units get equal bits."""
    x = with_constant(u.x)
    return (x * logistic_fit(x, u.treated)).sum(axis=1)
`,
};

const trimming: CodePiece = {
  name: 'trimming',
  needs: [propensity],
  code: String.raw`
def trim(u, lower, upper):
    """The units whose propensity score lies between the bounds."""
    e = logistic(propensity_log_odds(u))
    return u.take((e >= lower) & (e <= upper))
`,
};

const crump: CodePiece = {
  name: 'crump',
  needs: [trimming],
  code: String.raw`
def crump_range(u):
    """Bounds by Crump, Hotz, Imbens and Mitnik (2009): keep whose 1 / (e (1 - e)) is at most twice its mean among those kept."""
    e = logistic(propensity_log_odds(u))
    g = np.sort(1 / (e * (1 - e)))
    k = np.arange(1, len(g) + 1)
    twice_mean = 2 * g.cumsum() / k
    solves = np.flatnonzero((g <= twice_mean) & ((k == len(g)) | (twice_mean < np.append(g[1:], np.inf))))
    best = solves[np.argmin((g.cumsum() / k**2)[solves])]
    if best == len(g) - 1:
        return -np.inf, np.inf
    margin = 0.5 - np.sqrt(0.25 - 1 / twice_mean[best])
    return margin, 1 - margin
`,
};

type Trimming = { readonly trimming: string; readonly trim_lower: number; readonly trim_upper: number };

/** Lines that trim `u`, and the piece they need; none where nothing is to be trimmed. */
export function trimLines({ trimming: rule, trim_lower: lower, trim_upper: upper }: Trimming): {
  readonly lines: readonly string[];
  readonly needs: readonly CodePiece[];
} {
  if (rule === 'none') return { lines: [], needs: [] };
  if (rule === 'crump') return { lines: ['u = trim(u, *crump_range(u))'], needs: [crump] };
  return { lines: [`u = trim(u, ${lower}, ${upper})`], needs: [trimming] };
}

/** What weighting methods share: weights, and degrees of freedom for small samples. */
export const weights: CodePiece = {
  name: 'weights',
  needs: [propensity],
  code: String.raw`
def balancing_weights(log_odds, treated, target):
    """Each unit's weight in its own arm, so that both arms look like the target; and its derivative by the log-odds of treatment."""
    sign = np.where(treated == 1, -1, 1)
    odds = np.exp(np.clip(sign * log_odds, -40, 40))
    if target == "overlap":
        weight = odds / (1 + odds)
        return weight, sign * weight / (1 + odds)
    own = (treated == 1) if target == "att" else (treated == 0) if target == "atc" else np.zeros(len(treated), dtype=bool)
    odds[own] = 0
    return odds + (own | (target == "ate")), sign * odds


def freedom(leverage):
    """1 - leverage; 1 where a unit is fitted exactly and its error cannot be seen."""
    return np.where(1 - leverage < 1e-10, 1, 1 - leverage)


def arms_df(contribution, treated, df_treated, df_control):
    """Satterthwaite's degrees of freedom of a difference between arms, from each unit's contribution to the error."""
    v = np.array([(contribution[treated == 1] ** 2).sum(), (contribution[treated == 0] ** 2).sum()])
    return v.sum() ** 2 / (v**2 / [df_treated, df_control]).sum()


def effective_df(weight):
    """The effective number of units of a weighted mean, less one."""
    return weight.sum() ** 2 / (weight**2).sum() - 1


def effective_arms_df(contribution, treated, weight):
    return arms_df(contribution, treated, effective_df(weight[treated == 1]), effective_df(weight[treated == 0]))
`,
};
