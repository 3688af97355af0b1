import type { IssueCollector } from './csv-issues.ts';

/** What a column of results can mean. */
export const resultFields = [
  'id',
  'cost',
  'R_worst',
  'R_med',
  'R_best',
  'estimate',
  'ci_lower',
  'ci_upper',
  'standard_error',
  'units_at_scale',
  'confidence',
  'method',
  'model_type',
  'sample_size',
  'category',
  'divisible',
  'description',
] as const;
export type ResultField = (typeof resultFields)[number];

/** Fields that hold quantities. */
export const numberFields: ReadonlySet<ResultField> = new Set([
  'cost',
  'R_worst',
  'R_med',
  'R_best',
  'estimate',
  'ci_lower',
  'ci_upper',
  'standard_error',
  'units_at_scale',
  'confidence',
  'sample_size',
]);

/** Where a column's name stands in the list is how likely it means that field: the likeliest first. */
const names: Readonly<Record<ResultField, readonly string[]>> = {
  id: ['id', 'initiativeid', 'initiative', 'project', 'projectid', 'option', 'term', 'name', 'title'],
  cost: ['cost', 'costtoscale', 'costs', 'totalcost', 'scalingcost', 'investment', 'spend', 'costusd', 'costeur', 'budgetneeded', 'price'],
  R_worst: ['rworst', 'worst', 'worstreturn', 'returnworst', 'worstcase', 'pessimistic'],
  R_med: ['rmed', 'med', 'median', 'rmedian', 'medianreturn', 'returnmed', 'returnmedian', 'mostlikely', 'basecase', 'expectedreturn'],
  R_best: ['rbest', 'best', 'bestreturn', 'returnbest', 'bestcase', 'optimistic'],
  estimate: [
    'estimate',
    'effectestimate',
    'pointestimate',
    'effect',
    'ate',
    'att',
    'lift',
    'uplift',
    'coefficient',
    'coef',
    'beta',
    'impact',
    'meandifference',
  ],
  ci_lower: [
    'cilower',
    'lowerci',
    'lower',
    'cilow',
    'conflow',
    'lowerbound',
    'lowerlimit',
    'lcl',
    'cil',
    'ci95lower',
    'lower95',
    '0025',
    '25',
    'low',
  ],
  ci_upper: [
    'ciupper',
    'upperci',
    'upper',
    'cihigh',
    'confhigh',
    'upperbound',
    'upperlimit',
    'ucl',
    'ciu',
    'ci95upper',
    'upper95',
    '0975',
    '975',
    'high',
  ],
  standard_error: ['standarderror', 'se', 'stderr', 'stderror', 'sem', 'seestimate', 'effectse', 'estimatese'],
  units_at_scale: ['unitsatscale', 'units', 'multiplier', 'scalefactor', 'scaleunits', 'reach', 'unitsreached'],
  confidence: ['confidence', 'confidencescore', 'trust', 'credibility', 'conf'],
  method: [
    'method',
    'methodology',
    'estimator',
    'design',
    'studydesign',
    'studytype',
    'approach',
    'evidence',
    'evidencetype',
    'kindofevidence',
  ],
  model_type: ['modeltype', 'model'],
  sample_size: ['n', 'samplesize', 'sample', 'nobs', 'nobservations', 'observations', 'samples', 'ntotal', 'totaln'],
  category: ['category', 'group', 'team', 'area', 'theme', 'department', 'portfolio'],
  divisible: ['divisible', 'fractional', 'partial', 'partialfunding', 'splittable'],
  description: ['description', 'notes', 'note', 'comment', 'comments', 'summary', 'details'],
};

const fieldOf = new Map(resultFields.flatMap((field) => names[field].map((name, rank) => [plain(name), { field, rank }] as const)));

/** One column of a file: its name there, and what it was taken for; null where it was passed over. */
export type ResultColumn = { readonly name: string; readonly field: ResultField | null };

/** What a column of that name would mean, whatever its case, spaces and marks; null where nothing is known by it. */
export function fieldNamed(name: string): ResultField | null {
  return fieldOf.get(plain(name))?.field ?? null;
}

/** What each column means. Of several that could mean the same, the likeliest name is taken and the others are passed over. */
export function readColumns(header: readonly string[], line: number, issues: IssueCollector): readonly ResultColumn[] {
  const meant = header.map((name) => fieldOf.get(plain(name)) ?? null);
  const chosen = new Map<ResultField, number>();
  meant.forEach((meaning, j) => {
    if (meaning === null) return;
    const before = chosen.get(meaning.field);
    if (before === undefined || meaning.rank < (meant[before]?.rank ?? Infinity)) chosen.set(meaning.field, j);
  });
  return header.map((name, j) => {
    const field = meant[j]?.field ?? null;
    if (field === null) {
      issues.note({ row: line, column: name }, 'is not a column that is known here; it was ignored');
      return { name, field: null };
    }
    const taken = chosen.get(field) as number;
    if (taken === j) return { name, field };
    issues.note({ row: line, column: name }, `means the same as '${header[taken] ?? ''}' (${field}), which was used; this one was ignored`);
    return { name, field: null };
  });
}

/** What is missing for any row to be used. */
export function checkColumns(columns: readonly ResultColumn[], line: number, issues: IssueCollector): void {
  const has = (...fields: ResultField[]) => fields.every((field) => columns.some((column) => column.field === field));
  if (!has('id')) issues.error({ row: line }, 'has no column for the id: name one id, initiative or name');
  if (!has('cost')) issues.error({ row: line }, 'has no column for the cost of scaling: name one cost');
  if (!has('R_worst', 'R_med', 'R_best') && !has('estimate', 'ci_lower', 'ci_upper') && !has('estimate', 'standard_error'))
    issues.error(
      { row: line },
      'has no returns: needs estimate with ci_lower and ci_upper, or estimate with se, or R_worst, R_med and R_best',
    );
  if (!has('method') && !has('model_type') && !has('confidence'))
    issues.error({ row: line }, 'has neither a method nor a confidence: one of them must say how far the numbers can be trusted');
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
