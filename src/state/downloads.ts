import type { Run } from '../core/contracts/run.ts';
import type { CorrectedPredictions } from '../core/scale/corrected-predictions.ts';
import { outcomeCsv } from '../interchange/outcome-csv.ts';
import { outcomeMarkdown } from '../interchange/outcome-markdown.ts';

export function downloadReportCsv(run: Run, predictions: CorrectedPredictions | null): void {
  download('outcome-report.csv', 'text/csv', outcomeCsv(run, predictions));
}

export function downloadReportMarkdown(run: Run, predictions: CorrectedPredictions | null): void {
  download('outcome-report.md', 'text/markdown', outcomeMarkdown(run, predictions));
}

export function downloadJson(name: string, value: unknown): void {
  download(name, 'application/json', `${JSON.stringify(value, null, 2)}\n`);
}

export function downloadCsv(name: string, text: string): void {
  download(name, 'text/csv', text);
}

/** Copies the address of what is on the screen. */
export function copyLink(): Promise<'copied' | 'failed'> {
  return copyText(location.href);
}

export async function copyText(text: string): Promise<'copied' | 'failed'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'failed';
  }
}

function download(name: string, type: string, text: string): void {
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
