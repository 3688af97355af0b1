/** Numbers that somebody typed, with commas, semicolons or spaces between them; or what is wrong with them. */
export function readGrid(
  text: string,
  most: number,
): { readonly ok: true; readonly values: number[] } | { readonly ok: false; readonly message: string } {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const wrong = parts.find((part) => !Number.isFinite(Number(part)));
  if (wrong !== undefined)
    return { ok: false, message: `'${wrong}' is not a number. Write numbers with commas between them, such as 0, 0.2, 0.4.` };
  const values = [...new Set(parts.map(Number))].sort((a, b) => a - b);
  if (values.length === 0) return { ok: false, message: 'Give at least one number.' };
  if (values.length > most) return { ok: false, message: `Give at most ${most} numbers (found ${values.length}).` };
  return { ok: true, values };
}

/** So many values from one end to the other in even steps; whole numbers where only those count. */
export function evenGrid(from: number, to: number, count: number, integer: boolean): number[] {
  const steps = Math.max(1, count - 1);
  const values = Array.from({ length: count }, (_, k) => (k === steps ? to : from + ((to - from) * k) / steps));
  return [...new Set(values.map((value) => (integer ? Math.round(value) : Number(value.toPrecision(6)))))].sort((a, b) => a - b);
}
