import { expect, it } from 'vitest';
import { presets } from '../../../src/core/scenario/presets/index.ts';
import { formatAddress } from '../../../src/interchange/link.ts';
import { qrCode } from '../../../src/interchange/qr-code.ts';
import { qrPath, qrSvg, quietZone } from '../../../src/interchange/qr-picture.ts';
import { modulesOfPath, readQr } from './qr-reader.ts';

const link = (length: number) => `https://workbench.example/#/overview?s=${'aB3-_x'.repeat(500)}`.slice(0, length);

it('a QR code reads back as the link, by the standard, in every size', () => {
  for (const length of [41, 100, 107, 300, 700, 1_100, 1_700, 2_300, 2_900, 2_953]) {
    const code = qrCode(link(length))!;
    expect(readQr(code.dark), String(length)).toEqual({ text: link(length), version: code.version, level: code.level });
  }
  for (const { id } of presets) {
    const query = { preset: id, difference: null, replication: '37', digest: '0123456789ab', witness: null };
    const address = `https://workbench.example/${formatAddress({ place: 'overview', initiative: null, query })}`;
    expect(readQr(qrCode(address)!.dark).text).toBe(address);
  }
});

it('the reader notices a single module that is wrong', () => {
  const { dark, size } = qrCode(link(300))!;
  const wrong = dark.map((row, y) => row.map((module, x) => (x === size - 3 && y === size - 3 ? !module : module)));
  expect(() => readQr(wrong)).toThrow('damaged');
});

it('a code takes the highest correction its size allows, and there is none for what fits no code', () => {
  // Version 1 holds 17 bytes at L, 14 at M, 11 at Q and 7 at H (ISO/IEC 18004, table 7); the largest, 2,953 at L and 2,331 at M.
  const levelOf = (length: number) => [qrCode('a'.repeat(length))?.version, qrCode('a'.repeat(length))?.level];
  expect([7, 8, 11, 12, 14, 15, 17].map(levelOf)).toEqual([
    [1, 'H'],
    [1, 'Q'],
    [1, 'Q'],
    [1, 'M'],
    [1, 'M'],
    [1, 'L'],
    [1, 'L'],
  ]);
  expect(levelOf(2_953)).toEqual([40, 'L']);
  expect(qrCode('a'.repeat(2_954))).toBeNull();
  expect(qrCode(link(30_000).padEnd(30_000, 'x'))).toBeNull();
});

it('the picture is the code, dark on white with four light modules around it', () => {
  const code = qrCode(link(200))!;
  const side = code.size + 8;
  expect(quietZone).toBe(4);
  expect(modulesOfPath(qrPath(code), side, 4)).toEqual(code.dark);
  const svg = qrSvg(code);
  expect(svg).toContain(`viewBox="0 0 ${side} ${side}"`);
  expect(svg).toContain(`<rect width="${side}" height="${side}" fill="#fff"/>`);
  expect(svg).toContain(qrPath(code));
});
