import { namedStream } from '../random/stream.ts';
import type { PilotName } from './pilot.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LENGTH_AFTER_B = 9;
const COUNT = 101_559_956_668_416;
const HALF = 16_777_216;
const HALF_MASK = HALF - 1;
const ROUNDS = 6;

/**
 * Identifiers of one catalog's products: B and nine of 0-9 A-Z. A keyed Feistel network permutes the numbers below 2^48, and
 * is applied again while it leaves the 36^9 that nine characters can write; that permutes those, so no two products share one.
 */
export function productIdentifiers(name: PilotName): (index: number) => string {
  const stream = namedStream({ ...name, purpose: 'product-identifiers' });
  const keys = Array.from({ length: ROUNDS }, () => Math.floor(stream.uniform() * 4_294_967_296));
  return (index) => {
    let value = permute(index, keys);
    while (value >= COUNT) value = permute(value, keys);
    return `B${written(value)}`;
  };
}

function permute(value: number, keys: readonly number[]): number {
  let left = Math.floor(value / HALF);
  let right = value % HALF;
  for (const key of keys) {
    const next = left ^ (scrambled(right, key) & HALF_MASK);
    left = right;
    right = next;
  }
  return left * HALF + right;
}

function scrambled(value: number, key: number): number {
  let hash = Math.imul(value ^ key, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function written(value: number): string {
  let text = '';
  let left = value;
  for (let k = 0; k < LENGTH_AFTER_B; k += 1) {
    text = DIGITS[left % 36]! + text;
    left = Math.floor(left / 36);
  }
  return text;
}
