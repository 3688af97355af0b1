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
import { pyNumber, pyText } from './python-text.ts';
import { regressionDiscontinuity } from './regression-discontinuity.ts';
import { subclassification } from './subclassification.ts';
import { syntheticControl } from './synthetic-control.ts';

/** Every estimator in Python, in the order the page lists them. */
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

export const python: CodeLanguage = {
  label: 'Python',
  file: 'run.py',
  methods,
  frame,
  howToRun: [
    'Needs Python 3.8 or later with statsmodels, and the numpy, scipy and pandas that come with it.',
    'Run it as: python run.py [FOLDER OF THE DATA]',
  ],
  emptyLines: 2,
  text: pyText,
  check: ({ names, lines, expected, tolerance, why, position }) => {
    const answer = `answer_${position + 1}`;
    const figures = answerEntries(expected).map(([name, value]) => `"${name}": ${pyNumber(value)}`);
    const others = otherTolerances(tolerance).map(([name, value]) => `"${name}": ${pyNumber(value)}`);
    const given = [
      names,
      `{${figures.join(', ')}}`,
      `tolerance=${tolerance.relative.toExponential()}`,
      `answer=${answer}`,
      ...(others.length === 0 ? [] : [`others={${others.join(', ')}}`]),
    ];
    const worked = `def ${answer}():\n    ${lines.replaceAll('\n', '\n    ')}`;
    return [worked, '', '', ...why, `check(\n${given.map((argument) => `    ${argument},\n`).join('')})`].join('\n');
  },
};
