/** Something timed: set up once, run several times. */
export type Work = () => unknown;

/** One line of the table. */
export type BenchRow = {
  readonly name: string;
  readonly work: Work;
  /** Timed in the same process, so that the ratio means the same on every machine. */
  readonly peer?: { readonly name: string; readonly work: Work };
  /** At most so many milliseconds, or times the peer. */
  readonly target: { readonly milliseconds?: number; readonly timesPeer?: number };
  /** Runs of which the median is taken. */
  readonly runs?: number;
  /** Called after the last run. */
  readonly done?: () => void | Promise<void>;
};

/** The rows of one subject; made only when the subject is asked for. */
export type BenchSubject = { readonly id: string; readonly rows: () => readonly BenchRow[] | Promise<readonly BenchRow[]> };

export type BenchResult = {
  readonly name: string;
  readonly milliseconds: number;
  /** The quickest run: what the machine can do when nothing else is on it. */
  readonly best: number;
  readonly peer: string | null;
  readonly timesPeer: number | null;
  readonly target: string;
  readonly met: boolean;
};

/** Times a row and its peer in turn, so that a slow moment of the machine falls on both. */
export async function measureRow({ name, work, peer, target, runs = 5, done }: BenchRow): Promise<BenchResult> {
  const ours: number[] = [];
  const theirs: number[] = [];
  await work();
  await peer?.work();
  for (let run = 0; run < runs; run++) {
    ours.push(await elapsed(work));
    if (peer) theirs.push(await elapsed(peer.work));
  }
  await done?.();
  const milliseconds = median(ours);
  const timesPeer = peer ? milliseconds / median(theirs) : null;
  const limits = [
    { text: `<= ${target.milliseconds} ms`, value: milliseconds, limit: target.milliseconds },
    { text: `<= ${target.timesPeer} x peer`, value: timesPeer, limit: target.timesPeer },
  ].filter(({ limit }) => limit !== undefined);
  return {
    name,
    milliseconds,
    best: Math.min(...ours),
    peer: peer?.name ?? null,
    timesPeer,
    target: limits.map(({ text }) => text).join(', '),
    met: limits.every(({ value, limit }) => (value ?? Infinity) <= (limit ?? 0)),
  };
}

/** The results as lines of text with aligned columns. */
export function benchTable(results: readonly BenchResult[]): string {
  const head = ['work', 'median', 'best', 'x peer', 'peer', 'target', 'met'];
  const body = results.map((result) => [
    result.name,
    `${significant(result.milliseconds)} ms`,
    `${significant(result.best)} ms`,
    result.timesPeer === null ? '' : significant(result.timesPeer),
    result.peer ?? '',
    result.target,
    result.target === '' ? '' : result.met ? 'yes' : 'NO',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)));
  const isNumber = (column: number) => column >= 1 && column <= 3;
  return [head, widths.map((width) => '-'.repeat(width)), ...body]
    .map((cells) =>
      cells.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}

async function elapsed(work: Work): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
