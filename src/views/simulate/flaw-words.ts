import { formatPercent, formatSigned } from '../../charts/format.ts';
import type { EstimateRow } from '../../charts/estimate-geometry.ts';
import type { Measurement } from '../../core/contracts/run.ts';
import { truePerUnit } from '../../core/scale/truth.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { findAssignmentDesign } from '../../core/simulate/assignment-designs/index.ts';
import { flawSetting } from '../../core/simulate/flaws/index.ts';
import { flawDescriptions } from '../../state/catalogue.ts';
import type { PickItem } from '../../ui/pick-list.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { methodLabel } from '../shared/catalogue.ts';
import { sentence } from '../shared/words.ts';

type Show = (value: number) => string;

/** Flaws that can be added to an initiative's pilot; those that cannot happen there, or do already, say why. */
export function flawsToAdd(initiative: SimulatedInitiative): PickItem[] {
  const design = findAssignmentDesign(initiative.design.id);
  const setting = design === undefined ? null : flawSetting(design, initiative.design.parameters as never, initiative.catalog);
  return flawDescriptions.map((flaw) => {
    const isThere = initiative.flaws.some(({ id }) => id === flaw.id);
    const defaults = Object.fromEntries(Object.entries(flaw.parameters).map(([name, parameter]) => [name, parameter.default]));
    const misfit = setting === null ? null : (flaw.misfit?.(defaults as never, setting) ?? null);
    return {
      id: flaw.id,
      label: flaw.label,
      summary: flaw.summary,
      unavailable: isThere ? 'It is there already: turn its severity.' : misfit,
    };
  });
}

/** The method and the naive answer on the pilot as seen, each followed by what it says of the same pilot without its flaws. */
export function flawRows(pilot: Measurement, flawless: Measurement | null): EstimateRow[] {
  const method = methodLabel(pilot.result.method);
  const rows: EstimateRow[] = [{ id: 'method', label: method, detail: 'as seen', tone: 'pilot', ...methodAnswer(pilot) }];
  if (flawless !== null)
    rows.push({ id: 'method-flawless', label: method, detail: 'without the flaws', tone: 'neutral', ...methodAnswer(flawless) });
  if (pilot.result.method === 'naive_difference') return rows;
  rows.push({ id: 'naive', label: 'Naive difference', detail: 'as seen', tone: 'neutral', ...naiveAnswer(pilot) });
  if (flawless !== null)
    rows.push({ id: 'naive-flawless', label: 'Naive difference', detail: 'without the flaws', tone: 'neutral', ...naiveAnswer(flawless) });
  return rows;
}

/** How far the flaws moved both answers, in a sentence. */
export function flawReading(pilot: Measurement, flawless: Measurement | null, money: Show): Phrase[] {
  const truth = truePerUnit(pilot);
  const { result } = pilot;
  if (result.status !== 'ok') return ['The method has no answer on these data: ', `${result.reason}`];
  if (truth === null) {
    const reason = pilot.truth.missing[result.estimand];
    return [
      reason === undefined ? 'Nobody is in the group the question is about, so there is no truth to compare with.' : sentence(reason),
    ];
  }
  const off = result.effect_estimate - truth;
  const where: Phrase[] = ['The method is off by ', tone(formatSigned(off, money), 'pilot')];
  if (truth !== 0)
    where.push(` (${formatSigned(off / Math.abs(truth), (share) => formatPercent(share, 0))} of the `, tone('truth', 'truth'), ')');
  if (flawless?.result.status !== 'ok') return [...where, '.'];
  const moved = result.effect_estimate - flawless.result.effect_estimate;
  return [...where, moved === 0 ? '; the flaws moved it by nothing.' : `; the flaws alone moved it by ${formatSigned(moved, money)}.`];
}

type Answer = Pick<EstimateRow, 'interval' | 'note'>;

function methodAnswer({ result }: Measurement): Answer {
  if (result.status !== 'ok') return { interval: null, note: 'no estimate' };
  return { interval: { estimate: result.effect_estimate, lower: result.ci_lower, upper: result.ci_upper } };
}

function naiveAnswer({ naive }: Measurement): Answer {
  if (naive === null) return { interval: null, note: 'nobody to compare with' };
  return { interval: { estimate: naive.estimate, lower: naive.ci_lower, upper: naive.ci_upper } };
}
