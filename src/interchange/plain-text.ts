/** Text from outside for a sentence of ours: not too long, and without characters that do not show or turn the direction of reading. */
export function plainText(text: string, longest: number): string {
  const seen = text.slice(0, longest + 1).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '\u00b7');
  return seen.length > longest ? `${seen.slice(0, longest - 1)}\u2026` : seen;
}
