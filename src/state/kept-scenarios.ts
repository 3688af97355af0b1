import { createStore, entries, promisifyRequest, type UseStore } from 'idb-keyval';

/** What is kept by id, wherever it is kept. What comes back may be anything: other versions of the page wrote it too. */
export type KeptStore = {
  readonly all: () => Promise<readonly (readonly [string, unknown])[]>;
  /**
   * Puts what `edit` makes of the entry in its place, undefined for none, in one transaction: no other window comes between.
   * `edit` may throw to leave everything as it is.
   */
  readonly change: (id: string, edit: (now: unknown) => unknown) => Promise<void>;
};

const database = 'impact-workbench-scenarios';

/** Kept by the browser, for every window of the page. */
export function browserStore(): KeptStore {
  const use = createStore(database, 'scenarios');
  return {
    all: async () => entries<string, unknown>(use),
    change: (id, edit) => changeIn(use, id, edit),
  };
}

/** Kept as long as the window is open. */
export function memoryStore(): KeptStore & { readonly has: (id: string) => boolean } {
  const kept = new Map<string, unknown>();
  return {
    has: (id) => kept.has(id),
    all: () => Promise.resolve([...kept]),
    change: (id, edit) => {
      const next = edit(kept.get(id));
      if (next === undefined) kept.delete(id);
      else kept.set(id, next);
      return Promise.resolve();
    },
  };
}

function changeIn(use: UseStore, id: string, edit: (now: unknown) => unknown): Promise<void> {
  return use(
    'readwrite',
    (store) =>
      new Promise<void>((resolve, reject) => {
        const asked = store.get(id) as IDBRequest<unknown>;
        asked.onerror = () => reject(new Error('the entry cannot be read', { cause: asked.error }));
        asked.onsuccess = () => {
          try {
            const next = edit(asked.result);
            if (next === undefined) store.delete(id);
            else store.put(next, id);
            promisifyRequest(store.transaction).then(resolve, reject);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
      }),
  );
}
