import type { Box, ChartMark, ChartTable } from './chart-types.ts';
import type { SweepPicture, SweepReading, SweepSeries } from './sweep-data.ts';

/** What is read at one grid value: every series there. */
export function sweepMark(picture: SweepPicture, x: number, box: Box): ChartMark {
  const { parameter, formatX, series, tone, impossible, flips, current } = picture;
  const why = impossible.find((one) => one.x === x)?.why;
  const flip = flips.find(({ to }) => to === x);
  return {
    id: String(x),
    label: `${parameter} ${formatX(x)}${x === current ? ', as the scenario has it' : ''}`,
    values: [
      ...(why === undefined
        ? series.map((one) => ({ text: `${one.label} ${readingWords(readingAt(one, x), picture)}`, tone }))
        : [{ text: why, tone: 'muted' as const }]),
      ...(flip === undefined ? [] : [{ text: `since ${formatX(flip.from)}: ${flip.words}`, tone: 'funded' as const }]),
    ],
    box,
    guide: 'line',
  };
}

export function sweepTable(picture: SweepPicture): ChartTable {
  const { parameter, formatX, series, impossible } = picture;
  const xs = [...new Set([...series.flatMap(({ readings }) => readings.map(({ x }) => x)), ...impossible.map(({ x }) => x)])].sort(
    (a, b) => a - b,
  );
  return {
    columns: [{ label: parameter }, ...series.map(({ label }) => ({ label, unit: picture.measure, numeric: true })), { label: 'note' }],
    rows: xs.map((x) => [
      formatX(x),
      ...series.map((one) => readingWords(readingAt(one, x), picture)),
      impossible.find((one) => one.x === x)?.why ?? picture.flips.find(({ to }) => to === x)?.words ?? '',
    ]),
  };
}

export function sweepSummary(picture: SweepPicture): string {
  const { measure, parameter, formatX, formatY, series, threshold, flips, impossible } = picture;
  const each = series.map((one) => {
    const told = one.readings.filter(({ y }) => y !== null);
    const [first, last] = [told[0], told.at(-1)];
    if (first === undefined || last === undefined) return `${one.label}: nothing can be told`;
    const broken = one.breakPoint === null ? '' : `, crossing the line at ${breakWords(one, picture)}`;
    return `${one.label} goes from ${formatY(first.y!)} at ${formatX(first.x)} to ${formatY(last.y!)} at ${formatX(last.x)}${broken}`;
  });
  const line = threshold === null ? '' : ` The line is at ${formatY(threshold.value)}: ${threshold.label}.`;
  const changes = flips.map(({ from, to, words }) => ` Between ${formatX(from)} and ${formatX(to)} the usual decision changes: ${words}.`);
  const missing = impossible.length === 0 ? '' : ` The scenario cannot have ${impossible.map(({ x }) => formatX(x)).join(', ')}.`;
  return `${measure} along ${parameter}, with 95% Monte Carlo bands. ${each.join('; ')}.${line}${changes.join('')}${missing}`;
}

/** '0.31 (0.27 to 0.36)', with 'the least' or 'beyond the grid' for an end that is not in it. */
export function breakWords({ breakPoint }: SweepSeries, { formatX }: SweepPicture): string {
  if (breakPoint === null) return '';
  const { at, lower, upper } = breakPoint;
  return `${formatX(at)} (${lower === null ? 'below the grid' : formatX(lower)} to ${upper === null ? 'beyond the grid' : formatX(upper)})`;
}

function readingAt({ readings }: SweepSeries, x: number): SweepReading | undefined {
  return readings.find((reading) => reading.x === x);
}

function readingWords(reading: SweepReading | undefined, { formatY }: SweepPicture): string {
  if (reading === undefined || reading.y === null) return '\u2013';
  const { y, lower, upper } = reading;
  return lower === null || upper === null ? formatY(y) : `${formatY(y)} [${formatY(lower)}, ${formatY(upper)}]`;
}
