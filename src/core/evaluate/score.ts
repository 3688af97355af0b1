import { md5 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { confidenceRange } from '../contracts/evaluate-result.ts';
import type { ModelType } from '../contracts/shared-types.ts';
import { mersenneTwister } from './mersenne-twister.ts';

export type Score = {
  readonly initiative_id: string;
  readonly model_type: ModelType;
  readonly confidence: number;
  /** The range of the method's kind. */
  readonly range: readonly [lower: number, upper: number];
  /** md5(initiative_id) mod 2^32, and the first uniform it gives. */
  readonly seed: number;
  readonly draw: number;
};

/**
 * The score strategy: a confidence inside the range of the method's kind, decided by the initiative's id alone, to the bit as
 * the Python package computes it: lower + (upper - lower) * random.Random(int(md5(id), 16) % 2**32).random().
 *
 * @example scoreConfidence('product-desc-enhancement', 'experiment').confidence === 0.8845783348706097
 */
export function scoreConfidence(initiativeId: string, modelType: ModelType, range: readonly [number, number] = confidenceRange[modelType]): Score {
  const seed = seedOf(initiativeId);
  const draw = mersenneTwister(seed)();
  const [lower, upper] = range;
  return { initiative_id: initiativeId, model_type: modelType, confidence: lower + (upper - lower) * draw, range, seed, draw };
}

/** The last 32 bits of the id's MD5. */
function seedOf(initiativeId: string): number {
  const digest = md5(utf8ToBytes(initiativeId));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(12);
}
