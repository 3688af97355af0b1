import type { Faker } from '@faker-js/faker';
import { textSizesOf } from './catalog.ts';
import type { PilotName } from './pilot.ts';
import { productIdentifiers } from './product-identifier.ts';
import { productText, rewrittenText, type ProductText } from './product-text.ts';
import { simulatePilot } from './simulate.ts';
import { resolveWorld, type SimulatedWorld } from './world.ts';

export type CatalogPageQuery = {
  readonly seed: string;
  readonly replication: number;
  readonly stage: 'pilot' | 'scale';
  readonly n_products: number;
  readonly world: SimulatedWorld;
  /** Index of the first product wanted, and how many. */
  readonly first: number;
  readonly count: number;
};

/** A product as the catalog table shows it, with its text: the new one where treatment rewrites it. */
export type CatalogRow = ProductText & {
  readonly index: number;
  /** The text before it was rewritten; null where it was not. */
  readonly before: ProductText | null;
  readonly product_identifier: string;
  readonly category: string;
  readonly price: number;
  readonly quality_score: number;
  /** null where treatment does not change the score. */
  readonly quality_after: number | null;
  /** null where the design has no panel units. */
  readonly unit: string | null;
  readonly treated: boolean;
  /** As observed, per period from the intervention on; null where there are no data. */
  readonly revenue: number | null;
};

/** Some products of a pilot's catalog in words; those beyond its end are left out. */
export function catalogPage(query: CatalogPageQuery, faker: Faker): readonly CatalogRow[] {
  const { seed, replication, stage, world, n_products: nProducts } = query;
  const { pilot } = simulatePilot({ seed, replication, stage, initiative: world, nProducts });
  const { catalog, calendar, assignment, received, observed, observedUntil, qualityAfter } = pilot;
  const { rewrite } = resolveWorld(world, nProducts).effect;
  const name: PilotName = { seed, initiative: world.initiative_id, stage, replication };
  const identifierOf = productIdentifiers(name);
  const first = Math.max(0, Math.floor(query.first));
  const last = Math.min(catalog.nProducts, first + Math.floor(query.count));
  const rows: CatalogRow[] = [];
  for (let i = first; i < last; i += 1) {
    let revenue = 0;
    const until = Math.min(calendar.nPeriods, observedUntil[i]!);
    for (let t = calendar.interventionIndex; t < until; t += 1) revenue += observed.revenue[i * calendar.nPeriods + t]!;
    const isRewritten = rewrite !== null && (received ?? assignment.firstTreated)[i]! >= 0;
    rows.push({
      index: i,
      product_identifier: identifierOf(i),
      ...(isRewritten ? rewrittenText(faker, catalog, i, name, rewrite(textSizesOf(catalog, i))) : productText(faker, catalog, i, name)),
      before: isRewritten ? productText(faker, catalog, i, name) : null,
      category: catalog.categories[catalog.category[i]!]!,
      price: catalog.price[i]!,
      quality_score: catalog.quality[i]!,
      quality_after: qualityAfter?.[i] ?? null,
      unit: catalog.unitNames[catalog.unit[i]!] ?? null,
      treated: assignment.firstTreated[i]! >= 0,
      revenue: until > calendar.interventionIndex ? revenue / (until - calendar.interventionIndex) : null,
    });
  }
  return rows;
}
