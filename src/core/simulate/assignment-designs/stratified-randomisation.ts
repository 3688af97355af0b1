import { defineParameters } from '../../contracts/parameter.ts';
import { randomOrder } from '../../random/variates.ts';
import type { Assignment, Catalog } from '../pilot.ts';
import { defineAssignmentDesign } from './assignment-design.ts';
import { treatedShare } from './treated-places.ts';

const parameters = defineParameters({
  treated_share: treatedShare('Share of the products of each block that is treated, rounded up or down at random.', 0.5),
  blocks_by: {
    kind: 'choice',
    label: 'Blocks by',
    help: 'What the products of a block have in common.',
    options: ['category', 'quality', 'category_and_quality'],
    default: 'category',
  },
  quality_strata: {
    kind: 'integer',
    label: 'Quality strata',
    help: 'Number of strata of equal size that the quality score is cut into, where blocks are by quality.',
    min: 2,
    max: 20,
    step: 1,
    default: 4,
  },
});

type Blocks = NonNullable<Assignment['blocks']>;

/**
 * Complete randomisation within blocks. The numbers treated come from one systematic sample through the blocks: each block gets
 * its share rounded up or down, so does the whole, and every product has exactly the same probability.
 */
export const stratifiedRandomisation = defineAssignmentDesign({
  id: 'stratified_randomisation',
  label: 'Stratified randomisation',
  summary: 'Products are sorted into blocks of like ones, and the same share of each block, drawn at random, is treated.',
  parameters,
  shape: 'cross_section',
  estimands: ['ate', 'att', 'atc'],
  identifies: 'The effect on all products, compared block by block; what differs between blocks cannot blur it.',
  groups: ({ treated_share }, nProducts) => ({
    treated: Math.ceil(treated_share * nProducts) > 0,
    controls: Math.ceil((1 - treated_share) * nProducts) > 0,
  }),
  assign({ catalog, calendar }, { treated_share, blocks_by, quality_strata }, stream) {
    const blocks = blocksOf(catalog, blocks_by, quality_strata);
    const sizes = new Int32Array(blocks.labels.length);
    for (const code of blocks.codes) sizes[code] = sizes[code]! + 1;
    const placesLeft = placesByBlock(sizes, treated_share, stream.uniform());
    const firstTreated = new Int32Array(catalog.nProducts).fill(-1);
    for (const i of randomOrder(stream, catalog.nProducts)) {
      const block = blocks.codes[i]!;
      if (placesLeft[block]! === 0) continue;
      placesLeft[block] = placesLeft[block]! - 1;
      firstTreated[i] = calendar.interventionIndex;
    }
    return { firstTreated, blocks, intendedShare: treated_share };
  },
});

function blocksOf(catalog: Catalog, by: 'category' | 'quality' | 'category_and_quality', nStrata: number): Blocks {
  const { category, categories } = catalog;
  if (by === 'category') return { codes: Uint16Array.from(category), labels: categories };
  const stratum = qualityStratum(catalog.quality, nStrata);
  const strata = Array.from({ length: nStrata }, (_, k) => `quality ${k + 1} of ${nStrata}`);
  if (by === 'quality') return { codes: stratum, labels: strata };
  return {
    codes: stratum.map((s, i) => category[i]! * nStrata + s),
    labels: categories.flatMap((name) => strata.map((label) => `${name}, ${label}`)),
  };
}

/** Strata of equal size; equal scores are in the same one. */
function qualityStratum(quality: Float64Array, nStrata: number): Uint16Array {
  const sorted = quality.slice().sort();
  const cuts = Array.from({ length: nStrata - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / nStrata)]!);
  return Uint16Array.from(quality, (q) => cuts.reduce((passed, cut) => passed + (q >= cut ? 1 : 0), 0));
}

/** Whole numbers whose running total is the running total of share * size, moved by the uniform and rounded down. */
function placesByBlock(sizes: Int32Array, share: number, uniform: number): Int32Array {
  let products = 0;
  let given = Math.floor(uniform);
  return sizes.map((size) => {
    products += size;
    const total = Math.floor(share * products + uniform);
    const places = Math.min(size, total - given);
    given = total;
    return places;
  });
}
