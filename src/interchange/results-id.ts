const LONGEST = 80;

/**
 * The id that a name gives: letters without their accents, digits, _ and -; whatever else it holds becomes a hyphen. Empty where
 * nothing is left of it. @example 'Title AI' -> 'Title-AI'
 */
export function asInitiativeId(name: string): string {
  const given = name.trim();
  if (/^[A-Za-z0-9_-]{1,80}$/.test(given)) return given;
  return given
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST);
}
