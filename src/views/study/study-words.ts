import { formatCount, formatMoney } from '../../charts/format.ts';
import { presets } from '../../core/scenario/presets/index.ts';
import type { EstimateSummary, StudyFindings } from '../../core/study/study-document.ts';
import type { StudyProgress } from '../../state/study-progress.svelte.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { capitalise, counted, countWord, sentence } from '../shared/words.ts';
import { coverageVerdict } from './coverage-verdict.ts';
import { roundedMeasure } from './rounded-measure.ts';

export const beforeHeading = 'Would it work again? One run shows luck; a study shows the procedure.';
export const beforeLead =
  'A study repeats the loop with new random numbers each time: other products, another assignment, the same effects. It counts how often each interval holds the truth, how far estimates are off on average, and what the decisions cost against an oracle that knows every effect.';

/** The heading of the place: what the study found. */
export function studyHeading(findings: StudyFindings, money: Money): string {
  const over = `Over ${formatCount(findings.replications)} ${findings.replications === 1 ? 'replication' : 'replications'}`;
  const parts = [estimatesFinding(findings), decisionFinding(findings, money)].filter((part) => part !== null);
  return parts.length === 0 ? `${over}, there is nothing that can be judged.` : `${over}, ${parts.join('; ')}.`;
}

/** How many of the initiatives' own methods do what their intervals promise; without effects, as the promise about false alarms. */
function estimatesFinding({ diagnosands, scenario, settings }: StudyFindings): string | null {
  const judged = ownMethods(diagnosands, 'population');
  if (judged.length === 0) return null;
  const verdicts = judged.map(({ diagnosands: { coverage }, replications }) =>
    coverageVerdict(coverage, scenario.confidence_level, replications),
  );
  const unclear = verdicts.filter((verdict) => verdict === 'cannot tell').length;
  const kept = verdicts.filter((verdict) => verdict === 'as promised').length;
  if (unclear === verdicts.length) return 'too few to tell whether the intervals cover as promised';
  const clause = `${ofAll(kept, verdicts.length, 'method')} as promised`;
  return settings.effect === 'none' ? `without any effect, ${clause}` : clause;
}

/** 'all five methods cover', 'four of five methods cover', 'the one method covers', 'none of five methods covers'. */
function ofAll(count: number, of: number, noun: string): string {
  if (of === 1) return `the one ${noun} ${count === 1 ? 'covers' : 'does not cover'}`;
  if (count === of) return of === 2 ? `both ${noun}s cover` : `all ${counted(of, noun)} cover`;
  if (count === 0) return of === 2 ? `neither ${noun} covers` : `none of ${counted(of, noun)} covers`;
  return `${countWord(count)} of ${counted(of, noun)} ${count === 1 ? 'covers' : 'cover'}`;
}

function decisionFinding({ decision }: StudyFindings, money: Money): string | null {
  const regret = decision?.arms[0]?.expected_regret ?? null;
  if (regret === null) return null;
  if (regret.value === 0 && regret.monte_carlo_se === 0) return 'deciding this way never cost anything';
  const { value, error } = roundedMeasure(regret, 'outcome', (amount, decimals) => formatMoney(amount, money.symbol, decimals));
  return `deciding this way costs ${value}${error === '' ? '' : ` \u00b1 ${error}`} on average`;
}

/** What was repeated, and how to read it. */
export function studyReading({ settings, scenario, replications, planned }: StudyFindings): Phrase[] {
  if (scenario.initiatives.every(({ source }) => source === 'stated'))
    return [
      'All returns of ',
      tone(scenario.title, 'name'),
      ' are stated, so nothing is drawn anew: every replication is the same. Give an initiative a simulated pilot to see what chance does.',
    ];
  const what = {
    estimates: 'Every pilot was drawn and measured anew each time; nothing was decided.',
    decision: 'Every pilot was drawn and measured anew each time, and the budget allocated anew on what they said.',
    whole: 'The whole loop was run anew each time, with the measurement at scale.',
  }[settings.extent];
  const world = settings.effect === 'none' ? ' In these worlds no initiative does anything (A/A): whatever was found is chance.' : '';
  const part =
    replications < planned ? ` These are the first ${formatCount(replications)} of ${formatCount(planned)}: they stand as they are.` : '';
  return [
    'Study of ',
    tone(scenario.title, 'name'),
    `. ${what}${world} After each figure, in brackets, its Monte Carlo error: how far it may be off for there being only so many replications.${part}`,
  ];
}

export function progressWords({ status, done, planned, secondsLeft }: StudyProgress): string {
  const count = `${formatCount(done)} of ${formatCount(planned)} replications`;
  if (status === 'running') return secondsLeft === null ? count : `${count}, ${timeLeft(secondsLeft)}`;
  if (status === 'paused') return `paused after ${count}`;
  if (status === 'cancelled') return `cancelled after ${count}`;
  if (status === 'failed') return `stopped by an error after ${count}`;
  if (status === 'done' && done < planned) return `precise enough after ${count}`;
  return count;
}

/** 'about 40 s left', 'about 3 min left': no finer than a guess can be. */
export function timeLeft(seconds: number): string {
  if (seconds < 2) return 'almost done';
  if (seconds < 10) return `about ${Math.round(seconds)} s left`;
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s left`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min left`;
  return `about ${Math.round(seconds / 3600)} h left`;
}

export function ownMethods(summaries: readonly EstimateSummary[], about: EstimateSummary['about']): EstimateSummary[] {
  return summaries.filter((summary) => summary.position === 0 && summary.about === about);
}

/** 'no answer in 3 of 200: There is no control (2), ...'. */
export function failureWords({ failures, replications }: EstimateSummary): string {
  if (failures.count === 0) return 'always an answer';
  const reasons = Object.entries(failures.reasons)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${count === 1 ? 'Once' : `${formatCount(count)} times`}: ${sentence(reason)}`);
  return `No answer in ${formatCount(failures.count)} of ${formatCount(failures.count + replications)}. ${capitalise(reasons.join(' '))}`;
}

/** How to get the same on the command line; null where the scenario is no preset as it stands. */
export function studyCommand({ scenario, settings, replications, planned }: StudyFindings): string | null {
  const preset = presets.find((candidate) => candidate.scenario === scenario);
  if (preset === undefined) return null;
  const { extent, effect, precision } = settings;
  const aa = effect === 'none' ? ' --aa' : '';
  const until = precision === null ? '' : ` --precision ${precision.diagnosand}:${precision.monte_carlo_se}`;
  const count = precision === null ? replications : planned;
  return `npm run --silent cli -- study --preset ${preset.id} --replications ${count} --extent ${extent}${aa}${until}`;
}
