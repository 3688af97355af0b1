import { onlineRetailFive } from './online-retail-five.ts';
import type { Preset } from './preset.ts';
import { workedExample } from './worked-example.ts';

/** Every preset, the first being the one the page opens with. */
export const presets: readonly Preset[] = [onlineRetailFive, workedExample];
export const defaultPreset = onlineRetailFive;

export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
