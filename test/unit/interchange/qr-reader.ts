/**
 * Reads a QR code from its modules by ISO/IEC 18004, from the format bits to the text, and checks every block by its Reed-Solomon
 * syndromes, which are zero only for an undamaged code word. @throws Error where anything is not as the standard has it.
 */
export function readQr(dark: readonly (readonly boolean[])[]): { readonly text: string; readonly version: number; readonly level: Level } {
  const size = dark.length;
  const version = (size - 17) / 4;
  if (!Number.isInteger(version) || dark.some((row) => row.length !== size)) throw new Error(`a code has no side of ${size}`);
  const at = (x: number, y: number) => dark[y]?.[x] === true;
  const { level, mask } = readFormat(at, size);
  const bytes = readBytes(at, size, version, mask);
  return { text: textOf(dataOf(bytes, version, level), version), version, level };
}

/** The modules that a path of horizontal runs (M x y h n v1 h-n z) covers, without the quiet zone. */
export function modulesOfPath(path: string, side: number, quiet: number): boolean[][] {
  const size = side - 2 * quiet;
  const dark = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x = '', y = '', length = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(length); i++) {
      const row = dark[Number(y) - quiet];
      if (row === undefined || Number(x) - quiet + i >= size) throw new Error('a module lies in the quiet zone');
      row[Number(x) - quiet + i] = true;
    }
  }
  return dark;
}

type Level = 'L' | 'M' | 'Q' | 'H';
type At = (x: number, y: number) => boolean;

const levels: readonly Level[] = ['M', 'L', 'H', 'Q'];
// Table 9 of the standard: code words for correction in a block, and blocks, by version from 1.
const correctionPerBlock: Record<Level, readonly number[]> = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, ...repeated(30, 14)],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, ...repeated(28, 19)],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, ...repeated(30, 14)],
  H: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, ...repeated(30, 18)],
};
const blockCount: Record<Level, readonly number[]> = {
  L: [
    1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
  ],
  M: [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43,
    45, 47, 49,
  ],
  Q: [
    1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59,
    62, 65, 68,
  ],
  H: [
    1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66,
    70, 74, 77, 81,
  ],
};

function repeated(value: number, count: number): number[] {
  return Array.from({ length: count }, () => value);
}

/** The fifteen format bits, twice in the code, divisible by their generator once the fixed pattern is taken away. */
function readFormat(at: At, size: number): { level: Level; mask: number } {
  const beside: [number, number][] = [
    ...Array.from({ length: 6 }, (_, i): [number, number] => [8, i]),
    [8, 7],
    [8, 8],
    [7, 8],
    ...Array.from({ length: 6 }, (_, i): [number, number] => [5 - i, 8]),
  ];
  const apart = Array.from({ length: 15 }, (_, i): [number, number] => (i < 8 ? [size - 1 - i, 8] : [8, size - 15 + i]));
  const [first, second] = [beside, apart].map((places) => places.reduce((bits, [x, y], i) => bits | (Number(at(x, y)) << i), 0));
  if (first !== second) throw new Error('the two format patterns differ');
  const format = (first ?? 0) ^ 0b101010000010010;
  let rest = format;
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0b10100110111 << (bit - 10);
  if (rest !== 0) throw new Error('the format pattern is damaged');
  if (!at(8, size - 8)) throw new Error('the dark module is light');
  return { level: levels[format >> 13] as Level, mask: (format >> 10) & 7 };
}

function alignmentCentres(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => version * 4 + 10 - (count - 2 - i) * step)];
}

function isFunction(x: number, y: number, size: number, version: number, centres: readonly number[]): boolean {
  if (x === 6 || y === 6) return true;
  if ((x < 9 && y < 9) || (x < 9 && y >= size - 8) || (x >= size - 8 && y < 9)) return true;
  if (version >= 7 && ((x < 6 && y >= size - 11) || (y < 6 && x >= size - 11))) return true;
  const last = centres.length - 1;
  return centres.some((cx, i) =>
    centres.some((cy, j) => {
      const inFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      return !inFinder && Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2;
    }),
  );
}

function isTurned(mask: number, x: number, y: number): boolean {
  const both = (x * y) % 2;
  const third = (x * y) % 3;
  const sums = [
    (x + y) % 2,
    y % 2,
    x % 3,
    (x + y) % 3,
    (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
    both + third,
    (both + third) % 2,
    (((x + y) % 2) + third) % 2,
  ];
  return sums[mask] === 0;
}

/** Modules in columns of two, from the right, up and down in turn. */
function readBytes(at: At, size: number, version: number, mask: number): number[] {
  const centres = alignmentCentres(version);
  const bits: number[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let i = 0; i < size; i++) {
      const y = upwards ? size - 1 - i : i;
      for (const x of [right, right - 1])
        if (!isFunction(x, y, size, version, centres)) bits.push(Number(at(x, y) !== isTurned(mask, x, y)));
    }
    upwards = !upwards;
  }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
}

/** The data of all blocks, taken apart again. */
function dataOf(bytes: readonly number[], version: number, level: Level): number[] {
  const count = blockCount[level][version - 1] ?? 0;
  const correction = correctionPerBlock[level][version - 1] ?? 0;
  const shortest = Math.floor(bytes.length / count);
  const short = count - (bytes.length % count);
  const blocks = Array.from({ length: count }, (): number[] => []);
  let next = 0;
  for (let i = 0; i < shortest + 1; i++) {
    const isData = i < shortest - correction;
    // Longer blocks have one byte of data more, after the others have ended theirs.
    const isExtra = i === shortest - correction;
    if (isData || isExtra) for (const [b, block] of blocks.entries()) if (isData || b >= short) block.push(bytes[next++] ?? 0);
  }
  for (let i = 0; i < correction; i++) for (const block of blocks) block.push(bytes[next++] ?? 0);
  if (next !== bytes.length) throw new Error(`${next} of ${bytes.length} bytes are in blocks`);
  for (const block of blocks) checkSyndromes(block, correction);
  return blocks.flatMap((block) => block.slice(0, block.length - correction));
}

/** A code word is a polynomial with the powers of 2 as roots, in the field of 256 elements. */
function checkSyndromes(block: readonly number[], correction: number): void {
  let root = 1;
  for (let i = 0; i < correction; i++) {
    if (block.reduce((value, byte) => times(value, root) ^ byte, 0) !== 0) throw new Error('a block is damaged');
    root = times(root, 2);
  }
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product & 0xff;
}

function textOf(bytes: readonly number[], version: number): string {
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1));
  let from = 0;
  const take = (count: number) => bits.slice(from, (from += count)).reduce((value, bit) => value * 2 + bit, 0);
  if (take(4) !== 0b0100) throw new Error('the text is not in byte mode');
  const length = take(version < 10 ? 8 : 16);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from({ length }, () => take(8)));
  if (take(4) !== 0) throw new Error('something follows the text');
  return text;
}
