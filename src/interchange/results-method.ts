import { modelTypes, type ModelType } from '../core/contracts/shared-types.ts';
import { estimatorDescriptions } from '../core/measure/descriptions.ts';

/** Words people use for a method, beside the estimators' own ids and labels. */
const words: Readonly<Record<ModelType, readonly string[]>> = {
  experiment: [
    'rct',
    'randomised controlled trial',
    'randomized controlled trial',
    'randomised trial',
    'randomized trial',
    'randomised experiment',
    'randomized experiment',
    'randomised',
    'randomized',
    'randomisation',
    'randomization',
    'controlled experiment',
    'online experiment',
    'field experiment',
    'a/b test',
    'a/b',
    'ab testing',
    'a/b/n test',
    'split test',
    'multivariate test',
    'holdout',
    'holdout test',
    'hold-out',
    'geo experiment',
    'switchback',
    'cuped',
    'trial',
  ],
  'quasi-experiment': [
    'quasi',
    'quasi experimental',
    'natural experiment',
    'did',
    'diff in diff',
    'diff-in-diffs',
    'difference-in-difference',
    'differences in differences',
    'event study',
    'twfe',
    'two-way fixed effects',
    'fixed effects',
    'callaway santanna',
    'staggered did',
    'rd',
    'rdd',
    'regression discontinuity design',
    'fuzzy rd',
    'matching',
    'propensity score',
    'propensity score matching',
    'psm',
    'mahalanobis matching',
    'nearest neighbor matching',
    'cem',
    'coarsened exact matching',
    'stratification',
    'ipw',
    'iptw',
    'inverse probability of treatment weighting',
    'propensity weighting',
    'aipw',
    'augmented inverse probability weighting',
    'double machine learning',
    'dml',
    'tmle',
    'iv',
    '2sls',
    'instrumental variable',
    'instrumental variables',
    'scm',
    'synthetic controls',
    'augmented synthetic control',
    'synthetic did',
    'sdid',
    'synthetic difference in differences',
  ],
  'time-series': [
    'its',
    'itsa',
    'interrupted time series analysis',
    'segmented regression',
    'arima',
    'sarima',
    'bsts',
    'causal impact',
    'causalimpact',
    'prophet',
    'forecast',
    'counterfactual forecast',
  ],
  observational: [
    'naive',
    'naive comparison',
    'correlation',
    'correlational',
    'cross section',
    'cross-sectional',
    'pre post',
    'pre/post',
    'before and after',
    'before/after',
    'observational study',
    'survey',
    'approximation',
    'metric approximation',
    'mmm',
    'marketing mix model',
    'media mix model',
  ],
};

const typeOf = new Map<string, ModelType>([
  ...modelTypes.flatMap((type) => words[type].map((word) => [plain(word), type] as const)),
  ...Object.values(estimatorDescriptions).flatMap(({ id, label, model_type }) => [
    [plain(id), model_type] as const,
    [plain(label), model_type] as const,
  ]),
  ...modelTypes.map((type) => [plain(type), type] as const),
]);

/** The kind of evidence that a method's name stands for, whatever its case, spaces and hyphens; null where it is not known. */
export function modelTypeNamed(method: string): ModelType | null {
  return typeOf.get(plain(method)) ?? typeOf.get(plain(method.replaceAll(/\([^)]*\)/g, ''))) ?? null;
}

/** What to write where a method is not known. */
export const methodAdvice = `write ${modelTypes.join(', ')}, or a method such as RCT, A/B test, matching, DiD, RDD, ITS or before-after`;

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
