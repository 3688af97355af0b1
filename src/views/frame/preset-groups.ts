import { presets } from '../../core/scenario/presets/index.ts';
import type { PickGroup, PickItem } from '../../ui/pick-list.ts';

/** Presets that are about no one thing in particular; every other one has a lesson to tell. */
const toStartFrom: readonly string[] = ['online-retail-five', 'worked-example', 'winners-curse'];

/** The presets as lists to choose from: those to start from, and those that each make one point. */
export function presetGroups(current: string): PickGroup[] {
  const items = (isStart: boolean): PickItem[] =>
    presets
      .filter(({ id }) => toStartFrom.includes(id) === isStart)
      .map(({ id, title, summary }) => ({ id, label: title, summary, current: id === current }));
  return [
    { name: 'Start', items: items(true) },
    { name: 'Lessons', items: items(false) },
  ].filter(({ items }) => items.length > 0);
}
