import type { Component } from 'svelte';
import {
  ArmsChart,
  BalanceChart,
  CounterfactualChart,
  DesignGridChart,
  DiscontinuityChart,
  EffectiveReturnsChart,
  EffectsHistogramChart,
  ErrorPartsChart,
  EstimateChart,
  EventStudyChart,
  ForestChart,
  FrontierChart,
  HoldingsChart,
  IntervalHandlesChart,
  LadderChart,
  OverlapChart,
  PairedDifferenceChart,
  PenaltyChart,
  PValueChart,
  RegretDistributionChart,
  RegretSplitChart,
  ResponseChart,
  SamplingDistributionChart,
  SeriesChart,
  StrataChart,
  SweepChart,
  SyntheticChart,
  ZipChart,
} from '../../src/charts/index.ts';
import { formatMoney, formatNumber } from '../../src/charts/format.ts';
import type { EventStudyPicture } from '../../src/core/measure/method-picture.ts';
import * as data from './fixtures.ts';
import { discontinuityPicture, eventStudyPicture, overlapPicture, responsePicture } from './picture-fixtures.ts';
import * as study from './study-fixtures.ts';
import * as sweeps from './sweep-fixtures.ts';

export type Specimen = {
  readonly name: string;
  readonly component: Component<Record<string, unknown>>;
  readonly props: Record<string, unknown>;
  readonly empty: Record<string, unknown>;
};

const unit = '$ per product and day';
const synthetic = data.syntheticPicture();
const counterfactual = data.counterfactualPicture();
const series = data.pilotSeries();
const ownTruths = data.estimates.map((row, i) => (i === 1 ? { ...row, truth: 0.4, hollow: true } : row));
const overlap = overlapPicture();
const events = eventStudyPicture();
const longEvents: EventStudyPicture = { ...eventStudyPicture(80, 100), groups: [] };
const discontinuity = discontinuityPicture();
const response = responsePicture();
const intervals = study.zipIntervals();
const shortIntervals = study.zipIntervals(60, 0.6);
const money = (value: number) => formatMoney(value);
const decimal = (value: number) => formatNumber(value, 2);

