import type { MethodCode } from '../code-script.ts';
import { answerEntries, otherTolerances, type CodeLanguage } from '../write-script.ts';
import { beforeAfter } from './before-after.ts';
import { differenceInDifferences } from './difference-in-differences.ts';
import { doublyRobust } from './doubly-robust.ts';
import { experiment } from './experiment.ts';
import { frame } from './frame.ts';
import { interruptedTimeSeries } from './interrupted-time-series.ts';
import { inverseProbabilityWeighting } from './inverse-probability-weighting.ts';
import { metricsApproximation } from './metrics-approximation.ts';
import { naiveDifference } from './naive-difference.ts';
import { nearestNeighbourMatching } from './nearest-neighbour-matching.ts';
import { regressionDiscontinuity } from './regression-discontinuity.ts';
import { rNumber, rText } from './r-text.ts';
import { subclassification } from './subclassification.ts';
import { syntheticControl } from './synthetic-control.ts';

/** Every estimator in R, in the order the page lists them. */
const methods: readonly MethodCode[] = [
  experiment,
  subclassification,
  nearestNeighbourMatching,
  inverseProbabilityWeighting,
  doublyRobust,
  differenceInDifferences,
  syntheticControl,
  regressionDiscontinuity,
  interruptedTimeSeries,
  metricsApproximation,
  naiveDifference,
  beforeAfter,
];

export const r: CodeLanguage = {
  label: 'R',
  file: 'run.R',
  methods,
  frame,
  howToRun: ['Needs R 4 or later and nothing else. Run it as: Rscript run.R [FOLDER OF THE DATA]'],
  emptyLines: 1,
  text: rText,
  check: ({ names, lines, expected, tolerance, why }) => {
    const figures = answerEntries(expected).map(([name, value]) => `${name} = ${rNumber(value)}`);
    const others = otherTolerances(tolerance).map(([name, value]) => `${name} = ${rNumber(value)}`);
    // One number, or one for all with others by name.
    const relative = rNumber(tolerance.relative);
    const allowed = others.length === 0 ? relative : `c(${[relative, ...others].join(', ')})`;
    const body = lines.replaceAll('\n', '\n  ');
    return [...why, `check(${names},\n      list(${figures.join(', ')}),\n      tolerance = ${allowed}, {\n  ${body}\n})`].join('\n');
  },
};
