const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Whole numbers up to twelve as words, as running text has them. */
export function countWord(count: number): string {
  return small[count] ?? String(count);
}

export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${countWord(count)} ${count === 1 ? singular : plural}`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** A whole sentence from a fragment: capital first, full stop last. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return capitalise(/[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`);
}
