import type { Pilot, PilotName, SimulatedPilot } from './pilot.ts';
import { productIdentifiers } from './product-identifier.ts';

export type PilotRows = {
  readonly names: readonly string[];
  /** In the order of `names`; product by product, then by date. The same array is not handed out twice. */
  readonly rows: Iterable<readonly (string | number)[]>;
};

/** Every product-period as the analyst sees it, for export. `unit` only where the design has panel units. */
export function pilotRows(pilot: Pilot, name: PilotName): PilotRows {
  return { names: columnNames(pilot), rows: { [Symbol.iterator]: () => observedRows(pilot, name) } };
}

/** The same with both potential outcomes, for teaching and checking: not for an estimator. */
export function pilotRowsWithTruth({ pilot, potentialOutcomes }: SimulatedPilot, name: PilotName): PilotRows {
  const { untreated, treated } = potentialOutcomes;
  function* rows() {
    let at = 0;
    for (const row of observedRows(pilot, name)) {
      yield [...row, untreated.orderedUnits[at]!, treated.orderedUnits[at]!, untreated.revenue[at]!, treated.revenue[at]!];
      at += 1;
    }
  }
  return {
    names: [...columnNames(pilot), 'ordered_units_0', 'ordered_units_1', 'revenue_0', 'revenue_1'],
    rows: { [Symbol.iterator]: rows },
  };
}

function columnNames({ catalog }: Pilot): string[] {
  const unit = catalog.unitNames.length > 0 ? ['unit'] : [];
  return [
    'product_identifier',
    'category',
    'price',
    'quality_score',
    ...unit,
    'date',
    'treated',
    'post',
    'impressions',
    'visits',
    'cart_adds',
    'ordered_units',
    'revenue',
  ];
}

function* observedRows({ catalog, calendar, assignment, observed }: Pilot, name: PilotName): Generator<readonly (string | number)[]> {
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
    if (catalog.unitNames.length > 0) product.push(catalog.unitNames[catalog.unit[i]!]!);
    for (let t = 0; t < nPeriods; t += 1) {
      const at = i * nPeriods + t;
      yield [
        ...product,
        dates[t]!,
        first >= 0 && t >= first ? 1 : 0,
        t >= interventionIndex ? 1 : 0,
        observed.impressions[at]!,
        observed.visits[at]!,
        observed.cartAdds[at]!,
        observed.orderedUnits[at]!,
        observed.revenue[at]!,
      ];
    }
  }
}
