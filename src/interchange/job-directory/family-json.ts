import { inputError } from '../../core/contracts/input-error.ts';
import { parseBoundedJson } from '../bounded-json.ts';

export type FamilyJson = {
  readonly value: unknown;
  /** How many NaN and infinities were in it. */
  readonly notFinite: number;
};

/**
 * JSON as Python writes it: with NaN and Infinity, which JSON does not have. They become the texts 'NaN', 'Infinity' and '-Infinity', so
 * that whoever wants a number there says what was found.
 * @throws InputError with the place where it stops being JSON
 */
export function parseFamilyJson(text: string, path: string): FamilyJson {
  const given = text.replace(/^\ufeff/, '');
  try {
    return { value: parseBoundedJson(given), notFinite: 0 };
  } catch (error) {
    const { text: quoted, count } = quotingNonNumbers(given);
    try {
      if (count > 0) return { value: parseBoundedJson(quoted), notFinite: count };
    } catch {
      // What is wrong lies elsewhere.
    }
    throw inputError(path, `is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

const nonNumbers = ['NaN', 'Infinity', '-Infinity'];

/** Goes through the text once, stepping over strings. */
function quotingNonNumbers(given: string): { readonly text: string; readonly count: number } {
  const parts: string[] = [];
  let count = 0;
  let kept = 0;
  let isInString = false;
  for (let i = 0; i < given.length; i += 1) {
    const character = given[i];
    if (isInString && character === '\\') i += 1;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && (character === 'N' || character === 'I' || character === '-')) {
      const token = nonNumbers.find((name) => given.startsWith(name, i));
      if (token === undefined) continue;
      parts.push(given.slice(kept, i), `"${token}"`);
      kept = i + token.length;
      i = kept - 1;
      count += 1;
    }
  }
  return { text: parts.join('') + given.slice(kept), count };
}
