import type { Run } from '../core/contracts/run.ts';
import { outcomeCsv } from '../interchange/outcome-csv.ts';
import { outcomeMarkdown } from '../interchange/outcome-markdown.ts';

export function downloadReportCsv(run: Run): void {
  download('outcome-report.csv', 'text/csv', outcomeCsv(run));
}

export function downloadReportMarkdown(run: Run): void {
  download('outcome-report.md', 'text/markdown', outcomeMarkdown(run));
}

/** Copies the address of what is on the screen. */
export async function copyLink(): Promise<'copied' | 'failed'> {
  try {
    await navigator.clipboard.writeText(location.href);
    return 'copied';
  } catch {
    return 'failed';
  }
}

function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
