import { defaultSettings, type StudySettings } from '../core/study/study-plan.ts';
import { precisionTargets } from '../core/study/target-precision.ts';
import { isWholeBetween, keepText, keptText } from './storage.svelte.ts';

/** What a person sets about a study; kept on this machine until it is set anew. */
export type StudyChoices = {
  readonly replications: number;
  readonly extent: StudySettings['extent'];
  readonly effect: StudySettings['effect'];
  /** Stops once the target is met; the target stays as typed while this is off. */
  readonly stopsEarly: boolean;
  readonly target: { readonly diagnosand: string; readonly monte_carlo_se: number };
};

export const mostReplications = 100_000;

const key = 'impact-workbench-study';
const atFirst: StudyChoices = {
  replications: 200,
  extent: 'decision',
  effect: 'as_declared',
  stopsEarly: false,
  target: { diagnosand: 'coverage', monte_carlo_se: 0.01 },
};

let choices = $state.raw<StudyChoices>({ ...atFirst, ...stored() });

export const studyChoices = {
  get now(): StudyChoices {
    return choices;
  },
  set(change: Partial<StudyChoices>): null {
    choices = { ...choices, ...change };
    keepText(key, JSON.stringify(choices));
    return null;
  },
  /** What a study of these choices depends on. */
  get settings(): StudySettings {
    const { extent, effect, stopsEarly, target } = choices;
    return { ...defaultSettings, extent, effect, precision: stopsEarly ? target : null };
  },
};

/** Only what can be used: the rest is as at first. */
function stored(): Partial<StudyChoices> {
  try {
    const { replications, extent, effect, stopsEarly, target } = JSON.parse(keptText(key) ?? '{}') as Record<string, unknown>;
    return {
      ...(isWholeBetween(replications, 1, mostReplications) ? { replications } : {}),
      ...(typeof stopsEarly === 'boolean' && isTarget(target) ? { stopsEarly, target } : {}),
      ...(extent === 'estimates' || extent === 'decision' || extent === 'whole' ? { extent } : {}),
      ...(effect === 'as_declared' || effect === 'none' ? { effect } : {}),
    };
  } catch {
    return {};
  }
}

function isTarget(value: unknown): value is StudyChoices['target'] {
  if (typeof value !== 'object' || value === null) return false;
  const { diagnosand, monte_carlo_se: error } = value as Readonly<Record<string, unknown>>;
  return (
    typeof diagnosand === 'string' && typeof error === 'number' && error > 0 && error < Infinity && precisionTargets.includes(diagnosand)
  );
}
