import type { DifferenceValues } from '../../../core/measure/difference-in-differences-parameters.ts';
import { closedForm, defineMethodCode, type CodePiece, type CodeQuestion } from '../code-script.ts';
import { welch } from './frame.ts';
import { adjustedContrast, groupTime } from './group-time.ts';
import { treatedPanel } from './panel.ts';
import { rCall, rNumber, rText, rTexts } from './r-text.ts';
import { readLine } from './read-line.ts';
import { twoByTwo, twoWay } from './two-way.ts';

type Comparison = { readonly call: string; readonly needs: readonly CodePiece[] };

export const differenceInDifferences = defineMethodCode<DifferenceValues>('difference_in_differences', (asked, p) => {
  const { call, needs } = comparisonOf(p);
  return {
    lines: [readLine(asked), `panel <- ${panelCall(asked, p)}`, call].join('\n'),
    needs: [treatedPanel, ...needs],
    tolerance: closedForm,
  };
});

/** Which method `auto` means depends on whether all start together, which the data say. */
function comparisonOf(p: DifferenceValues): Comparison {
  switch (p.method) {
    case 'two_by_two':
      return pair(p);
    case 'two_way_fixed_effects':
      return regression(p);
    case 'group_time':
      return cohorts(p);
    default: {
      if (p.adjustment_columns.length > 0) return cohorts(p);
      const together = p.standard_errors === 'welch' ? pair(p) : regression(p);
      const apart = cohorts(p);
      const indented = (call: string) => call.replaceAll('\n', '\n  ');
      return {
        call: `if (length(unique(na.omit(panel$start))) == 1) {  # all start together\n  ${indented(together.call)}\n} else {\n  ${indented(apart.call)}\n}`,
        needs: [...together.needs, ...apart.needs],
      };
    }
  }
}

function pair(p: DifferenceValues): Comparison {
  return {
    call: rCall('two_by_two', { ...shared(p), adjustment: rText(p.adjustment), level: rNumber(p.confidence_level) }),
    needs: [welch, adjustedContrast, twoByTwo],
  };
}

function regression(p: DifferenceValues): Comparison {
  return { call: rCall('two_way', { ...shared(p), level: rNumber(p.confidence_level) }), needs: [twoWay] };
}

function cohorts(p: DifferenceValues): Comparison {
  const call = rCall('group_time', {
    ...shared(p),
    control_group: rText(p.control_group),
    base_period: rText(p.base_period),
    aggregation: rText(p.aggregation),
    adjustment: rText(p.adjustment),
    level: rNumber(p.confidence_level),
  });
  return { call, needs: [groupTime] };
}

function shared(p: DifferenceValues): Readonly<Record<string, string>> {
  return { data: 'panel', anticipation: String(p.anticipation), errors: rText(p.standard_errors) };
}

function panelCall({ columns }: CodeQuestion, p: DifferenceValues): string {
  const isNumber = columns.find(({ name }) => name === p.time_column)?.kind === 'number';
  const time = p.treatment_time === null ? null : isNumber ? rNumber(Number(p.treatment_time)) : rText(p.treatment_time);
  const hasClusters = p.cluster_column !== null && p.cluster_column !== p.unit_column;
  return rCall('treated_panel', {
    data: 'data',
    outcome: rText(p.outcome_column),
    unit: rText(p.unit_column),
    time: rText(p.time_column),
    treatment: rText(p.treatment_column),
    ...(time === null ? {} : { treatment_time: time }),
    ...(hasClusters ? { cluster: rText(p.cluster_column) } : {}),
    ...(p.adjustment_columns.length === 0 ? {} : { covariates: rTexts([...new Set(p.adjustment_columns)]) }),
    anticipation: String(p.anticipation),
  });
}
