import { isNode, LineCounter, parseDocument } from 'yaml';

/** The line, from 1, on which a dotted path begins in a JSON text, or the nearest thing above it that is there; null where the text is none. */
export function lineOf(text: string, path: string): number | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0 } as never);
  const keys = path === '' ? [] : path.split('.');
  for (let depth = keys.length; depth >= 0; depth -= 1) {
    const node: unknown = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
