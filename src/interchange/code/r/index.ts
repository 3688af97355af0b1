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
import { regressionDiscontinuity } from './regression-discontinuity.ts';
import { rNumber, rText } from './r-text.ts';
import { subclassification } from './subclassification.ts';
import { syntheticControl } from './synthetic-control.ts';

/** Every estimator in R, in the order the page lists them. */
export const rMethods: readonly MethodCode[] = [
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

/** One R script that answers every question from its CSV file and lays the given answers beside its own. */
export function rScript(header: CodeHeader, questions: readonly CodeQuestion[]): string {
  const written = writeQuestions(rMethods, questions);
  const pieces = inOrderOfNeed([frame, ...written.flatMap((asked) => ('needs' in asked.written ? asked.written.needs : []))]);
  return [headLines(header), ...pieces.map(({ code }) => code.trim()), ...written.map(questionLines), 'report()', ''].join('\n\n');
}

function headLines({ title, link, digest }: CodeHeader): string {
  return [
    `# ${commentText(title)}`,
    ...(link === null ? [] : [`# ${commentText(link)}`]),
    ...(digest === null ? [] : [`# Digest ${commentText(digest)}`]),
    '#',
    "# Works out every estimate again, from the CSV files beside this script, and compares it with the workbench's.",
    '# Needs R 4 or later and nothing else. Run it as: Rscript run.R [FOLDER OF THE DATA]',
    '# Ends with status 1 if any figure differs by more than is stated for it.',
  ].join('\n');
}

function questionLines({ question, file, expected, reason, written }: WrittenQuestion): string {
  const names = `${rText(question.initiative_id)}, ${rText(question.method)}`;
  const title = `# ---- ${commentText(question.initiative_id)}: ${commentText(question.method)} on ${commentText(file)}`;
  if (expected === null) return `${title}\nnote(${names}, ${rText(`no answer on these data: ${reason ?? ''}`)})`;
  if ('notReproduced' in written) return `${title}\nnote(${names}, ${rText(`not reproduced by this script: ${written.notReproduced}`)})`;
  const { why } = written.tolerance;
  const lines = written.lines.replaceAll('\n', '\n  ');
  return [
    title,
    ...(why === null ? [] : [`# Compared less strictly: ${commentText(why)}.`]),
    `check(${names},\n      ${answerText(expected)},\n      tolerance = ${toleranceText(written.tolerance)}, {\n  ${lines}\n})`,
  ].join('\n');
}

function answerText(expected: CodeAnswer): string {
  const { estimate, standard_error, ci_lower, ci_upper, p_value } = expected;
  const figures = Object.entries({ estimate, standard_error, ci_lower, ci_upper, p_value });
  return `list(${figures.map(([name, value]) => `${name} = ${rNumber(value)}`).join(', ')})`;
}

/** One number, or one for all with others by name. */
function toleranceText({ relative, figures = {} }: Tolerance): string {
  const others = Object.entries(figures).map(([name, value]) => `${name} = ${rNumber(Number(value.toPrecision(3)))}`);
  return others.length === 0 ? rNumber(relative) : `c(${[rNumber(relative), ...others].join(', ')})`;
}
