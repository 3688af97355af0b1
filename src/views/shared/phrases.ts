import { tone, type Phrase, type Tone } from '../../ui/phrase.ts';

/** Names in running text: 'a', 'a and b', 'a, b and c', each in italics. */
export function named(ids: readonly string[], nameTone: Tone = 'name'): Phrase[] {
  return ids.flatMap((id, i): Phrase[] => {
    const before = i === 0 ? '' : i === ids.length - 1 ? ' and ' : ', ';
    return before === '' ? [tone(id, nameTone)] : [before, tone(id, nameTone)];
  });
}

/** Joins sentences with spaces; empty ones are left out. */
export function paragraph(sentences: readonly (readonly Phrase[])[]): Phrase[] {
  return sentences.filter((sentence) => sentence.length > 0).flatMap((sentence, i) => (i === 0 ? [...sentence] : [' ', ...sentence]));
}
