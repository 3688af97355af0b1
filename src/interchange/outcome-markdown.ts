import type { OutcomeReport } from '../core/contracts/outcome-report.ts';
import type { Run } from '../core/contracts/run.ts';
import { correctionIds, type CorrectedPredictions, type CorrectionId, type PredictionRow } from '../core/scale/corrected-predictions.ts';

/** The outcome report as Markdown: what was funded, what it returned, and what the decision cost against an oracle. */
export function outcomeMarkdown(run: Run, predictions: CorrectedPredictions | null = null): string {
  const { scenario } = run;
  const money = (value: number) => formatMoney(value, scenario.currency);
  const lines = [
    `# Outcome report: ${plain(scenario.title)}`,
    '',
    `Seed ${plain(scenario.seed)}${run.replication === 0 ? '' : ` · replication ${run.replication}`} · budget ${money(scenario.budget)} · decision rule ${scenario.decision_rule.id} · digest ${run.digest.slice(0, 12)}`,
    '',
    ...(run.outcome_reports.length === 0
      ? [run.scale_skipped ?? 'Nothing was measured at scale.']
      : reportTable(run.outcome_reports, money)),
    '',
    ...totals(run, money),
    ...(predictions === null ? [] : ['', ...predictionLines(predictions, money)]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function reportTable(reports: readonly OutcomeReport[], money: (value: number) => string): string[] {
  return [
    '| initiative | confidence | budget | predicted | pilot interval | at scale | error | in interval | true | n pilot | n scale |',
    '|---|---:|---:|---:|---|---:|---:|---|---:|---:|---:|',
    ...reports.map((report) => {
      const extra = report as Readonly<Record<string, unknown>>;
      const cells = [
        report.initiative_id,
        report.confidence_score.toFixed(2),
        money(report.budget_allocated),
        money(report.predicted_return),
        `${money(Number(extra['predicted_lower']))} to ${money(Number(extra['predicted_upper']))}`,
        money(report.actual_return),
        money(report.prediction_error),
        extra['inside_pilot_interval'] === true ? 'yes' : 'no',
        typeof extra['true_return'] === 'number' ? money(extra['true_return']) : '',
        String(report.sample_size_pilot),
        String(report.sample_size_scale),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
}

const correctionWords: Readonly<Record<CorrectionId, string>> = {
  none: 'as measured',
  empirical_bayes: 'empirical Bayes',
  lee_shen: 'Lee and Shen',
};

/** The predictions as each correction has them, each with its error. */
function predictionLines(
  { initiatives, portfolio, passed_over, thresholds }: CorrectedPredictions,
  money: (value: number) => string,
): string[] {
  const row = (name: string, { predicted, actual, truth, closest }: PredictionRow) => {
    const cells = correctionIds.map((id) => `${money(predicted[id])} (${money(predicted[id] - truth)})`);
    return `| ${[name, ...cells, actual === null ? '' : money(actual), money(truth), closest.map((id) => correctionWords[id]).join(', ')].join(' | ')} |`;
  };
  return [
    '## Which prediction was closer to the truth?',
    '',
    'In brackets: predicted less true.',
    '',
    `| initiative | ${correctionIds.map((id) => correctionWords[id]).join(' | ')} | at scale | true | nearest |`,
    `|---|${correctionIds.map(() => '---:|').join('')}---:|---:|---|`,
    ...initiatives.map((one) => row(one.initiative_id, one)),
    row('the portfolio', portfolio),
    '',
    thresholds.thresholds === null
      ? `Lee and Shen at the correction's own threshold: ${thresholds.reason}.`
      : "Lee and Shen at the decision's own thresholds.",
    ...(passed_over === 0 ? [] : [`The portfolio's figure is ${money(passed_over)} less for initiatives passed over.`]),
  ];
}

function totals(run: Run, money: (value: number) => string): string[] {
  const sum = (pick: (report: OutcomeReport) => number) => run.outcome_reports.reduce((total, report) => total + pick(report), 0);
  const lines = [
    `- Spent: ${money(sum((r) => r.budget_allocated))} of ${money(run.scenario.budget)}`,
    `- Predicted: ${money(sum((r) => r.predicted_return))}; measured at scale: ${money(sum((r) => r.actual_return))}`,
  ];
  lines.push(...regretLines(run, money));
  if (run.oracle === null) return lines;
  const { our_return, oracle_return, realised_regret, oracle_initiatives } = run.oracle;
  return [
    ...lines,
    `- True return of this portfolio: ${money(our_return)}; of the oracle's (${oracle_initiatives.join(', ') || 'nothing'}): ${money(oracle_return)}`,
    `- Realised regret: ${money(realised_regret)}`,
  ];
}

/** Both bounds, the one never without the other; the largest regret is the choice's own whatever the rule looks at. */
function regretLines({ allocation }: Run, money: (value: number) => string): string[] {
  if (allocation.status === 'infeasible' || allocation.objective_value === null) return [];
  const { best, med, worst } = allocation.regrets;
  const together = `- Largest regret promised (best, med and worst together): ${money(Math.max(0, best, med, worst))}`;
  const independent = allocation.independent_regret;
  return independent === null
    ? [together]
    : [together, `- Largest regret when each initiative goes its own way: ${money(independent.value)}`];
}

/** Grouped by hand, so that it reads the same in every locale; cents only where the amounts are small. */
function formatMoney(value: number, currency: string): string {
  const digits = Math.abs(value) < 1000 ? 2 : 0;
  const [whole = '0', fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '-' : ''}${currency} ${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Text typed by a person, made harmless in Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|\r\n]/g, (character) => (character === '\n' || character === '\r' ? ' ' : `\\${character}`));
}
