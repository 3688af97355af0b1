import * as v from 'valibot';
import { countSchema } from './named-sums.ts';
import type { ReplicationRecord } from './replication-record.ts';

/** What one replication decided: realised regret by arm (null without an oracle), what the own arm and the oracle funded. */
export type KeptDecision = {
  readonly regrets: readonly (number | null)[];
  readonly own: readonly string[];
  readonly oracle: readonly string[] | null;
};

/** By replication. */
export type KeptDecisions = Map<number, KeptDecision>;

/** Columns over `replications`, in ascending order. Regrets and portfolios are positions in `values` and `portfolios`; -1 for none. */
export type KeptDecisionsJson = {
  readonly replications: readonly number[];
  /** Every regret that occurs, ascending. */
  readonly values: readonly number[];
  /** By arm, in the order of the arms. */
  readonly regrets: readonly (readonly number[])[];
  readonly portfolios: readonly (readonly string[])[];
  readonly own: readonly number[];
  readonly oracle: readonly number[];
};

export function keptDecision({ decisions, oracle }: ReplicationRecord): KeptDecision {
  return {
    regrets: decisions.map(({ realised_regret }) => realised_regret),
    own: decisions[0]?.selected ?? [],
    oracle: oracle === null ? null : oracle.selected,
  };
}

/** Same decisions, same text of the JSON. */
export function keptDecisionsJson(kept: KeptDecisions, arms: number): KeptDecisionsJson {
  const replications = [...kept.keys()].sort((a, b) => a - b);
  const rows = replications.map((replication) => kept.get(replication) as KeptDecision);
  const values = [...new Set(rows.flatMap(({ regrets }) => regrets.filter((regret) => regret !== null)))].sort((a, b) => a - b);
  const valueAt = new Map(values.map((value, i) => [value, i]));
  const portfolioOf = new Map(
    rows.flatMap(({ own, oracle }) => [own, ...(oracle === null ? [] : [oracle])]).map((ids) => [keyOf(ids), ids]),
  );
  const keys = [...portfolioOf.keys()].sort();
  const portfolioAt = new Map(keys.map((key, i) => [key, i]));
  return {
    replications,
    values,
    regrets: Array.from({ length: arms }, (_, arm) =>
      rows.map(({ regrets }) => {
        const regret = regrets[arm] ?? null;
        return regret === null ? -1 : (valueAt.get(regret) as number);
      }),
    ),
    portfolios: keys.map((key) => portfolioOf.get(key) as readonly string[]),
    own: rows.map(({ own }) => portfolioAt.get(keyOf(own)) as number),
    oracle: rows.map(({ oracle }) => (oracle === null ? -1 : (portfolioAt.get(keyOf(oracle)) as number))),
  };
}

/** Of what fits `keptDecisionsSchema`. */
export function readKeptDecisions({ replications, values, regrets, portfolios, own, oracle }: KeptDecisionsJson): KeptDecisions {
  return new Map(
    replications.map((replication, i) => [
      replication,
      {
        regrets: regrets.map((column) => values[column[i] as number] ?? null),
        own: portfolios[own[i] as number] ?? [],
        oracle: portfolios[oracle[i] as number] ?? null,
      },
    ]),
  );
}

const position = v.pipe(v.number('must be a number'), v.safeInteger('must be a whole number'), v.minValue(-1, 'must not be below -1'));
export const keptDecisionsSchema = v.pipe(
  v.strictObject({
    replications: v.array(countSchema),
    values: v.array(v.pipe(v.number(), v.finite('must be finite'))),
    regrets: v.array(v.array(position)),
    portfolios: v.array(v.array(v.string())),
    own: v.array(position),
    oracle: v.array(position),
  }),
  v.check(({ replications, regrets, own, oracle }) => {
    return [own, oracle, ...regrets].every((column) => column.length === replications.length);
  }, 'needs one entry for every replication in each column'),
  v.check(({ values, portfolios, regrets, own, oracle }) => {
    const within = (column: readonly number[], length: number) => column.every((at) => at < length);
    return regrets.every((column) => within(column, values.length)) && within(own, portfolios.length) && within(oracle, portfolios.length);
  }, 'refers to a regret or a portfolio that is not listed'),
);

/** Ids hold no '+'. */
function keyOf(ids: readonly string[]): string {
  return ids.join('+');
}
