import type { RegretDistribution } from '../../../charts/regret-distribution-data.ts';
import type { RegretPart } from '../../../charts/regret-split-geometry.ts';
import { formatCount } from '../../../charts/format.ts';
import type { DecisionSummary, PortfolioShare } from '../../../core/study/decision-summary.ts';
import type { ErrorSplit } from '../../../core/study/error-split.ts';
import type { KeptDecisions } from '../../../core/study/kept-decisions.ts';
import type { RegretSplit } from '../../../core/study/regret-split.ts';
import type { Money } from '../../shared/money.ts';
import { portfolioName } from '../../shared/portfolio-name.ts';
import { moneyMeasure, shareWords, signedMeasure } from './money-measure.ts';

/** The regret of the own arm, replication by replication, as far as they are kept. */
export function regretDistribution({ arms }: DecisionSummary, kept: KeptDecisions): RegretDistribution {
  const [own] = arms;
  return {
    regrets: [...kept].flatMap(
      ([
        replication,
        {
          regrets: [regret],
        },
      ]) => (regret == null ? [] : [{ replication, regret }]),
    ),
    mean: own?.expected_regret ?? { value: NaN, monte_carlo_se: null },
    worst: own?.worst_regret ?? null,
  };
}

export function regretParts(split: RegretSplit): RegretPart[] {
  const parts: RegretPart[] = [
    { id: 'sampling_noise', label: 'sampling noise', detail: 'what larger pilots could save', ...split.sampling_noise },
    { id: 'estimator_bias', label: 'estimator bias', detail: 'what methods without bias could save', ...split.estimator_bias },
    { id: 'transport', label: 'transport', detail: 'effects that differ at scale', ...split.transport },
    { id: 'decision_rule', label: 'decision rule', detail: 'what is left when every estimate is true', ...split.decision_rule },
  ];
  return parts.filter(({ id, value, monte_carlo_se: error }) => id !== 'transport' || value !== 0 || (error ?? 0) > 0);
}

const stageNames = {
  average_pilot: 'on the average pilot',
  true_at_pilot: 'with estimates true of the pilot',
  true_at_scale: 'with estimates true at scale',
} as const;

/** What would be funded with some of the evidence made true. */
export function stageRows({ stages }: RegretSplit, money: Money) {
  return stages.map(({ evidence, selected, shares, regret }) => ({
    id: evidence,
    label: stageNames[evidence],
    portfolio: portfolioName(selected, shares),
    regret: moneyMeasure(regret, money).text,
  }));
}

export type SelectionRow = {
  readonly id: string;
  readonly funded: string;
  readonly oracle: string;
  readonly curse: string;
  readonly error: string;
};

export function selectionRows({ initiatives, replications, with_oracle: known }: DecisionSummary, money: Money): SelectionRow[] {
  return initiatives.map((initiative) => ({
    id: initiative.initiative_id,
    funded: shareWords(initiative.selection_frequency, replications),
    oracle: shareWords(initiative.oracle_frequency, known),
    curse: signedMeasure(initiative.winners_curse_given_selected, money),
    error: signedMeasure(initiative.prediction_error, money),
  }));
}

export type PortfolioRow = { readonly id: string; readonly name: string; readonly own: string; readonly oracle: string };
const mostPortfolios = 10;

/** The portfolios that were chosen, and those of the oracle; what is rare is put together. */
export function portfolioRows({ portfolios: { replications, chosen, oracle } }: DecisionSummary): PortfolioRow[] {
  const keyOf = ({ initiatives }: PortfolioShare) => initiatives.join('+');
  const own = new Map(chosen.map((entry) => [keyOf(entry), entry]));
  const best = new Map(oracle.map((entry) => [keyOf(entry), entry]));
  const all = [...new Map([...chosen, ...oracle].map((entry) => [keyOf(entry), entry.initiatives]))];
  const cell = (entry: PortfolioShare | undefined) => (entry === undefined ? '' : shareWords(entry.share, replications));
  const shown = all.filter(([key], i) => i < mostPortfolios || best.has(key));
  const hidden = all.filter(([key]) => !shown.some(([other]) => other === key));
  const rest = hidden.reduce((sum, [key]) => sum + (own.get(key)?.count ?? 0), 0);
  return [
    ...shown.map(([key, ids]) => ({ id: `=${key}`, name: portfolioName(ids), own: cell(own.get(key)), oracle: cell(best.get(key)) })),
    ...(hidden.length === 0
      ? []
      : [
          {
            id: 'others',
            name: `${formatCount(hidden.length)} others`,
            own: `${formatCount(rest)} of ${formatCount(replications)}`,
            oracle: '',
          },
        ]),
  ];
}

export type ErrorRow = {
  readonly id: string;
  readonly times: string;
  readonly noise: string;
  readonly cells: readonly string[];
  readonly total: boolean;
};
const parts = ['selection', 'bias', 'transport', 'correction'] as const;
export const errorPartLabels: Readonly<Record<(typeof parts)[number], string>> = {
  selection: 'selection',
  bias: 'estimator bias',
  transport: 'transport',
  correction: 'correction',
};

/** Of each funded initiative and of the portfolio; `columns` are the parts that are not nothing everywhere. */
export function errorTable({ error_split: { overall, initiatives } }: DecisionSummary, money: Money) {
  const all: readonly ErrorSplit[] = overall === null ? initiatives : [...initiatives, overall];
  const columns = parts.filter((part) => part === 'selection' || part === 'bias' || all.some((split) => split[part].value !== 0));
  const row = (id: string, split: ErrorSplit & { readonly replications: number }, total: boolean): ErrorRow => ({
    id,
    times: formatCount(split.replications),
    noise: split.sampling_noise.standard_deviation === null ? '' : `\u00b1 ${money.rounded(split.sampling_noise.standard_deviation)}`,
    cells: [split.error, ...columns.map((part) => split[part])].map((measured) => signedMeasure(measured, money)),
    total,
  });
  return {
    columns,
    rows: [
      ...initiatives.map((split) => row(split.initiative_id, split, false)),
      ...(overall === null ? [] : [row('the portfolio', overall, true)]),
    ],
  };
}
