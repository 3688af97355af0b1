import { definePreset } from './preset.ts';

const world = {
  source: 'simulated',
  cost_to_scale: 20_000,
  units_at_scale: 5_000,
  catalog: { n_products: 120, categories: ['Home & Garden'], start_date: '2026-06-01', pre_periods: 14, post_periods: 14 },
  demand: { sale_probability: 0.5, impression_to_visit: 0.3, visit_to_cart: 0.3, product_variation: 0.3 },
};

/** Few products each, half of them treated at random: honest, and far too small. */
const experiment = {
  ...world,
  design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
  method: { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'additive' } },
};

/** Products that sell well anyway were treated first, for reasons on no record; compared as they are. */
const favourites = {
  ...world,
  demand: { ...world.demand, appeal_variation: 0.4 },
  design: { id: 'selection_on_unobservable', parameters: { appeal_weight: 1.5 } },
  method: { id: 'naive_difference', parameters: {} },
};

const size = (size: number) => ({ id: 'quantity_boost', parameters: { size } });

export const winnersCurse = definePreset({
  id: 'winners-curse',
  title: 'The best looking of eight',
  summary:
    'Six small experiments and two comparisons that flatter themselves compete for three places. Whatever is chosen was chosen because it looked good, so it disappoints. A study shows how large the winner\u2019s curse is, what each correction does to it, and whether the confidence penalty pays.',
  scenario: {
    seed: '113',
    budget: 60_000,
    scale_sample_size: 1000,
    initiatives: [
      { ...experiment, initiative_id: 'sharper-photos', description: 'New photos, tried on half of a few products.', effect: size(0.04) },
      { ...experiment, initiative_id: 'size-tables', description: 'A table of sizes, tried likewise.', effect: size(0.06) },
      { ...experiment, initiative_id: 'free-returns', description: 'Free returns, tried likewise.', effect: size(0.08) },
      { ...experiment, initiative_id: 'bundle-offers', description: 'Bundle offers, tried likewise.', effect: size(0.1) },
      { ...experiment, initiative_id: 'faster-search', description: 'Search that forgives typing errors, tried likewise.', effect: size(0.12) },
      { ...experiment, initiative_id: 'gift-wrapping', description: 'Gift wrapping, tried likewise.', effect: size(0.14) },
      { ...favourites, initiative_id: 'front-page', description: 'A place on the front page, given to favourites.', effect: size(0.02) },
      { ...favourites, initiative_id: 'newsletter', description: 'A line in the newsletter, given to favourites.', effect: size(0.02) },
    ],
  },
});
