import type { EffectsHistogram } from '../../charts/effects-histogram-geometry.ts';
import { formatCount, formatMoney, formatNumber, formatSigned } from '../../charts/format.ts';
import type { BaselineRow, Measurement, Run } from '../../core/contracts/run.ts';
import type { Estimand } from '../../core/contracts/shared-types.ts';
import type { CatalogDeclaration } from '../../core/scenario/scenario.ts';
import type { GroundTruth } from '../../core/simulate/pilot.ts';
import type { Fact } from '../../ui/fact.ts';
import type { Period } from '../shared/period.ts';
import { capitalise, counted, countWord } from '../shared/words.ts';

const percent = (share: number) => `${formatNumber(share * 100, 1)}%`;

/** The heading of the place: how many worlds and what works in them. */
export function simulateHeading(run: Run): string {
  const effects = run.initiatives.flatMap(({ pilot }) => (pilot === null ? [] : [pilot.truth.nominal_effect]));
  if (run.initiatives.length === 0) return 'An empty scenario: add an initiative.';
  if (effects.length === 0)
    return `${capitalise(counted(run.initiatives.length, 'initiative'))} with stated returns, and no world behind them.`;
  const lift = effects.filter((effect) => effect > 0).length;
  const harm = effects.filter((effect) => effect < 0).length;
  const nothing = effects.length - lift - harm;
  if (effects.length === 1) return `One simulated world: ${lift === 1 ? 'it helps' : harm === 1 ? 'it harms' : 'it does nothing'}.`;
  const kinds = [
    lift > 0 ? `${countWord(lift)} ${lift === 1 ? 'helps' : 'help'}` : '',
    nothing > 0 ? `${countWord(nothing)} ${nothing === 1 ? 'does' : 'do'} nothing` : '',
    harm > 0 ? `${countWord(harm)} ${harm === 1 ? 'harms' : 'harm'}` : '',
  ].filter((text) => text !== '');
  return `${capitalise(counted(effects.length, 'simulated world'))}: ${kinds.join(', ')}.`;
}

/** What only the simulator knows, for the table beside the series. */
export function truthFacts(truth: GroundTruth, money: (value: number) => string, period: Period): Fact[] {
  const nobody = 'nobody treated';
  return [
    { label: 'effect asked for', value: formatSigned(truth.nominal_effect, percent), note: 'relative to revenue without it' },
    {
      label: 'effect realised',
      value: truth.realised_effect === null ? nobody : formatSigned(truth.realised_effect, percent),
      note: 'on the treated of this pilot',
      tone: 'truth',
    },
    {
      label: 'revenue without it',
      value: truth.baseline_mean === null ? nobody : money(truth.baseline_mean),
      note: `per treated product and ${period}`,
    },
  ];
}

export type EstimandRow = {
  readonly estimand: Estimand;
  readonly label: string;
  readonly sample: string;
  readonly population: string;
  /** Why there is no number though there are products. */
  readonly reason: string | null;
};

const groups: readonly { readonly key: Estimand; readonly label: string }[] = [
  { key: 'ate', label: 'on all products (ATE)' },
  { key: 'att', label: 'on the treated (ATT)' },
  { key: 'atc', label: 'on the controls (ATC)' },
  { key: 'at_cutoff', label: 'at the cutoff' },
];

/** The row of the cutoff only where there is one. */
export function estimandRows(truth: GroundTruth, money: (value: number) => string): EstimandRow[] {
  const show = (value: number | null, reason: string | undefined) =>
    value !== null ? money(value) : reason === undefined ? 'nobody in it' : 'not known';
  return groups
    .filter(({ key }) => key !== 'at_cutoff' || truth.population.at_cutoff !== null || truth.missing.at_cutoff !== undefined)
    .map(({ key, label }) => {
      const reason = truth.missing[key];
      return {
        estimand: key,
        label,
        // The effect at a cutoff is about a limit: no product drawn has it.
        sample: key === 'at_cutoff' ? '\u2013' : show(truth.sample[key], reason),
        population: show(truth.population[key], reason),
        reason: truth.population[key] === null && reason !== undefined ? reason : null,
      };
    });
}

/** For the heading of catalog and calendar. */
export function catalogWords({ n_products, pre_periods, post_periods, granularity }: CatalogDeclaration): string {
  return `${formatCount(n_products)} products, ${pre_periods} ${granularity}s before and ${post_periods} from then on`;
}

export type SmdSize = 'alike' | 'close' | 'apart';
type BaselineTableRow = {
  readonly label: string;
  readonly treated: string;
  readonly control: string;
  readonly smd: number;
  readonly size: SmdSize;
};

/** The usual guides: below 0.05 groups are alike, above 0.1 they are not. */
export function baselineTable(rows: readonly BaselineRow[], symbol: string): BaselineTableRow[] {
  return rows.map(({ covariate, treated_mean, control_mean, smd }) => {
    const money = (value: number) => formatMoney(value, symbol, 2);
    const [label, show] = {
      price: ['price', money] as const,
      quality_score: ['quality score', (value: number) => formatNumber(value, 3)] as const,
      pre_revenue: ['earlier revenue', money] as const,
    }[covariate];
    return { label, treated: show(treated_mean), control: show(control_mean), smd, size: sizeOf(smd) };
  });
}

/** In words: how many covariates differ by more than a tenth of a standard deviation. */
export function balanceReading(rows: readonly BaselineRow[]): string {
  const apart = rows.filter(({ smd }) => sizeOf(smd) === 'apart').length;
  if (apart === 0) return 'No attribute differs by more than a tenth of a standard deviation.';
  return `${capitalise(counted(apart, 'attribute'))} of ${countWord(rows.length)} ${apart === 1 ? 'differs' : 'differ'} by more than a tenth of a standard deviation: a plain comparison of the groups compares unlike products.`;
}

function sizeOf(smd: number): SmdSize {
  return Math.abs(smd) <= 0.05 ? 'alike' : Math.abs(smd) <= 0.1 ? 'close' : 'apart';
}

/** The histogram of individual effects with the mean of each group; a mean only where the group is the same in every period. */
export function effectsHistogramOf({ truth, series }: Measurement): EffectsHistogram {
  const staggered = series.last_start_index !== undefined;
  return { bins: truth.effects_histogram, treatedMean: truth.sample.att, controlMean: staggered ? null : truth.sample.atc };
}
