/** Width of a text in px. Geometry must know it without a page, so it comes from a table of the page's sans. */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  let units = 0;
  for (const character of text) units += widths[character] ?? (character > '\u024f' ? 62 : 54);
  return (units * size * (weight === 600 ? 1.035 : 1)) / 100;
}

/** Shortened in the middle where it does not fit: both ends of a name tell names apart. */
export function fitText(text: string, room: number, size: number, weight: 400 | 600 = 400): string {
  if (textWidth(text, size, weight) <= room) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept >= 2; kept--) {
    const head = Math.ceil(kept * 0.6);
    const short = `${characters.slice(0, head).join('')}\u2026${characters.slice(characters.length - (kept - head)).join('')}`;
    if (textWidth(short, size, weight) <= room) return short;
  }
  return '\u2026';
}

/** Broken at middle dots, else at spaces and after hyphens, into at most `maxLines`; what is left over is shortened. */
export function wrapText(text: string, room: number, size: number, maxLines: number, weight: 400 | 600 = 400): string[] {
  const byDots = text.split(/(?<=\u00b7 )/);
  const pieces = byDots.every((piece) => textWidth(piece.trimEnd(), size, weight) <= room) ? byDots : text.split(/(?<=[\s-])/);
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && textWidth((line + piece).trimEnd(), size, weight) > room && lines.length < maxLines - 1) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines.map((text) => fitText(text.replace(/ \u00b7$/, ''), room, size, weight));
}

// Advance widths of Source Sans 3 at weight 400, in hundredths of the font size.
const byWidth: Record<number, string> = {
  20: ' ',
  25: "',.:;Iijl\u00b7|",
  30: '!()[]{}-ft',
  35: '/\\rs',
  43: '"*?csz',
  48: 'JYkvxy',
  50: '#$+0123456789<=>^_aegELF~\u2212\u00d7\u00b1\u20ac\u00a3\u2013',
  55: 'ABPRSTVXZbdhnopqu`',
  61: 'CDGKQ&U',
  66: 'HNO',
  72: 'w',
  84: 'MmW%@\u2014',
  95: '\u2026',
};

const widths: Record<string, number> = Object.fromEntries(
  Object.entries(byWidth).flatMap(([width, characters]) => [...characters].map((character) => [character, Number(width)])),
);
