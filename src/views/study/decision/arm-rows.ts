import { formatCount } from '../../../charts/format.ts';
import type { ArmRow } from '../../../charts/paired-difference-data.ts';
import type { ArmSummary, DecisionSummary } from '../../../core/study/decision-summary.ts';
import type { Scenario } from '../../../core/scenario/scenario.ts';
import { ruleLabel } from '../../shared/catalogue.ts';
import type { Money } from '../../shared/money.ts';
import { fewestThatDiffer, verdictOf, type Difference, type Verdict } from './comparison-words.ts';
import { moneyMeasure, shareWords, signedMeasure } from './money-measure.ts';

export type ArmTableRow = {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly regret: string;
  readonly difference: string;
  readonly verdict: string;
  readonly worst: { readonly text: string; readonly replication: number } | null;
  readonly oracleSet: string;
  readonly harmful: string;
  readonly nothing: string;
  readonly curse: string;
};

const groups: Readonly<Record<ArmSummary['varies'], string>> = {
  nothing: '',
  rule: 'Another decision rule',
  penalty: 'Another confidence penalty',
  correction: 'Another correction of the returns',
};

const verdicts: Readonly<Record<Verdict, string>> = {
  lower: 'less regret',
  higher: 'more regret',
  'no clear difference': 'no clear difference',
  'too few differ': 'too few to tell',
  'never differs': 'always the same decision',
};

/** The arms under the headings of what they vary, the own way first. */
export function armGroups(
  summary: DecisionSummary,
  scenario: Scenario,
  money: Money,
): { readonly name: string; readonly rows: readonly ArmTableRow[] }[] {
  return Object.entries(groups).flatMap(([varies, name]) => {
    const rows = summary.arms.filter((arm) => arm.varies === varies).map((arm) => tableRow(arm, scenario, money));
    return rows.length === 0 ? [] : [{ name, rows }];
  });
}

export function armChartRows({ arms }: DecisionSummary): ArmRow[] {
  return arms.flatMap((arm) => {
    const { id, varies, expected_regret: expected, difference_from_own: difference } = arm;
    return expected === null ? [] : [{ id, label: armLabel(arm), group: groups[varies], expected, difference }];
  });
}

/** Which intervals are not to be relied on; '' for none. */
export function fewDifferNote({ arms }: DecisionSummary): string {
  const few = arms.filter(({ difference_from_own: difference }) => difference !== null && verdictOf(difference) === 'too few differ');
  if (few.length === 0) return '';
  const names = few.map(armLabel).join(', ');
  return `Decided otherwise in fewer than ${fewestThatDiffer} replications, too few for an interval to be relied on: ${names}.`;
}

function tableRow(arm: ArmSummary, scenario: Scenario, money: Money): ArmTableRow {
  const { difference_from_own: difference, worst_regret: worst, replications } = arm;
  return {
    id: arm.id,
    label: armLabel(arm),
    detail: arm.varies === 'nothing' ? ruleLabel(scenario.decision_rule.id) : '',
    regret: moneyMeasure(arm.expected_regret, money).text,
    difference: difference === null || difference.replications_that_differ === 0 ? '' : signedMeasure(difference, money),
    verdict: difference === null ? '' : verdictWords(difference, replications),
    worst: worst === null ? null : { text: money.rounded(worst.value), replication: worst.replication },
    oracleSet: shareWords(arm.probability_of_oracle_set, replications),
    harmful: shareWords(arm.probability_of_harmful_pick, replications),
    nothing: shareWords(arm.probability_nothing_funded, replications),
    curse: signedMeasure(arm.winners_curse, money),
  };
}

function verdictWords(difference: Difference, of: number): string {
  const count = difference.replications_that_differ;
  const verdict = verdicts[verdictOf(difference)];
  return count === 0 ? verdict : `differs in ${formatCount(count)} of ${formatCount(of)}: ${verdict}`;
}

/** Also by itself, without the heading it stands under. */
function armLabel({ id, label }: ArmSummary): string {
  return id === 'penalty:none' ? 'No penalty' : id === 'correction:none' ? 'No correction' : label;
}
