import { formatCount, formatNumber, formatPercent, formatPValue } from '../../charts/format.ts';
import type { Interval } from '../../charts/chart-types.ts';
import type { InitiativeRun, MeasuredInitiative, PilotResult, Run } from '../../core/contracts/run.ts';
import type { Estimand } from '../../core/contracts/shared-types.ts';
import type { Fact } from '../../ui/fact.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { degeneratePilots, judge, judgedPilots } from '../shared/coverage.ts';
import { perProductAnd, type Period } from '../shared/period.ts';
import { capitalise, counted, countWord } from '../shared/words.ts';
import type { MethodRow } from './method-rows.ts';

type Show = (value: number) => string;

export const estimandWords: Readonly<Record<Estimand, string>> = {
  ate: 'on all products (ATE)',
  att: 'on the treated (ATT)',
  atc: 'on the controls (ATC)',
  at_cutoff: 'at the cutoff',
};

/** The heading of the place: how many intervals hold the truth. */
export function measureHeading(run: Run): string {
  const judged = judgedPilots(run);
  const without = degeneratePilots(run).length;
  if (judged.length === 0) return without > 0 ? 'No pilot has an answer.' : 'Nothing was measured: all returns are stated.';
  const caught = judged.filter(({ verdict }) => verdict === 'holds').length;
  const besides = without === 0 ? '' : `; ${counted(without, 'pilot')} ${without === 1 ? 'has' : 'have'} no answer`;
  if (judged.length === 1) return `The interval ${caught === 1 ? 'holds' : 'misses'} the truth${besides}.`;
  if (caught === judged.length) return `${judged.length === 2 ? 'Both' : `All ${countWord(caught)}`} intervals hold the truth${besides}.`;
  if (caught === 0)
    return `${judged.length === 2 ? 'Neither interval holds' : `None of ${countWord(judged.length)} intervals holds`} the truth${besides}.`;
  return `${capitalise(countWord(caught))} of ${countWord(judged.length)} intervals ${caught === 1 ? 'holds' : 'hold'} the truth${besides}.`;
}

/** One initiative in the picker. */
export function measureResult(initiative: InitiativeRun): string {
  if (initiative.pilot === null) return 'stated';
  if (initiative.pilot.result.status === 'degenerate') return 'no estimate';
  const judged = judge(initiative);
  if (judged === null) return 'no truth to compare';
  if (judged.verdict === 'holds') return 'interval holds the truth';
  return `interval lies ${judged.verdict} the truth`;
}

/** What the method says, against what is true. */
export function estimateReading(
  initiative: InitiativeRun,
  result: MeasuredInitiative,
  money: Show,
  level: string,
  period: Period = 'day',
): Phrase[] {
  const said: Phrase[] = [
    `${capitalise(perProductAnd(period))}, the `,
    tone('pilot', 'pilot'),
    ` says ${money(result.effect_estimate)}, with a ${level} interval from ${money(result.ci_lower)} to ${money(result.ci_upper)}. `,
  ];
  const judged = judge(initiative);
  if (judged === null) return [...said, 'Nobody is in the group the question is about, so there is no truth to compare with.'];
  const side = { holds: 'inside the interval', above: 'below the interval', below: 'above the interval' }[judged.verdict];
  return [...said, 'The ', tone('truth', 'truth'), ` is ${money(judged.truth)}, ${side}.`];
}

/** The tidy row as a list of figures. */
export function estimateFacts(result: MeasuredInitiative, money: Show): Fact[] {
  const facts: Fact[] = [
    { label: 'estimate', value: money(result.effect_estimate), tone: 'pilot' },
    { label: 'interval', value: `${money(result.ci_lower)} to ${money(result.ci_upper)}` },
    { label: 'p value', value: formatPValue(result.p_value), note: 'of no effect at all' },
  ];
  if (result.standard_error !== null) facts.push({ label: 'standard error', value: money(result.standard_error) });
  if (result.statistic !== null)
    facts.push({ label: result.df === null ? 'z statistic' : 't statistic', value: formatNumber(result.statistic, 2) });
  if (result.df !== null) facts.push({ label: 'degrees of freedom', value: formatNumber(result.df, Number.isInteger(result.df) ? 0 : 1) });
  return [...facts, ...sampleFacts(result)];
}

export function sampleFacts(result: PilotResult): Fact[] {
  return [
    { label: 'asks for the effect', value: estimandWords[result.estimand] },
    { label: 'products in the pilot', value: formatCount(result.sample_size) },
    { label: 'rows used', value: formatCount(result.n_observations) },
    { label: 'treated, control', value: `${formatCount(result.n_treated)}, ${formatCount(result.n_control)}` },
  ];
}

/** What is known of the naive answer. */
export function naiveFacts(interval: Interval | null, money: Show): Fact[] {
  if (interval === null) return [{ label: 'estimate', value: 'none' }];
  return [
    { label: 'estimate', value: money(interval.estimate) },
    { label: 'interval', value: `${money(interval.lower)} to ${money(interval.upper)}` },
  ];
}

/** How many of the methods beside each other caught the truth, and what the naive answer would have cost. */
export function sideBySideReading(rows: readonly MethodRow[], money: Show): Phrase[] {
  const methods = rows.filter((row) => row.place !== null && row.verdict !== null);
  const naive = rows.find((row) => row.place === null);
  const said: Phrase[] = [];
  if (methods.length > 1) {
    const caught = methods.filter((row) => row.verdict === 'holds').length;
    said.push(
      `${capitalise(countWord(methods.length))} methods can be judged: ${holdsWords(caught, methods.length)} the `,
      tone('truth', 'truth'),
      '. ',
    );
  }
  if (naive !== undefined && naive.bias !== null)
    said.push(
      `Without a method the answer would be ${money(Math.abs(naive.bias))} too ${naive.bias > 0 ? 'high' : 'low'}${naive.verdict === 'holds' ? ', within its interval' : ', and its interval would miss'}.`,
    );
  return said;
}

function holdsWords(caught: number, of: number): string {
  if (caught === 0) return 'none of their intervals holds';
  if (caught === of) return of === 2 ? 'both their intervals hold' : 'all their intervals hold';
  return `${countWord(caught)} of their intervals ${caught === 1 ? 'holds' : 'hold'}`;
}

export function levelWords(level: number): string {
  return formatPercent(level, Number.isInteger(Math.round(level * 1000) / 10) ? 0 : 1);
}
