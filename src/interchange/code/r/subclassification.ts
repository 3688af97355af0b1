import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { subclassificationDescription } from '../../../core/measure/subclassification.ts';
import { closedForm, defineMethodCode, type CodePiece } from '../code-script.ts';
import { propensity, unitLines, units } from './units.ts';
import { rNumber, rText } from './r-text.ts';

type Values = ParameterValues<(typeof subclassificationDescription)['parameters']>;

export const subclassification = defineMethodCode<Values>('subclassification', (asked, p) => {
  const isByScore = p.strata_on === 'propensity';
  const strata = isByScore
    ? `stratum <- quantile_strata(propensity_score(u)$probability, ${p.n_strata})`
    : `stratum <- interaction(lapply(u$covariates, function(x) if (is.numeric(x)) quantile_strata(x, ${p.n_strata}) else x), drop = TRUE)`;
  return {
    lines: [
      ...unitLines(asked, p),
      strata,
      `stratified_difference(u$y, u$treated, stratum, ${rText(p.estimand)}, level = ${rNumber(p.confidence_level)})`,
    ].join('\n'),
    needs: [units, ...(isByScore ? [propensity] : []), quantileStrata, stratifiedDifference],
    tolerance: closedForm,
  };
});

const quantileStrata: CodePiece = {
  name: 'quantile_strata',
  needs: [],
  code: String.raw`
# Values by their quantiles into at most n strata, closed on the right; few different values are their own strata.
quantile_strata <- function(values, n) {
  if (length(unique(values)) <= n) return(factor(values))
  cuts <- unique(quantile(values, seq_len(n - 1) / n, names = FALSE))
  factor(findInterval(values, cuts, left.open = TRUE))
}
`,
};

const stratifiedDifference: CodePiece = {
  name: 'stratified_difference',
  needs: [],
  code: String.raw`
# Differences within the strata that hold both arms, weighted by how many of whom the effect is on they hold; an arm with one unit
# in a stratum has the arm's pooled variance within strata. Satterthwaite's degrees of freedom.
stratified_difference <- function(y, treated, stratum, estimand, level) {
  n <- table(stratum, factor(treated, 0:1))
  both <- n[, 1] > 0 & n[, 2] > 0
  size <- switch(estimand, att = n[, 2], atc = n[, 1], ate = rowSums(n)) * both
  w <- (size / sum(size))[both]
  n <- n[both, , drop = FALSE]
  by_cell <- function(f) tapply(y, list(factor(stratum), factor(treated, 0:1)), f)[both, , drop = FALSE]
  means <- by_cell(mean)
  variances <- by_cell(var)
  single <- n < 2
  df <- pmax(n - 1, 0)
  for (arm in 1:2) {
    pooled <- sum((df * variances)[!single[, arm], arm]) / sum(df[, arm])
    variances[single[, arm], arm] <- pooled
    df[single[, arm], arm] <- sum(n[!single[, arm], arm] - 1)
  }
  parts <- w^2 * variances / n
  t_answer(sum(w * (means[, 2] - means[, 1])), sqrt(sum(parts)), sum(parts)^2 / sum(parts^2 / df), level)
}
`,
};
