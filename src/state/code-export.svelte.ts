import type { Run } from '../core/contracts/run.ts';
import type { CodeHeader, CodeLanguageId, LeftOut, RunEstimate } from '../interchange/code/index.ts';
import type { PilotFile } from '../interchange/pilot-file.ts';
import { saveFile } from './downloads.ts';
import { route } from './route.svelte.ts';
import { scenarioState } from './scenario.svelte.ts';
import { turns } from './turns.ts';

type Saved = { readonly name: string; readonly bytes: number; readonly estimates: number; readonly leftOut: readonly LeftOut[] };
type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly done: number; readonly of: number }
  | ({ readonly kind: 'saved'; readonly run: Run } & Saved)
  | { readonly kind: 'failed'; readonly message: string };

let status = $state.raw<Status>({ kind: 'idle' });
let underWay: AbortController | null = null;

/** A script that works a run's estimates out again, zipped with their data. One at a time. */
export const codeExport = {
  get status() {
    return status;
  },
  async save(run: Run, language: CodeLanguageId): Promise<void> {
    underWay?.abort();
    const mine = (underWay = new AbortController());
    const report = (done: number, of: number) => {
      if (underWay === mine) status = { kind: 'working', done, of };
    };
    try {
      const saved = await zipped(run, language, mine.signal, report);
      if (underWay === mine) status = { kind: 'saved', run, ...saved };
    } catch (cause) {
      if (underWay !== mine) return;
      status = mine.signal.aborted ? { kind: 'idle' } : { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
    }
  },
  cancel(): void {
    underWay?.abort();
  },
};

async function zipped(run: Run, id: CodeLanguageId, signal: AbortSignal, report: (done: number, of: number) => void): Promise<Saved> {
  report(0, 1);
  const header = headerOf(run);
  const [code, { writeZip }, { pilotSample }, { scenarioFileName }] = await Promise.all([
    import('../interchange/code/index.ts'),
    import('../interchange/job-directory/write-zip.ts'),
    import('./pilot-files.ts'),
    import('../interchange/scenario-file.ts'),
  ]);
  const estimates = code.runEstimates(run);
  const made: { readonly estimate: RunEstimate; readonly pilot: PilotFile }[] = [];
  for (const estimate of estimates) {
    report(made.length, estimates.length);
    made.push({ estimate, pilot: await pilotSample(estimate.task, signal) });
  }
  const questions = made.map(({ estimate, pilot }) => code.runQuestion(estimate, pilot));
  const language = code.codeLanguages[id];
  const files = new Map([
    [language.file, code.writeScript(language, header, questions)],
    ...made.map(({ estimate, pilot }) => [estimate.file, pilot.csv] as const),
  ]);
  const content = new Blob(await writeZip(asTextFiles(files), { pause: turns(signal) }), { type: 'application/zip' });
  const name = scenarioFileName(run.scenario.title, 'zip').replace('scenario.zip', `${id}.zip`);
  saveFile(name, content);
  return { name, bytes: content.size, estimates: estimates.length, leftOut: code.leftOut(language, questions) };
}

function headerOf({ scenario, digest }: Run): CodeHeader {
  const link = scenarioState.isTooLongForLink ? null : `${location.href.replace(/#.*$/s, '')}${route.href('measure', null)}`;
  return { title: scenario.title, link, digest };
}

async function* asTextFiles(files: ReadonlyMap<string, string>) {
  for (const [path, text] of files) yield await Promise.resolve({ path, text });
}
