/**
 * Moves labels apart along one direction, each as little as possible: overlapping neighbours become a block centred on the
 * mean of what its members want. Positions are centres; the order of the targets is kept, and [low, high] is respected
 * as long as everything fits in it.
 */
export function dodge(targets: readonly number[], gap: number, [low, high]: readonly [number, number] = [-Infinity, Infinity]): number[] {
  const order = targets.map((_, i) => i).sort((a, b) => targets[a]! - targets[b]! || a - b);
  const blocks: Block[] = [];
  for (const index of order) {
    blocks.push({ members: [index], centre: targets[index]! });
    while (blocks.length > 1 && overlap(blocks[blocks.length - 2]!, blocks[blocks.length - 1]!, gap)) {
      const upper = blocks.pop()!;
      const lower = blocks.pop()!;
      blocks.push(merged(lower, upper));
    }
  }
  const positions = new Array<number>(targets.length).fill(0);
  for (const { members, centre } of blocks)
    members.forEach((index, i) => (positions[index] = centre + (i - (members.length - 1) / 2) * gap));
  pushInside(order, positions, gap, low, high);
  return positions;
}

type Block = { readonly members: readonly number[]; readonly centre: number };

function overlap(lower: Block, upper: Block, gap: number): boolean {
  return upper.centre - lower.centre < ((lower.members.length + upper.members.length) / 2) * gap;
}

function merged(lower: Block, upper: Block): Block {
  const n = lower.members.length + upper.members.length;
  return {
    members: [...lower.members, ...upper.members],
    centre: (lower.centre * lower.members.length + upper.centre * upper.members.length) / n,
  };
}

function pushInside(order: readonly number[], positions: number[], gap: number, low: number, high: number): void {
  let floor = low + gap / 2;
  for (const index of order) {
    positions[index] = Math.max(positions[index]!, floor);
    floor = positions[index] + gap;
  }
  let ceiling = high - gap / 2;
  for (const index of [...order].reverse()) {
    positions[index] = Math.min(positions[index]!, ceiling);
    ceiling = positions[index] - gap;
  }
}
