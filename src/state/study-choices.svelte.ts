import { defaultSettings, type StudySettings } from '../core/study/study-plan.ts';

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
    try {
      localStorage.setItem(key, JSON.stringify(choices));
    } catch {
      // Storage may be denied or full: the choice then lasts until the page is closed.
    }
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
    const { replications, extent, effect } = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    return {
      ...(Number.isInteger(replications) && (replications as number) >= 1 && (replications as number) <= mostReplications
        ? { replications: replications as number }
        : {}),
      ...(extent === 'estimates' || extent === 'decision' || extent === 'whole' ? { extent } : {}),
      ...(effect === 'as_declared' || effect === 'none' ? { effect } : {}),
    };
  } catch {
    return {};
  }
}
