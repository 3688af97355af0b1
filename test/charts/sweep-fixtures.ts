import type { GridPicture, GridPictureCell } from '../../src/charts/design-grid-data.ts';
import type { SweepPicture, SweepSeries } from '../../src/charts/sweep-data.ts';

const percent = (value: number) => `${(value * 100).toFixed(1)}%`;
const xs = [0, 0.2, 0.4, 0.6, 0.8, 1];

function coverageOf(id: string, fall: number, breaksAt: number | null): SweepSeries {
  return {
    id,
    label: id,
    readings: xs.map((x) => {
      const y = Math.max(0.02, 0.95 - fall * x);
      return { x, y, lower: Math.max(0, y - 0.03), upper: Math.min(1, y + 0.03) };
    }),
    breakPoint: breaksAt === null ? null : { at: breaksAt, lower: breaksAt - 0.08, upper: breaksAt + 0.1 },
  };
}

/** Coverage of three initiatives along the severity of a flaw; the decision changes once, and the last value cannot be. */
export const sweepOfCoverage: SweepPicture = {
  parameter: 'Spillover: severity, all together',
  formatX: (value) => value.toFixed(1),
  measure: 'Coverage',
  formatY: percent,
  tone: 'pilot',
  include: [1],
  series: [coverageOf('search-ads', 0.7, 0.071), coverageOf('badges', 0.25, 0.2), coverageOf('descriptions', 0, null)],
  threshold: { value: 0.9, label: 'broken down below 90%' },
  current: 0.2,
  flips: [{ from: 0.4, to: 0.6, words: 'from search-ads + badges to badges' }],
  impossible: [{ x: 1.2, why: 'severity: must lie between 0 and 1 (found 1.2)' }],
};

export const sweepOfManyInitiatives: SweepPicture = {
  ...sweepOfCoverage,
  measure: 'How often each is funded',
  tone: 'funded',
  include: [0],
  threshold: null,
  series: Array.from({ length: 12 }, (_, k) => coverageOf(`initiative-with-a-long-name-${k + 1}`, 0.1 + 0.05 * (k % 5), null)),
};

/** Money over one value only, with nothing known at another. */
export const sweepOfRegret: SweepPicture = {
  ...sweepOfCoverage,
  parameter: 'Budget (USD)',
  formatX: (value) => `${value}`,
  measure: 'Expected regret',
  formatY: (value) => `$${value.toFixed(0)}`,
  tone: 'regret',
  include: [0],
  series: [
    {
      id: 'regret',
      label: 'all initiatives',
      readings: [
        { x: 50_000, y: 12_300, lower: 11_000, upper: 13_600 },
        { x: 100_000, y: null, lower: null, upper: null },
        { x: 150_000, y: 4000, lower: null, upper: null },
      ],
      breakPoint: null,
    },
  ],
  threshold: null,
  current: null,
  flips: [],
  impossible: [],
};

const designs = [
  'Complete randomisation',
  'Cluster randomisation',
  'Selection on observables',
  'Threshold rule',
  'One treated unit',
  'Staggered roll-out',
];
const methods = ['Experiment', 'Nearest-neighbour matching', 'Difference in differences', 'Regression discontinuity', 'Naive difference'];
const levels: readonly GridPictureCell['level'][] = ['good', 'off', 'far', 'none', 'good', 'waiting'];

function cell(row: number, column: number): GridPictureCell {
  const level = levels[(row + column) % levels.length]!;
  const has = level === 'good' || level === 'off' || level === 'far';
  return {
    text: has ? `${95 - 7 * ((row + column) % 3)}%` : '',
    level,
    side: level === 'off' ? 'below' : level === 'far' ? 'above' : null,
    atHome: row === column,
    partial: has && row === 2,
    words: [has ? 'coverage 95% (2)' : 'no answer: Every row is treated, so there is no control to compare with.', '50 replications'],
  };
}

export const gridOfCoverage: GridPicture = {
  measure: 'Coverage',
  promised: '95%',
  designs: designs.map((label) => ({ id: label, label })),
  methods: methods.map((label, r) => ({ id: label, label, cells: designs.map((_, c) => cell(r, c)) })),
};

export const gridOfErrors: GridPicture = {
  ...gridOfCoverage,
  measure: 'Root mean squared error',
  promised: null,
  methods: gridOfCoverage.methods.map((method) => ({
    ...method,
    cells: method.cells.map((one) => ({ ...one, level: one.text === '' ? one.level : 'plain', side: null })),
  })),
};
