/** Why something is not kept by the browser: `full`, no room is left; `denied`, it keeps nothing for this page. */
export type StorageProblem = 'full' | 'denied';

let problem = $state<StorageProblem | null>(null);
let dismissed = false;

/** Whether what is committed on the page outlasts it. The address keeps the scenario in any case. */
export const storageState = {
  get problem() {
    return problem;
  },
  /** Until the page is opened the next time. */
  dismiss(): void {
    dismissed = true;
    problem = null;
  },
  /** Something was not kept, or could not be read. */
  note(cause: unknown): StorageProblem {
    const found = storageProblem(cause);
    if (!dismissed) problem = found;
    return found;
  },
};

/** Keeps a text under a key of this page. Where that fails it is said once, and the page goes on with what it has in memory. */
export function keepText(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch (cause) {
    storageState.note(cause);
    return false;
  }
}

/** The text kept under a key; null where there is none, or where nothing may be read. */
export function keptText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps what was committed in this window, so that a reload does not lose it; other windows have their own. */
export function keepForReload(key: string, value: Readonly<Record<string, unknown>>): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch (cause) {
    storageState.note(cause);
  }
}

/** What was committed before a reload: fields of any kind, to be checked; none where nothing was. */
export function keptForReload(key: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

export function isWholeBetween(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

export function storageProblem(cause: unknown): StorageProblem {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  return /Quota|NS_ERROR_DOM_QUOTA/.test(name) ? 'full' : 'denied';
}
