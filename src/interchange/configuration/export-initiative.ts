import { defaultDemand } from '../../core/scenario/defaults.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { dayNumber, isoDate } from '../../core/simulate/calendar.ts';
import { categoryNames } from '../../core/simulate/catalog.ts';
import type { NoCounterpart } from './configuration.ts';
import { exportEffect } from './export-effect.ts';
import { exportMethod } from './export-method.ts';
import type { Writable } from './write-yaml.ts';

type Mapping = { readonly [key: string]: Writable };
export type ExportedInitiative = {
  readonly measurement: Mapping;
  readonly simulation: Mapping;
  readonly noCounterpart: readonly NoCounterpart[];
};

/** The measurement and the simulation of one initiative. `folder` is where its products are to be. */
export function exportInitiative(initiative: SimulatedInitiative, seed: number, path: string, folder: string): ExportedInitiative {
  const { catalog, demand, method } = initiative;
  const days = catalog.granularity === 'week' ? 7 : 1;
  const first = dayNumber(catalog.start_date);
  const dates = {
    start: catalog.start_date,
    intervention: isoDate(first + catalog.pre_periods * days),
    end: isoDate(first + (catalog.pre_periods + catalog.post_periods) * days - 1),
  };
  const effect = exportEffect(initiative, path);
  const said = exportMethod(initiative, dates.intervention, path);
  const rates = {
    sale_prob: demand.sale_probability,
    impression_to_visit_rate: demand.impression_to_visit,
    visit_to_cart_rate: demand.visit_to_cart,
    cart_to_order_rate: demand.cart_to_order,
  };
  const enrichment = { ...effect.parameters, enrichment_fraction: fractionOf(initiative), enrichment_start: dates.intervention, seed };
  return {
    measurement: {
      DATA: {
        SOURCE: {
          type: 'simulator',
          CONFIG: { mode: 'rule', seed, path: `${folder}/products.csv`, start_date: dates.start, end_date: dates.end },
        },
        ENRICHMENT: { FUNCTION: effect.name, PARAMS: enrichment },
        ...(said.transform === null ? {} : { TRANSFORM: said.transform }),
      },
      MEASUREMENT: { MODEL: method.id, PARAMS: said.parameters },
      CATALOG_SIMULATOR: rates,
    },
    simulation: {
      STORAGE: { PATH: folder },
      RULE: {
        PRODUCTS: { FUNCTION: 'simulate_products_rule_based', PARAMS: { num_products: catalog.n_products, seed } },
        METRICS: {
          FUNCTION: 'simulate_metrics_rule_based',
          PARAMS: {
            date_start: dates.start,
            date_end: dates.end,
            seed,
            granularity: catalog.granularity === 'week' ? 'weekly' : 'daily',
            ...rates,
          },
        },
      },
    },
    noCounterpart: [...worldLosses(initiative, path), ...effect.noCounterpart, ...said.noCounterpart],
  };
}

const shareNames = ['treated_share'] as const;

function fractionOf({ design, method }: SimulatedInitiative): number {
  if (design.id === 'everyone_from_date') return 1;
  if (design.id === 'one_treated_unit') return method.id === 'synthetic_control' ? 0.1 : 1 / (design.parameters.n_units as number);
  const share = shareNames.map((name) => design.parameters[name]).find((value): value is number => typeof value === 'number');
  return share ?? 0.5;
}

const demandWhy = 'their demand has no such thing';
const ratesWhy = 'it is written, but their measurement draws with its own default rates, whatever is written';

/** What theirs cannot say of a world, beside effect and method. */
function worldLosses(initiative: SimulatedInitiative, path: string): NoCounterpart[] {
  const { catalog, demand, design, flaws, comparisons } = initiative;
  const lost: NoCounterpart[] = [];
  const lose = (name: string, value: unknown, why: string) => lost.push({ path: `${path}.${name}`, value, why });
  if (initiative.description !== '') lose('description', initiative.description, 'their initiatives have an id only');
  if (initiative.category !== '') lose('category', initiative.category, 'theirs has no caps by category');
  if (initiative.divisible) lose('divisible', true, 'theirs funds an initiative whole or not at all');
  if (initiative.units_at_scale !== 1)
    lose('units_at_scale', initiative.units_at_scale, 'theirs sets an effect per product and day against money as it is');
  if (initiative.effect_at_scale !== 1)
    lose('effect_at_scale', initiative.effect_at_scale, 'theirs measures the pilot\u2019s own data again at scale');
  if (catalog.categories.join() !== categoryNames.join())
    lose('catalog.categories', catalog.categories, 'theirs always draws from all eight');
  if (catalog.granularity === 'week')
    lose('catalog.granularity', 'week', 'their simulator sums weeks, but their measurement draws days of its own');
  for (const name of Object.keys(defaultDemand) as (keyof typeof defaultDemand)[]) {
    if (demand[name] !== defaultDemand[name]) lose(`demand.${name}`, demand[name], sayableDemand.includes(name) ? ratesWhy : demandWhy);
  }
  if (!sayableDesign(initiative)) lose('design', design, 'theirs draws the treated at random, a share of all products');
  if (flaws.length > 0)
    lose(
      'flaws',
      flaws.map(({ id }) => id),
      'nothing goes wrong between their world and its data',
    );
  if (comparisons.length > 0)
    lose(
      'comparisons',
      comparisons.map(({ id }) => id),
      'theirs has one method for each initiative',
    );
  return lost;
}

const sayableDemand: readonly string[] = ['sale_probability', 'impression_to_visit', 'visit_to_cart', 'cart_to_order'];

/** Whether reading the share back gives the same design. */
function sayableDesign({ design, method, catalog }: SimulatedInitiative): boolean {
  if (method.id === 'synthetic_control')
    return design.id === 'one_treated_unit' && design.parameters.n_units === Math.max(2, Math.min(500, catalog.n_products));
  return design.id === 'everyone_from_date' || design.id === 'complete_randomisation';
}
