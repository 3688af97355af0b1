import type { Issue } from '../../../core/contracts/input-error.ts';
import { plainText } from '../../../interchange/plain-text.ts';

/** What was found there, as it would be written; null where that says nothing. */
export function issueValue({ value, message }: Issue): string | null {
  if (value === undefined || typeof value === 'object') return null;
  const text = plainText(JSON.stringify(value), 80);
  return message.includes(text) || message.includes('found') ? null : text;
}
