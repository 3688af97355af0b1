/** What a word in running text is about; it carries the colour of its series. */
export type Tone = 'truth' | 'pilot' | 'scale' | 'funded' | 'regret' | 'name' | 'strong';

/** Running text as data, so that sentences are computed and tested without a page. */
export type Phrase = string | { readonly text: string; readonly tone: Tone };

export function tone(text: string, tone: Tone): Phrase {
  return { text, tone };
}

/** The sentence as plain text. */
export function plainText(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.text)).join('');
}
