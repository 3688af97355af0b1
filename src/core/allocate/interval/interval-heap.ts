/** A priority queue: `pop` gives the entry with the smallest key. */
export function smallestFirst<T>(key: (entry: T) => number): { readonly push: (entry: T) => void; readonly pop: () => T | undefined } {
  const entries: T[] = [];
  const keys: number[] = [];
  const place = (k: number, entry: T, value: number) => {
    entries[k] = entry;
    keys[k] = value;
  };
  return {
    push(entry) {
      const value = key(entry);
      let k = entries.length;
      for (let up = (k - 1) >> 1; k > 0 && (keys[up] as number) > value; up = (k - 1) >> 1) {
        place(k, entries[up] as T, keys[up] as number);
        k = up;
      }
      place(k, entry, value);
    },
    pop() {
      const top = entries[0];
      const last = entries.pop();
      const value = keys.pop() ?? 0;
      if (last === undefined || entries.length === 0) return top;
      let k = 0;
      for (let child = 1; child < entries.length; child = 2 * k + 1) {
        if (child + 1 < entries.length && (keys[child + 1] as number) < (keys[child] as number)) child += 1;
        if ((keys[child] as number) >= value) break;
        place(k, entries[child] as T, keys[child] as number);
        k = child;
      }
      place(k, last, value);
      return top;
    },
  };
}
