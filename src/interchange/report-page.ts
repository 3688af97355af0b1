/** The element that holds the run in a report saved as a page. */
export const runElementId = 'impact-workbench-run';

const opening = `<script type="application/json" id="${runElementId}">`;

/** The run as JSON text in a report that was saved as a page; null where the text is no such page. */
export function runOfPage(text: string): string | null {
  if (!/^\s*<!doctype html>/i.test(text)) return null;
  const start = text.indexOf(opening);
  const end = start < 0 ? -1 : text.indexOf('</script>', start);
  return end < 0 ? null : text.slice(start + opening.length, end);
}
