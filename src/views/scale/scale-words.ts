import { formatConfidence, formatCount, formatPercent } from '../../charts/format.ts';
import type { OutcomeReport } from '../../core/contracts/outcome-report.ts';
import type { Run } from '../../core/contracts/run.ts';
import type { Fact } from '../../ui/fact.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { paragraph } from '../shared/phrases.ts';
import { fundedName } from '../shared/portfolio-name.ts';
import { transportSentence } from '../shared/transport.ts';
import { capitalise, countWord, listed } from '../shared/words.ts';

const sum = (reports: readonly OutcomeReport[], field: 'predicted_return' | 'actual_return' | 'budget_allocated') =>
  reports.reduce((total, report) => total + report[field], 0);

/** The heading of the place: promise against outcome. */
export function scaleHeading(run: Run, money: Money): string {
  const reports = run.outcome_reports;
  if (reports.length === 0) {
    if (run.allocate_result.selected_initiatives.length === 0) return 'Nothing was scaled.';
    return run.scale_results.length === 0 ? 'There is no world to measure at scale.' : 'Nothing could be measured at scale.';
  }
  const predicted = sum(reports, 'predicted_return');
  const actual = sum(reports, 'actual_return');
  if (money.rounded(predicted) === money.rounded(actual)) return `The pilots promised ${money.rounded(predicted)}, and that is what came.`;
  return `The pilots promised ${money.rounded(predicted)}; ${money.rounded(actual)} came.`;
}

export function scaleReading(run: Run): Phrase[] {
  const reports = run.outcome_reports;
  if (reports.length === 0) return [run.scale_skipped ?? 'The funded initiatives gave no estimate at scale; Measure says why.'];
  const inside = reports.filter((report) => extra(report, 'inside_pilot_interval') === true).length;
  const missing = run.allocate_result.selected_initiatives.filter((id) => !reports.some(({ initiative_id }) => initiative_id === id));
  const opening: Phrase[] = [
    'Each funded initiative was measured again at ',
    tone('scale', 'scale'),
    ` on ${formatCount(run.scenario.scale_sample_size)} other products of the same world.`,
  ];
  const alone = reports.length === 1 || inside === 1;
  const closing: Phrase[] = [
    `${insideWords(inside, reports.length)} ${alone ? 'its' : 'their'} `,
    tone('pilot', 'pilot'),
    alone ? ' interval.' : ' intervals.',
  ];
  return paragraph([
    opening,
    transportSentence(run.scenario, run.allocate_result.selected_initiatives),
    closing,
    missing.length === 0 ? [] : [`${listed(missing)} gave no report.`],
  ]);
}

function insideWords(inside: number, all: number): string {
  if (all === 1) return `The result lies ${inside === 1 ? 'inside' : 'outside'}`;
  if (inside === all) return `${all === 2 ? 'Both' : `All ${countWord(all)}`} results lie inside`;
  if (inside === 0) return `${all === 2 ? 'Both' : `All ${countWord(all)}`} results lie outside`;
  return `${capitalise(countWord(inside))} of ${countWord(all)} results ${inside === 1 ? 'lies' : 'lie'} inside`;
}

export type OutcomeRow = {
  readonly id: string;
  /** With its share, where it is funded in part. */
  readonly name: string;
  readonly predicted: string;
  readonly pilotInterval: string;
  readonly actual: string;
  readonly error: string;
  readonly inside: boolean;
  readonly truth: string;
  readonly budget: string;
  readonly roi: string;
  readonly confidence: string;
  readonly samples: string;
};

export function outcomeRows(run: Run, money: Money): OutcomeRow[] {
  return run.outcome_reports.map((report) => ({
    id: report.initiative_id,
    name: fundedName(report.initiative_id, run.allocation.shares?.[report.initiative_id] ?? 1),
    predicted: money.exact(report.predicted_return),
    pilotInterval: `${shown(report, 'predicted_lower', money.exact)} to ${shown(report, 'predicted_upper', money.exact)}`,
    actual: money.exact(report.actual_return),
    error: signed(report.prediction_error, money.exact),
    inside: extra(report, 'inside_pilot_interval') === true,
    truth: shown(report, 'true_return', money.exact),
    budget: money.exact(report.budget_allocated),
    roi: shown(report, 'return_on_investment', (value) => signed(value, (share) => formatPercent(share, 0))),
    confidence: formatConfidence(report.confidence_score),
    samples: `${formatCount(report.sample_size_pilot)} / ${formatCount(report.sample_size_scale)}`,
  }));
}

/** The portfolio's line under the table. */
export function portfolioFacts(run: Run, money: Money): Fact[] {
  const reports = run.outcome_reports;
  const budget = sum(reports, 'budget_allocated');
  const actual = sum(reports, 'actual_return');
  const facts: Fact[] = [
    { label: 'promised by the pilots', value: money.exact(sum(reports, 'predicted_return')), tone: 'pilot' },
    { label: 'measured at scale', value: money.exact(actual), tone: 'scale' },
    { label: 'error', value: signed(actual - sum(reports, 'predicted_return'), money.exact) },
    { label: 'spent', value: money.exact(budget), note: `of ${money.exact(run.scenario.budget)}` },
    {
      label: 'return on investment',
      value: signed((actual - budget) / budget, (share) => formatPercent(share, 0)),
      note: 'measured return less cost, over cost',
    },
  ];
  if (run.oracle === null) return facts;
  return [
    ...facts,
    { label: 'true return', value: money.exact(run.oracle.our_return), tone: 'truth' },
    {
      label: 'oracle\u2019s true return',
      value: money.exact(run.oracle.oracle_return),
      note: run.oracle.oracle_initiatives.join(', ') || 'funds nothing',
    },
    { label: 'realised regret', value: money.exact(run.oracle.realised_regret), tone: 'regret' },
  ];
}

function extra(report: OutcomeReport, field: string): unknown {
  return (report as Readonly<Record<string, unknown>>)[field];
}

function shown(report: OutcomeReport, field: string, show: (value: number) => string): string {
  const value = extra(report, field);
  return typeof value === 'number' ? show(value) : 'not known';
}

function signed(value: number, show: (value: number) => string): string {
  const text = show(value);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
