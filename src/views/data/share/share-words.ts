import { findPreset } from '../../../core/scenario/presets/index.ts';
import type { Scenario } from '../../../core/scenario/scenario.ts';
import { counted, listed } from '../../shared/words.ts';

/** What a link to the scenario holds, in words. */
export function heldWords(scenario: Scenario, presetId: string, replication: number, digest: string | null): string {
  const preset = findPreset(presetId);
  const changes = preset === undefined ? [] : changesFrom(preset.scenario, scenario);
  const start = preset === undefined ? 'The scenario' : `The preset \u201c${preset.title}\u201d`;
  const what = changes.length === 0 ? `${start} as it is` : `${start} with changes in ${listed(changes)}`;
  const which = replication === 0 ? '' : `, replication ${replication.toLocaleString('en')}`;
  const promise =
    digest === null
      ? '. The run is not finished, so the link does not say yet what it should give.'
      : `, and the digest ${digest.slice(0, 12)}, so that whoever opens it is told whether every result came out the same.`;
  return `${what}${which}${promise}`;
}

/** The parts in which a scenario differs from another. */
export function changesFrom(before: Scenario, after: Scenario): string[] {
  const settings = (Object.keys(after) as (keyof Scenario)[])
    .filter((name) => name !== 'initiatives' && JSON.stringify(after[name]) !== JSON.stringify(before[name]))
    .map((name) => name.replaceAll('_', ' '));
  const known = new Map(before.initiatives.map((initiative) => [initiative.initiative_id, JSON.stringify(initiative)]));
  const fresh = after.initiatives.filter(({ initiative_id: id }) => !known.has(id)).length;
  const gone = before.initiatives.length - (after.initiatives.length - fresh);
  const changed = after.initiatives.filter(
    (one) => known.has(one.initiative_id) && known.get(one.initiative_id) !== JSON.stringify(one),
  ).length;
  const parts = [
    ...settings,
    ...(changed > 0 ? [counted(changed, 'initiative')] : []),
    ...(fresh > 0 ? [`${counted(fresh, 'new initiative')}`] : []),
    ...(gone > 0 ? [`${counted(gone, 'initiative')} left out`] : []),
  ];
  const isReordered = parts.length === 0 && JSON.stringify(before.initiatives) !== JSON.stringify(after.initiatives);
  return isReordered ? ['the order of the initiatives'] : parts;
}

/** Who cannot open an address on this computer or network; null where everybody can. */
export function reachWords({ protocol, hostname }: { readonly protocol: string; readonly hostname: string }): string | null {
  if (protocol === 'file:')
    return 'This page was opened from a file on this computer, so the link opens nowhere else. Others can open the scenario as a file.';
  if (/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))
    return `Others cannot open this link: \u201c${hostname}\u201d is this computer to everybody. Publish the page on a host that others reach, or pass the scenario on as a file.`;
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)|\.local$/.test(hostname))
    return `Only computers in the same network can open this link: \u201c${hostname}\u201d is an address inside it.`;
  return null;
}

/** How much of a code may be covered or dirty, by its level. */
export const correctionWords = { L: '7%', M: '15%', Q: '25%', H: '30%' } as const;
