import { returnCorrections } from '../../core/allocate/corrections/index.ts';
import type { Run } from '../../core/contracts/run.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { counted } from '../shared/words.ts';

/** What lies between the evidence and the effective returns, besides the confidence. */
export function adjustments({ return_correction: correction, what_if: byHand }: Scenario): string {
  const label = Object.values(returnCorrections).find(({ id }) => id === correction.id)?.label ?? correction.id;
  const parts = [
    'Effective returns are what the confidence leaves of each return.',
    ...(correction.id === 'none' ? [] : [`They are corrected for the winner\u2019s curse first: ${label}.`]),
    ...(byHand.length === 0 ? [] : [`Numbers of ${counted(byHand.length, 'initiative')} were set by hand for the decision.`]),
  ];
  return parts.join(' ');
}

/** Besides the link, everything somebody needs to come to the same numbers. */
export function reproduction(run: Run): { readonly label: string; readonly value: string }[] {
  const { scenario, replication, digest } = run;
  return [
    { label: 'Scenario', value: scenario.title },
    { label: 'Seed', value: `${scenario.seed}, replication ${replication}` },
    { label: 'Digest of all results', value: digest },
  ];
}
