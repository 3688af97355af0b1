import { mount, type Component } from 'svelte';
import '../../src/ui/fonts.css';
import '../../src/ui/tokens.css';
import '../../src/ui/base.css';
import './gallery.css';
import {
  EffectiveReturnsChart,
  ErrorPartsChart,
  EstimateChart,
  ForestChart,
  FrontierChart,
  HoldingsChart,
  IntervalHandlesChart,
  LadderChart,
  MethodPicture,
  PairedDifferenceChart,
  PenaltyChart,
  PValueChart,
  RegretDistributionChart,
  RegretSplitChart,
  SamplingDistributionChart,
  SeriesChart,
  ZipChart,
} from '../../src/charts/index.ts';
import { formatMoney, formatMoneyCompact, formatNumber } from '../../src/charts/format.ts';
import {
  armsPicture,
  askedFrontier,
  awkwardHandlesRows,
  balancePicture,
  counterfactualPicture,
  crowdedLadder,
  effectiveRows,
  estimates,
  crowdedPenaltyPoints,
  exampleFrontier,
  exampleNearOptimal,
  flooredFrontier,
  forestRows,
  forestRowsWithTrouble,
  handlesRows,
  initiativeErrors,
  ladderBands,
  ladderRows,
  longFrontier,
  manyHandlesRows,
  penaltyCliff,
  penaltyLine,
  penaltyPoints,
  pilotSeries,
  portfolioError,
  strataPicture,
  syntheticPicture,
} from './fixtures.ts';
import IntervalHandlesHarness from './IntervalHandlesHarness.svelte';
import { discontinuityPicture, eventStudyPicture, overlapPicture, responsePicture } from './picture-fixtures.ts';
import * as study from './study-fixtures.ts';

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme');
if (theme) document.documentElement.dataset['theme'] = theme;

function show(name: string, component: Component<never>, props: Record<string, unknown>, width: 'full' | 'half' = 'full') {
  if (asked.has('only') && !name.startsWith(asked.get('only')!)) return;
  const section = document.createElement('section');
  section.className = `specimen ${width}`;
  section.id = name;
  document.getElementById('gallery')!.append(section);
  mount(component as Component<Record<string, unknown>>, { target: section, props });
}

const heading = document.createElement('h1');
heading.textContent = 'Charts';
document.getElementById('gallery')!.append(heading);

const unit = 'return if scaled, thousand dollars';
show('forest', ForestChart, { rows: forestRows, unit, onselect: (id: string) => (document.title = id) });
show('forest-trouble', ForestChart, { rows: forestRowsWithTrouble, unit });
show('forest-half', ForestChart, { rows: forestRows, unit }, 'half');
show('forest-empty', ForestChart, { rows: [], unit }, 'half');

const perDay = '$ per product and day';
show('series', SeriesChart, { series: pilotSeries(), unit: perDay });
show('series-half', SeriesChart, { series: pilotSeries(60, 30, false), unit: perDay }, 'half');
show('estimate', EstimateChart, { rows: estimates, truth: 2.25, unit: perDay }, 'half');
show('ladder', LadderChart, { rows: ladderRows, bands: ladderBands, threshold: 0.5 }, 'half');
show('ladder-crowded', LadderChart, { rows: crowdedLadder, bands: ladderBands, threshold: 0.5 }, 'half');
show('effective', EffectiveReturnsChart, { rows: effectiveRows, unit: 'return, $' }, 'half');
show('handles', IntervalHandlesHarness, { rows: handlesRows }, 'half');
show('handles-guess', IntervalHandlesHarness, { rows: handlesRows, hideFunded: true }, 'half');
show('handles-awkward', IntervalHandlesHarness, { rows: awkwardHandlesRows });
show('handles-still', IntervalHandlesChart, { rows: handlesRows, unit: 'return, $' }, 'half');
show('handles-many', IntervalHandlesHarness, { rows: manyHandlesRows(20) }, 'half');
const onpick = (budget: number) => (document.title = String(budget));
show('frontier', FrontierChart, { frontier: exampleFrontier, budget: 10, unit: '$', onpick }, 'half');
show('frontier-floor', FrontierChart, { frontier: flooredFrontier, budget: 4, unit: '$', onpick }, 'half');
show('frontier-asked', FrontierChart, { frontier: askedFrontier, budget: 900, unit: '$' }, 'half');
show('frontier-long', FrontierChart, { frontier: longFrontier(4000), budget: 30_000, unit: '$', onpick }, 'half');
show('frontier-wide', FrontierChart, { frontier: exampleFrontier, budget: 12, unit: '$', onpick });
show('holdings', HoldingsChart, { near: exampleNearOptimal, funded: ['TitlesAI', 'PriceOptimizer', 'BundleEngine'] }, 'half');
show('penalty', PenaltyChart, { curve: penaltyLine, points: penaltyPoints, formula: '1 \u2212 c', threshold: 0.5 }, 'half');
show(
  'penalty-crowded',
  PenaltyChart,
  { curve: penaltyCliff, points: crowdedPenaltyPoints, formula: '(1 \u2212 c)\u00b2, all below 0.3', threshold: 0.3 },
  'half',
);
show('penalty-wide', PenaltyChart, { curve: penaltyLine, points: penaltyPoints, formula: '1 \u2212 c', threshold: 0.5 });
show('errors', ErrorPartsChart, { rows: portfolioError, unit: 'dollars', format: formatMoneyCompact }, 'half');
show('errors-initiatives', ErrorPartsChart, { rows: initiativeErrors, unit: 'dollars', format: formatMoneyCompact });
show('arms', MethodPicture, { picture: armsPicture, unit: perDay }, 'half');
show('strata', MethodPicture, { picture: strataPicture, unit: perDay }, 'half');
show('balance', MethodPicture, { picture: balancePicture, unit: perDay });
show('synthetic', MethodPicture, { picture: syntheticPicture(), unit: 'revenue per day, $' });
show('counterfactual', MethodPicture, { picture: counterfactualPicture(), unit: 'revenue per day, $' });
show('counterfactual-half', MethodPicture, { picture: counterfactualPicture(), unit: 'revenue per day, $' }, 'half');
show('overlap', MethodPicture, { picture: overlapPicture(), unit: perDay });
show('event-study', MethodPicture, { picture: eventStudyPicture(), unit: perDay });
show(
  'event-study-long',
  MethodPicture,
  { picture: { ...eventStudyPicture(80, 100), groups: [], two_way: null, pre_trend: null }, unit: perDay },
  'half',
);
show('discontinuity', MethodPicture, { picture: discontinuityPicture(), unit: perDay });
show('response', MethodPicture, { picture: responsePicture(), unit: perDay }, 'half');

