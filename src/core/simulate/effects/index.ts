import type { EffectDefinition } from './effect.ts';
import { impressionsBoost } from './impressions-boost.ts';
import { priceChange } from './price-change.ts';
import { probabilityBoost } from './probability-boost.ts';
import { productDetailBoost } from './product-detail-boost.ts';
import { quantityBoost } from './quantity-boost.ts';

/** Every effect by id, in the order the page lists them. */
export const effects = {
  quantity_boost: quantityBoost,
  probability_boost: probabilityBoost,
  product_detail_boost: productDetailBoost,
  price_change: priceChange,
  impressions_boost: impressionsBoost,
} as const;

export type EffectId = keyof typeof effects;

/** The effect of that id, with its parameter types erased; undefined where there is none. */
export function findEffect(id: string): EffectDefinition | undefined {
  return Object.hasOwn(effects, id) ? (effects[id as EffectId] as unknown as EffectDefinition) : undefined;
}
