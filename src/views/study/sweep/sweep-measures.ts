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

/** What a sweep is looked at for first: coverage where it turns the world, regret where it turns the decision. */
export function firstMeasure({ initiative, points }: SweepDocument): SweepMeasure {
  const decided = points.some(({ decision }) => decision !== null);
  const hasRegret = points.some(({ decision }) => (decision?.expected_regret ?? null) !== null);
  return initiative === null && decided ? (hasRegret ? 'expected_regret' : 'selection') : 'coverage';
}
