import type { Pilot, PilotName, SimulatedPilot } from './pilot.ts';
import { productIdentifiers } from './product-identifier.ts';

export type PilotRows = {
  readonly names: readonly string[];
  /** In the order of `names`; product by product, then by date. The same array is not handed out twice. */
  readonly rows: Iterable<readonly (string | number)[]>;
};

/**
 * Every product-period with data as the analyst sees it, for export. `treated` is as assigned. `received` only where not everyone got
 * that, `quality_after` where treatment changes the score, `unit` where the design has panel units, `block` where it has blocks.
 */
export function pilotRows(pilot: Pilot, name: PilotName): PilotRows {
  function* rows() {
    for (const { row } of observedRows(pilot, name)) yield row;
  }
  return { names: columnNames(pilot), rows: { [Symbol.iterator]: rows } };
}

/** The same with both potential outcomes, for teaching and checking: not for an estimator. */
export function pilotRowsWithTruth({ pilot, potentialOutcomes }: SimulatedPilot, name: PilotName): PilotRows {
  const { untreated, treated } = potentialOutcomes;
  function* rows() {
    for (const { at, row } of observedRows(pilot, name)) {
      yield [...row, untreated.orderedUnits[at]!, treated.orderedUnits[at]!, untreated.revenue[at]!, treated.revenue[at]!];
    }
  }
  return {
    names: [...columnNames(pilot), 'ordered_units_0', 'ordered_units_1', 'revenue_0', 'revenue_1'],
    rows: { [Symbol.iterator]: rows },
  };
}

function columnNames({ catalog, assignment, received, qualityAfter }: Pilot): string[] {
  return [
    'product_identifier',
    'category',
    'price',
    'quality_score',
    ...(qualityAfter === null ? [] : ['quality_after']),
    ...(catalog.unitNames.length > 0 ? ['unit'] : []),
    ...(assignment.blocks === undefined ? [] : ['block']),
    'date',
    'treated',
    ...(received === null ? [] : ['received']),
    'post',
    'impressions',
    'visits',
    'cart_adds',
    'ordered_units',
    'revenue',
  ];
}

type ObservedRow = { readonly at: number; readonly row: readonly (string | number)[] };

function* observedRows(pilot: Pilot, name: PilotName): Generator<ObservedRow> {
  const { catalog, calendar, assignment, received, observed, observedUntil, qualityAfter } = pilot;
  const identifierOf = productIdentifiers(name);
  const { nPeriods, interventionIndex, dates } = calendar;
  for (let i = 0; i < catalog.nProducts; i += 1) {
    const first = assignment.firstTreated[i]!;
    const product: (string | number)[] = [
      identifierOf(i),
      catalog.categories[catalog.category[i]!]!,
      catalog.price[i]!,
      catalog.quality[i]!,
    ];
    if (qualityAfter !== null) product.push(qualityAfter[i]!);
    if (catalog.unitNames.length > 0) product.push(catalog.unitNames[catalog.unit[i]!]!);
    if (assignment.blocks !== undefined) product.push(assignment.blocks.labels[assignment.blocks.codes[i]!]!);
    for (let t = 0; t < Math.min(nPeriods, observedUntil[i]!); t += 1) {
      const at = i * nPeriods + t;
      const row = [
        ...product,
        dates[t]!,
        first >= 0 && t >= first ? 1 : 0,
        ...(received === null ? [] : [received[i]! >= 0 && t >= received[i]! ? 1 : 0]),
        t >= interventionIndex ? 1 : 0,
        observed.impressions[at]!,
        observed.visits[at]!,
        observed.cartAdds[at]!,
        observed.orderedUnits[at]!,
        observed.revenue[at]!,
      ];
      yield { at, row };
    }
  }
}
