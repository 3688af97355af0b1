import { keepText, keptText } from './storage.svelte.ts';

/** A person's own portfolio, with the steps back and forward, and whether the best one is hidden until they have made up their mind. */
type Ticks = {
  readonly ids: readonly string[];
  readonly past: readonly (readonly string[])[];
  readonly future: readonly (readonly string[])[];
};
type Stored = { readonly name: string; readonly ids: readonly string[]; readonly hidden: boolean };

const key = 'impact-workbench-own-portfolios';
/** Scenarios remembered, the last used first. */
const remembered = 30;
const historyLength = 100;
const none: Ticks = { ids: [], past: [], future: [] };

let name = $state('');
let ticks = $state.raw<Ticks>(none);
let hidden = $state(false);

/** The name a scenario is remembered by. */
export function portfolioOwner(presetId: string, title: string): string {
  return `${presetId} ${title}`;
}

export const ownPortfolio = {
  get ids() {
    return ticks.ids;
  },
  get canUndo() {
    return ticks.past.length > 0;
  },
  get canRedo() {
    return ticks.future.length > 0;
  },
  get hidden() {
    return hidden;
  },
  /** Whether the best one is hidden in the scenario of that name, opened or not. */
  isHiddenIn(scenario: string): boolean {
    return scenario === name ? hidden : (readAll().find((entry) => entry.name === scenario)?.hidden ?? false);
  },
  /** The portfolio last ticked in the scenario of that name. */
  open(scenario: string): void {
    if (scenario === name) return;
    const stored = readAll().find((entry) => entry.name === scenario);
    name = scenario;
    ticks = { ...none, ids: stored?.ids ?? [] };
    hidden = stored?.hidden ?? false;
  },
  toggle(id: string): void {
    this.set(ticks.ids.includes(id) ? ticks.ids.filter((other) => other !== id) : [...ticks.ids, id]);
  },
  set(ids: readonly string[]): void {
    if (ids.length === ticks.ids.length && ids.every((id) => ticks.ids.includes(id))) return;
    keep({ ids, past: [...ticks.past, ticks.ids].slice(-historyLength), future: [] });
  },
  undo(): void {
    const previous = ticks.past.at(-1);
    if (previous !== undefined) keep({ ids: previous, past: ticks.past.slice(0, -1), future: [ticks.ids, ...ticks.future] });
  },
  redo(): void {
    const [next, ...future] = ticks.future;
    if (next !== undefined) keep({ ids: next, past: [...ticks.past, ticks.ids], future });
  },
  hide(isHidden: boolean): void {
    hidden = isHidden;
    store();
  },
};

function keep(next: Ticks): void {
  ticks = next;
  store();
}

function store(): void {
  const others = readAll().filter((entry) => entry.name !== name);
  const mine: Stored = { name, ids: ticks.ids, hidden };
  keepText(key, JSON.stringify([mine, ...others].slice(0, remembered)));
}

function readAll(): Stored[] {
  try {
    const stored: unknown = JSON.parse(keptText(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isStored) : [];
  } catch {
    return [];
  }
}

function isStored(entry: unknown): entry is Stored {
  if (typeof entry !== 'object' || entry === null) return false;
  const { name: title, ids, hidden: isHidden } = entry as Partial<Stored>;
  return typeof title === 'string' && typeof isHidden === 'boolean' && Array.isArray(ids) && ids.every((id) => typeof id === 'string');
}
