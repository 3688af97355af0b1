import { formatNumber } from '../../charts/format.ts';
import type { Initiative, Scenario } from '../../core/scenario/scenario.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { named } from './phrases.ts';

/** The initiatives whose effect changes on the way to scale, with what it is multiplied by. */
function transported(initiatives: readonly Initiative[]): { readonly id: string; readonly multiplier: number }[] {
  return initiatives.flatMap((initiative) =>
    initiative.source === 'simulated' && initiative.effect_at_scale !== 1
      ? [{ id: initiative.initiative_id, multiplier: initiative.effect_at_scale }]
      : [],
  );
}

/** What becomes of an effect: 'is 0.5 times as large'. */
export function transportWords(multiplier: number): string {
  if (multiplier === 0) return 'is gone';
  if (multiplier === -1) return 'is turned round';
  if (multiplier < 0) return `is turned round, ${times(-multiplier)} as large`;
  return multiplier === 1 ? 'is the same' : `is ${times(multiplier)} as large`;
}

/** Said wherever a pilot's truth and the truth at scale stand side by side; empty where every effect carries over as it is. */
export function transportSentence({ initiatives }: Pick<Scenario, 'initiatives'>, ids: readonly string[] | null = null): Phrase[] {
  const changed = transported(initiatives).filter(({ id }) => ids === null || ids.includes(id));
  if (changed.length === 0) return [];
  const names = named(changed.map(({ id }) => id));
  const opening: Phrase[] = ['At ', tone('scale', 'scale')];
  if (changed.some(({ multiplier }) => multiplier !== changed[0]!.multiplier))
    return [...opening, ' the effects of ', ...names, ' are no longer those of the pilots, which no pilot can show.'];
  return [...opening, ` the effect ${transportWords(changed[0]!.multiplier)} for `, ...names, ', which no pilot can show.'];
}

function times(multiplier: number): string {
  return multiplier === 2
    ? 'twice'
    : `${formatNumber(multiplier, 2)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')} times`;
}