const decimal = (value: number) => formatNumber(value, 2);
const money = (value: number) => formatMoney(value);
const open = (replication: number) => (document.title = String(replication));
const zip = (name: string, intervals: ReturnType<typeof study.zipIntervals>, width: 'full' | 'half') => {
  const coverage = study.coverageOf(intervals, 2.25);
  show(name, ZipChart, { intervals, truth: 2.25, nominal: 0.95, coverage, unit: perDay, format: decimal, onpick: open }, width);
};
show('study-sampling', SamplingDistributionChart, { rows: study.samplingRows(), unit: perDay, format: decimal, onpick: open });
show('study-sampling-few', SamplingDistributionChart, { rows: study.fewSamplingRows, unit: perDay, format: decimal }, 'half');
zip('study-zip', study.zipIntervals(), 'half');
zip('study-zip-long', study.zipIntervals(5000), 'half');
zip('study-zip-short', study.zipIntervals(60, 0.6), 'half');
show('study-p', PValueChart, { pValues: study.uniforms(1000) }, 'half');
show('study-p-wrong', PValueChart, { pValues: study.uniforms(1000).map((p) => p ** 1.3) }, 'half');
show('study-p-power', PValueChart, { pValues: study.uniforms(1000).map((p) => p ** 3), nullHolds: false }, 'half');
show('study-regret', RegretDistributionChart, { ...study.regretDistribution(), unit: '$', format: money, onpick: open }, 'half');
show('study-arms', PairedDifferenceChart, { rows: study.armRows, unit: '$', format: money });
show('study-split', RegretSplitChart, { parts: study.regretParts, total: study.regretTotal, unit: '$', format: money }, 'half');
const regrets = (values: readonly number[]) => ({
  regrets: values.map((regret, i) => ({ replication: i + 1, regret })),
  mean: study.meanOf(values),
  worst: { value: Math.max(...values), replication: values.indexOf(Math.max(...values)) + 1 },
});
const discrete = study.uniforms(1000, 'discrete').map((u) => (u < 0.3 ? 0 : u < 0.8 ? 4200 : u < 0.95 ? 9100 : 21_500));
show('study-regret-discrete', RegretDistributionChart, { ...regrets(discrete), unit: '$', format: money }, 'half');
show('study-regret-none', RegretDistributionChart, { ...regrets([0, 0, 0, 0, 0]), unit: '$', format: money }, 'half');
show('study-regret-never', RegretDistributionChart, { ...regrets([120, 130, 180, 200, 260]), unit: '$', format: money }, 'half');
const equal = [study.samplingRow('all equal', [2, 2, 2, 2], 2), study.samplingRow('one replication', [3], null)];
show('study-sampling-equal', SamplingDistributionChart, { rows: equal, unit: perDay, format: decimal }, 'half');
zip('study-zip-one', study.zipIntervals(1), 'half');
show('study-p-few', PValueChart, { pValues: study.uniforms(8) }, 'half');
