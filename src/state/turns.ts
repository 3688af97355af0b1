const longestTurnMs = 8;

/** To be awaited between pieces of long work: lets the page draw and answer once it has gone on for a while, and ends it where it is aborted. */
export function turns(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - since < longestTurnMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}
