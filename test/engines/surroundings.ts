/** The engine's own word for where it is: language, time zone, and two things that a careless program depends on. */
export function surroundingsHere(): string {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${locale}, ${timeZone}, ${(1234.5).toLocaleString()}, ${'I'.toLocaleLowerCase()}`;
}
