import { spawnBrowserWorker } from '../../../src/engine/browser-worker.ts';
import { workerPool } from '../../../src/engine/worker-pool.ts';
import { runComparison, type EngineReport } from '../comparison.ts';
import { ownFunctionsHere, surroundingsHere } from '../surroundings.ts';

// Does all the work in as many workers as ?workers= says and leaves an EngineReport, or what went wrong, in html[data-report].
const workers = Number(new URLSearchParams(location.search).get('workers'));
try {
  document.documentElement.dataset['report'] = JSON.stringify(await report());
} catch (error) {
  document.documentElement.dataset['report'] = JSON.stringify({
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}

async function report(): Promise<EngineReport> {
  const started = performance.now();
  const pool = workerPool({ size: workers, spawn: spawnBrowserWorker });
  const digests = await runComparison(pool, pool, workers);
  pool.dispose();
  return {
    digests,
    seconds: (performance.now() - started) / 1000,
    surroundings: [surroundingsHere(), await surroundingsInWorker()],
    ownFunctions: ownFunctionsHere(),
  };
}

function surroundingsInWorker(): Promise<string> {
  const worker = new Worker(new URL('./surroundings.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => (worker.terminate(), resolve(data));
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}
