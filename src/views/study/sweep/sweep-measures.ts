import type { DiagnosandUnit } from '../../../core/study/diagnosand.ts';
import { diagnosands, type DiagnosandId } from '../../../core/study/index.ts';
import type { SweepDocument } from '../../../core/study/sweep-plan.ts';
import type { SweepMeasure } from '../../../state/sweep.svelte.ts';

export type MeasureEntry = {
  readonly id: SweepMeasure;
  readonly label: string;
  readonly group: string;
  readonly unit: DiagnosandUnit | 'money';
};

const decisions: readonly MeasureEntry[] = [
  { id: 'expected_regret', label: 'Expected regret', group: 'The decision', unit: 'money' },
  { id: 'selection', label: 'How often each is funded', group: 'The decision', unit: 'share' },
  { id: 'oracle_probability', label: 'Probability of the oracle\u2019s portfolio', group: 'The decision', unit: 'share' },
];
const estimates: readonly MeasureEntry[] = Object.values(diagnosands).map(({ id, label, unit }) => ({
  id,
  label,
  group: 'The estimates',
  unit,
}));

/** All that can be drawn along a sweep. */
export const sweepMeasures: readonly MeasureEntry[] = [...estimates, ...decisions];

export function measureEntry(id: SweepMeasure): MeasureEntry {
  return sweepMeasures.find((entry) => entry.id === id) ?? decisions[0]!;
}

export function isDiagnosand(id: SweepMeasure): id is DiagnosandId {
  return Object.hasOwn(diagnosands, id);
}

/** What a sweep has figures of: estimates where something is measured, the decision where it went so far, regret where there is an oracle. */
export function measuresOf({ points }: Pick<SweepDocument, 'points'>): MeasureEntry[] {
  const some = (has: (point: SweepDocument['points'][number]) => boolean) => points.some(has);
  const has: Readonly<Record<string, boolean>> = {
    estimates: some(({ diagnosands: found }) => found.length > 0),
    expected_regret: some(({ decision }) => (decision?.expected_regret ?? null) !== null),
    oracle_probability: some(({ decision }) => (decision?.oracle_probability ?? null) !== null),
    selection: some(({ decision }) => decision !== null && decision.selection.length > 0),
  };
  return sweepMeasures.filter(({ id }) => has[isDiagnosand(id) ? 'estimates' : id]);
}

/** What a sweep is looked at for first: coverage where it turns the world, the decision where it turns that; null where it has no figures. */
export function firstMeasure(document: Pick<SweepDocument, 'points' | 'initiative'>): SweepMeasure | null {
  const measures = measuresOf(document).map(({ id }) => id);
  const wanted: readonly SweepMeasure[] =
    document.initiative === null ? ['expected_regret', 'selection', 'coverage'] : ['coverage', 'expected_regret', 'selection'];
  return wanted.find((id) => measures.includes(id)) ?? null;
}
