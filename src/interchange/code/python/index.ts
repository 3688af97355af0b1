import {
  commentText,
  inOrderOfNeed,
  writeQuestions,
  type CodeAnswer,
  type CodeHeader,
  type CodeQuestion,
  type MethodCode,
  type Tolerance,
  type WrittenQuestion,
} from '../code-script.ts';
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
export const pythonMethods: readonly MethodCode[] = [
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

/** One Python script that answers every question from its CSV file and lays the given answers beside its own. */
export function pythonScript(header: CodeHeader, questions: readonly CodeQuestion[]): string {
  const written = writeQuestions(pythonMethods, questions);
  const pieces = inOrderOfNeed([frame, ...written.flatMap((asked) => ('needs' in asked.written ? asked.written.needs : []))]);
  const blocks = [...pieces.map(({ code }) => code.trim()), ...written.map(questionLines), 'report()'];
  return `${[headLines(header), ...blocks].join('\n\n\n')}\n`;
}

function headLines({ title, link, digest }: CodeHeader): string {
  return [
    `# ${commentText(title)}`,
    ...(link === null ? [] : [`# ${commentText(link)}`]),
    ...(digest === null ? [] : [`# Digest ${commentText(digest)}`]),
    '#',
    "# Works out every estimate again, from the CSV files beside this script, and compares it with the workbench's.",
    '# Needs Python 3.8 or later with statsmodels, and the numpy, scipy and pandas that come with it.',
    '# Run it as: python run.py [FOLDER OF THE DATA]',
    '# Ends with status 1 if any figure differs by more than is stated for it.',
  ].join('\n');
}

function questionLines({ question, file, expected, reason, written }: WrittenQuestion, k: number): string {
  const names = `${pyText(commentText(question.initiative_id))}, ${pyText(question.method)}`;
  const title = `# ---- ${commentText(question.initiative_id)}: ${commentText(question.method)} on ${commentText(file)}`;
  if (expected === null) return `${title}\nnote(${names}, ${pyText(`no answer on these data: ${commentText(reason ?? '')}`)})`;
  if ('notReproduced' in written) return `${title}\nnote(${names}, ${pyText(`not reproduced by this script: ${written.notReproduced}`)})`;
  const { why, relative } = written.tolerance;
  return [
    title,
    `def answer_${k + 1}():\n    ${written.lines.replaceAll('\n', '\n    ')}`,
    '',
    '',
    ...(why === null ? [] : [`# Compared less strictly: ${commentText(why)}.`]),
    `check(\n    ${names},\n    ${answerText(expected)},\n    tolerance=${relative.toExponential()},\n    answer=answer_${k + 1},\n${othersText(written.tolerance)})`,
  ].join('\n');
}

function answerText(expected: CodeAnswer): string {
  const { estimate, standard_error, ci_lower, ci_upper, p_value } = expected;
  const figures = Object.entries({ estimate, standard_error, ci_lower, ci_upper, p_value });
  return `{${figures.map(([name, value]) => `"${name}": ${pyNumber(value)}`).join(', ')}}`;
}

/** Tolerances of figures that may differ by more than the others. */
function othersText({ figures = {} }: Tolerance): string {
  const others = Object.entries(figures).map(([name, value]) => `"${name}": ${pyNumber(Number(value.toPrecision(3)))}`);
  return others.length === 0 ? '' : `    others={${others.join(', ')}},\n`;
}
