import { formatCount, formatPercent } from '../../../charts/format.ts';
import type { Scenario } from '../../../core/scenario/scenario.ts';
import { limits } from '../../../core/scenario/defaults.ts';
import type { ResultField } from '../../../interchange/results-columns.ts';
import type { ResultRow, ResultsReading } from '../../../interchange/results-csv.ts';
import { listed } from '../../shared/words.ts';

/** A table to start from: one row of each way to write a result. */
export const exampleResults = [
  'id,description,method,estimate,ci_lower,ci_upper,se,n,units_at_scale,cost,category,divisible',
  'checkout-copy,Shorter words at the checkout,A/B test,0.42,0.11,0.73,,4800,120000,18000,pages,no',
  'loyalty-mail,Weekly letter to members,RCT,0.18,,,0.09,2600,300000,25000,marketing,yes',
  'store-refit,New shelves in twelve stores,Difference in differences,1.9,0.4,3.4,,60,20000,30000,stores,no',
  'price-match,Match the prices of two rivals,Regression discontinuity,0.95,-0.2,2.1,,900,40000,22000,prices,yes',
  'search-ranking,New order of search results,ITS,0.3,,,0.12,365,150000,12000,pages,no',
  '',
].join('\r\n');

export const fieldWords: Readonly<Record<ResultField, string>> = {
  id: 'id',
  cost: 'cost',
  R_worst: 'worst return',
  R_med: 'median return',
  R_best: 'best return',
  estimate: 'estimate',
  ci_lower: 'lower end',
  ci_upper: 'upper end',
  standard_error: 'standard error',
  units_at_scale: 'units at scale',
  confidence: 'confidence',
  method: 'method',
  model_type: 'kind of method',
  sample_size: 'sample size',
  category: 'category',
  divisible: 'divisible',
  description: 'description',
};

/** What would come of importing, in a line. */
export function readingWords({ initiatives, rows, issues }: ResultsReading): string {
  const refused = rows.filter(({ result }) => result === null).length;
  const usable = `${formatCount(initiatives.length)} ${initiatives.length === 1 ? 'initiative' : 'initiatives'} can be imported`;
  if (rows.length === 0) return `Nothing can be imported: ${formatCount(issues.errors)} ${issues.errors === 1 ? 'problem' : 'problems'}.`;
  if (issues.errors === 0) return `${usable}.`;
  const left = refused === 0 ? '' : `, ${formatCount(refused)} ${refused === 1 ? 'row' : 'rows'} cannot`;
  return `${usable}${left}: ${formatCount(issues.errors)} ${issues.errors === 1 ? 'problem' : 'problems'}.`;
}

/** Which rows a button is about: 'this one', 'these 5', 'the 3 good rows'. */
export function rowsWords({ initiatives, issues }: ResultsReading): string {
  const count = initiatives.length;
  if (issues.errors > 0) return count === 1 ? 'the good row' : `the ${count} good rows`;
  return count === 1 ? 'this one' : `these ${count}`;
}

/** Why these cannot be put below what is there; null where they can. */
export function addingProblem(reading: ResultsReading, scenario: Scenario): string | null {
  const taken = new Set(scenario.initiatives.map(({ initiative_id }) => initiative_id));
  const clashes = reading.initiatives.map(({ initiative_id }) => initiative_id).filter((id) => taken.has(id));
  if (clashes.length > 0) {
    const named = clashes.length > 5 ? `${clashes.slice(0, 5).join(', ')} and ${clashes.length - 5} more` : listed(clashes);
    return `They cannot be added: ${named} ${clashes.length === 1 ? 'is' : 'are'} there already. Give new ids, or replace all.`;
  }
  const total = scenario.initiatives.length + reading.initiatives.length;
  return total > limits.initiatives
    ? `They cannot be added: a scenario holds at most ${limits.initiatives} initiatives, and these would make ${total}.`
    : null;
}

/** A budget that leaves something to choose: the one in hand where it does, or half of what all of them cost, to two digits. */
export function budgetFor({ initiatives }: ResultsReading, budget: number): number {
  const costs = initiatives.map(({ cost_to_scale }) => cost_to_scale);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  return budget >= Math.min(...costs) && budget <= total * 0.8 ? budget : Number((total / 2).toPrecision(2));
}

/** Where a row's numbers come from, with what is wrong or was changed. */
export function rowNotes({ result, problems }: ResultRow, level: number): string[] {
  const basis =
    result === null
      ? []
      : result.basis === 'standard_error'
        ? [`${formatPercent(level, 1).replace('.0%', '%')} interval from the standard error`]
        : [];
  const score = result?.isScored === true ? ['confidence from the score'] : [];
  return [...problems.map(({ column, message }) => (column === null ? message : `${column}: ${message}`)), ...basis, ...score];
}