/** Every chart with ordinary data, and with none. */
export const specimens: readonly Specimen[] = [
  specimen('forest', ForestChart, { rows: data.forestRows, unit }, { rows: [] }),
  specimen('forest of effects that change at scale', ForestChart, { rows: data.forestRowsAtScale, unit }, { rows: [] }),
  specimen('forest with trouble', ForestChart, { rows: data.forestRowsWithTrouble, unit }, { rows: [] }),
  specimen(
    'series',
    SeriesChart,
    { series, unit },
    { series: { ...series, dates: [], treated: [], control: null, treated_without_treatment: [] } },
  ),
  specimen(
    'weekly series of a roll-out',
    SeriesChart,
    { series: data.weeklyRollOut, unit },
    { series: { ...series, dates: [], treated: [], control: null, treated_without_treatment: [] } },
  ),
  specimen(
    'individual effects',
    EffectsHistogramChart,
    { histogram: data.effectsHistogram, unit },
    { histogram: { bins: [], treatedMean: null, controlMean: null } },
  ),
  specimen('ladder', LadderChart, { rows: data.ladderRows, bands: data.ladderBands, threshold: 0.5 }, { rows: [] }),
  specimen('crowded ladder', LadderChart, { rows: data.crowdedLadder, bands: data.ladderBands, threshold: 0.5 }, { rows: [] }),
  specimen('effective returns', EffectiveReturnsChart, { rows: data.effectiveRows, unit }, { rows: [] }),
  specimen('interval handles', IntervalHandlesChart, { rows: data.handlesRows, unit, threshold: 0.5 }, { rows: [] }),
  specimen('awkward interval handles', IntervalHandlesChart, { rows: data.awkwardHandlesRows, unit, threshold: 0.5 }, { rows: [] }),
  specimen(
    'frontier',
    FrontierChart,
    { frontier: data.exampleFrontier, budget: 10, unit },
    { frontier: { ...data.exampleFrontier, steps: [] } },
  ),
  specimen(
    'frontier with a floor',
    FrontierChart,
    { frontier: data.flooredFrontier, budget: 4, unit },
    { frontier: { ...data.exampleFrontier, steps: [] } },
  ),
  specimen(
    'frontier that was asked',
    FrontierChart,
    { frontier: data.askedFrontier, budget: 900, unit },
    { frontier: { ...data.exampleFrontier, steps: [] } },
  ),
  specimen(
    'long frontier',
    FrontierChart,
    { frontier: data.longFrontier(400), budget: 4000, unit },
    { frontier: { ...data.exampleFrontier, steps: [] } },
  ),
  specimen(
    'holdings',
    HoldingsChart,
    { near: data.exampleNearOptimal, funded: ['TitlesAI'] },
    { near: { ...data.exampleNearOptimal, holdings: [] } },
  ),
  specimen(
    'penalty',
    PenaltyChart,
    { curve: data.penaltyLine, points: data.penaltyPoints, formula: '1 \u2212 c', threshold: 0.5 },
    { curve: [] },
  ),
  specimen(
    'crowded penalty',
    PenaltyChart,
    { curve: data.penaltyCliff, points: data.crowdedPenaltyPoints, formula: '(1 \u2212 c)\u00b2, all below 0.3', threshold: 0.3 },
    { curve: [] },
  ),
  specimen('error parts', ErrorPartsChart, { rows: data.portfolioError, unit }, { rows: [] }),
  specimen('error parts by initiative', ErrorPartsChart, { rows: data.initiativeErrors, unit }, { rows: [] }),
  specimen('estimates', EstimateChart, { rows: data.estimates, truth: 2.25, unit }, { rows: [] }),
  specimen('estimates of several truths', EstimateChart, { rows: ownTruths, truth: 2.25, unit, selected: 'naive' }, { rows: [] }),
  specimen('arms', ArmsChart, { picture: data.armsPicture, unit }, { picture: { ...data.armsPicture, arms: [] } }),
  specimen('balance', BalanceChart, { picture: data.balancePicture }, { picture: { ...data.balancePicture, rows: [] } }),
  specimen('strata', StrataChart, { picture: data.strataPicture, unit }, { picture: { kind: 'strata', rows: [], balance: [] } }),
  specimen(
    'synthetic control',
    SyntheticChart,
    { picture: synthetic, unit },
    { picture: { ...synthetic, times: [], treated: [], synthetic: [], placebos: [], weights: [] } },
  ),
  specimen(
    'counterfactual',
    CounterfactualChart,
    { picture: counterfactual, unit },
    { picture: { ...counterfactual, times: [], observed: [], fitted: [], counterfactual: [], lower: [], upper: [] } },
  ),
  specimen('overlap', OverlapChart, { picture: overlap }, { picture: { ...overlap, bins: [], balance: [] } }),
  specimen('event study', EventStudyChart, { picture: events, unit }, { picture: { ...events, rows: [] } }),
  specimen('long event study', EventStudyChart, { picture: longEvents, unit }, { picture: { ...events, rows: [] } }),
  specimen('discontinuity', DiscontinuityChart, { picture: discontinuity, unit }, { picture: { ...discontinuity, bins: [] } }),
  specimen('response', ResponseChart, { picture: response, unit }, { picture: { ...response, curve: [] } }),
  specimen('sampling distribution', SamplingDistributionChart, { rows: study.samplingRows(), unit, format: decimal }, { rows: [] }),
  specimen('few replications', SamplingDistributionChart, { rows: study.fewSamplingRows, unit, format: decimal }, { rows: [] }),
  specimen(
    'zip',
    ZipChart,
    { intervals, truth: 2.25, nominal: 0.95, coverage: study.coverageOf(intervals, 2.25), unit, format: decimal },
    { intervals: [] },
  ),
  specimen(
    'zip of short intervals',
    ZipChart,
    { intervals: shortIntervals, truth: 2.25, nominal: 0.95, coverage: study.coverageOf(shortIntervals, 2.25), unit, format: decimal },
    { intervals: [] },
  ),
  specimen('p values', PValueChart, { pValues: study.uniforms(1000) }, { pValues: [] }),
  specimen('power', PValueChart, { pValues: study.uniforms(1000).map((p) => p * p * p), nullHolds: false }, { pValues: [] }),
  specimen('regrets', RegretDistributionChart, { ...study.regretDistribution(), unit: '$', format: money }, { regrets: [] }),
  specimen('ways to decide', PairedDifferenceChart, { rows: study.armRows, unit: '$', format: money }, { rows: [] }),
  specimen(
    'split of regret',
    RegretSplitChart,
    { parts: study.regretParts, total: study.regretTotal, unit: '$', format: money },
    { parts: [] },
  ),
  specimen('sweep of coverage', SweepChart, { picture: sweeps.sweepOfCoverage }, { picture: { ...sweeps.sweepOfCoverage, series: [] } }),
  specimen('sweep of many', SweepChart, { picture: sweeps.sweepOfManyInitiatives }, { picture: { ...sweeps.sweepOfCoverage, series: [] } }),
  specimen('sweep of regret', SweepChart, { picture: sweeps.sweepOfRegret }, { picture: { ...sweeps.sweepOfCoverage, series: [] } }),
  specimen('design grid', DesignGridChart, { picture: sweeps.gridOfCoverage }, { picture: { ...sweeps.gridOfCoverage, methods: [] } }),
  specimen(
    'design grid of errors',
    DesignGridChart,
    { picture: sweeps.gridOfErrors },
    { picture: { ...sweeps.gridOfCoverage, methods: [] } },
  ),
];

function specimen<Props extends Record<string, unknown>>(
  name: string,
  component: Component<Props>,
  props: Props,
  empty: Partial<Props>,
): Specimen {
  return { name, component: component as unknown as Component<Record<string, unknown>>, props, empty: { ...props, ...empty } };
}
