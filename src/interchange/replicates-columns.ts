/** What a column of replications may be for. */
export const replicateParts = ['estimate', 'standard_error', 'ci_lower', 'ci_upper', 'df', 'p_value', 'truth'] as const;
export type ReplicatePart = (typeof replicateParts)[number];
/** The column of each part; null where there is none. */
export type PartColumns = Readonly<Record<ReplicatePart, string | null>>;

/** Names that a part goes by, the likeliest first; letters and digits only, in lower case. */
const known: Readonly<Record<ReplicatePart | 'group', readonly string[]>> = {
  estimate: [
    ...['estimate', 'estimates', 'est', 'b', 'beta', 'theta', 'thetahat', 'betahat', 'coef', 'coefficient'],
    ...['pointestimate', 'effectestimate', 'effect', 'diff', 'difference'],
  ],
  standard_error: ['standarderror', 'stderror', 'stderr', 'se', 'sehat', 'seestimate', 'estimatese', 'setheta', 'sebeta', 'modelse'],
  ci_lower: ['cilower', 'conflow', 'lower', 'lowerbound', 'lowerci', 'lowercl', 'cilow', 'lcl', 'lci', 'lb', 'll', '25', 'q025'],
  ci_upper: ['ciupper', 'confhigh', 'upper', 'upperbound', 'upperci', 'uppercl', 'cihigh', 'ucl', 'uci', 'ub', 'ul', '975', 'q975'],
  df: ['df', 'dof', 'ddf', 'dfresidual', 'degreesoffreedom'],
  p_value: ['pvalue', 'pval', 'p'],
  truth: ['truth', 'true', 'truevalue', 'trueeffect', 'trueparam', 'trueparameter', 'truetheta', 'thetatrue'],
  group: ['initiativeid', 'dgm', 'scenario', 'method', 'model', 'estimator', 'analysis'],
};

/**
 * The columns of a file of replications by their names. Ends of an interval only in pairs; no p value, since by rsimsum's
 * convention power is a matter of estimate and standard error unless p values are asked for.
 */
export function guessReplicateColumns(names: readonly string[]): PartColumns {
  const of = (part: ReplicatePart) => likeliest(names, known[part]);
  const [lower, upper] = [of('ci_lower'), of('ci_upper')];
  const isPair = lower !== null && upper !== null;
  return {
    estimate: of('estimate'),
    standard_error: of('standard_error'),
    ci_lower: isPair ? lower : null,
    ci_upper: isPair ? upper : null,
    df: of('df'),
    p_value: null,
    truth: of('truth'),
  };
}

type Asked = { readonly columns: Partial<PartColumns>; readonly truth: number | null };

/** The guess, but for what the question says; an interval of one's own makes degrees of freedom needless. */
export function takenColumns(names: readonly string[], { columns, truth }: Asked): PartColumns {
  const guessed = guessReplicateColumns(names);
  const taken = { ...guessed, ...columns };
  if (columns.ci_lower !== undefined && columns.ci_upper === undefined && columns.ci_lower === null) taken.ci_upper = null;
  if (columns.ci_upper !== undefined && columns.ci_lower === undefined && columns.ci_upper === null) taken.ci_lower = null;
  if (truth !== null) taken.truth = null;
  // Degrees of freedom that were asked for go before an interval that was only found.
  if (columns.df != null && columns.ci_lower === undefined && columns.ci_upper === undefined) taken.ci_lower = taken.ci_upper = null;
  if (taken.ci_lower !== null && taken.ci_upper !== null && columns.df === undefined) taken.df = null;
  return taken;
}

/** Columns that most likely tell methods and data-generating mechanisms apart, in the order of the file. */
export function guessGroupColumns(names: readonly string[]): readonly string[] {
  return names.filter((name) => known.group.includes(bare(name)));
}

function likeliest(names: readonly string[], wanted: readonly string[]): string | null {
  for (const want of wanted) {
    const found = names.find((name) => bare(name) === want);
    if (found !== undefined) return found;
  }
  return null;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
