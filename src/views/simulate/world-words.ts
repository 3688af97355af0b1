import { formatNumber, formatSigned } from '../../charts/format.ts';
import type { Effects, GroundTruth } from '../../core/simulate/pilot.ts';
import type { Run } from '../../core/contracts/run.ts';
import type { Fact } from '../../ui/fact.ts';
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
  const kinds = [
    lift > 0 ? `${countWord(lift)} ${lift === 1 ? 'helps' : 'help'}` : '',
    nothing > 0 ? `${countWord(nothing)} ${nothing === 1 ? 'does' : 'do'} nothing` : '',
    harm > 0 ? `${countWord(harm)} ${harm === 1 ? 'harms' : 'harm'}` : '',
  ].filter((text) => text !== '');
  return `${capitalise(counted(effects.length, 'simulated world'))}: ${kinds.join(', ')}.`;
}

/** What only the simulator knows, for the table beside the series. */
export function truthFacts(truth: GroundTruth, money: (value: number) => string): Fact[] {
  return [
    { label: 'effect asked for', value: formatSigned(truth.nominal_effect, percent), note: 'relative to demand without it' },
    {
      label: 'effect realised',
      value: truth.realised_effect === null ? 'nobody treated' : formatSigned(truth.realised_effect, percent),
      note: 'on the treated of this pilot',
    },
    {
      label: 'revenue without it',
      value: truth.baseline_mean === null ? 'nobody treated' : money(truth.baseline_mean),
      note: 'per treated product and day',
    },
  ];
}

export type EstimandRow = { readonly label: string; readonly sample: string; readonly population: string };

const groups: readonly { readonly key: keyof Effects; readonly label: string }[] = [
  { key: 'ate', label: 'on all products (ATE)' },
  { key: 'att', label: 'on the treated (ATT)' },
  { key: 'atc', label: 'on the controls (ATC)' },
];

export function estimandRows(truth: GroundTruth, money: (value: number) => string): EstimandRow[] {
  const show = (value: number | null) => (value === null ? 'nobody in it' : money(value));
  return groups.map(({ key, label }) => ({ label, sample: show(truth.sample[key]), population: show(truth.population[key]) }));
}
