import type { DifferenceValues } from '../../../core/measure/difference-in-differences-parameters.ts';
import { closedForm, defineMethodCode, iterative, type CodePiece, type CodeQuestion } from '../code-script.ts';
import { groupTime } from './group-time.ts';
import { pyCall, pyNumber, pyText, pyTexts } from './python-text.ts';
import { readLine } from './read-line.ts';
import { timeText } from './series.ts';
import { treatedPanel } from './treated-panel.ts';
import { twoByTwo, twoWay } from './two-way.ts';

type Comparison = { readonly call: string; readonly needs: readonly CodePiece[] };

export const differenceInDifferences = defineMethodCode<DifferenceValues>('difference_in_differences', (asked, p) => {
  const { lines, needs } = comparisonOf(p);
  return {
    lines: [readLine(asked), `panel = ${panelCall(asked, p)}`, ...lines].join('\n'),
    needs: [treatedPanel, ...needs],
    tolerance: p.adjustment_columns.length > 0 && p.adjustment === 'doubly_robust' ? iterative : closedForm,
  };
});

/** Which method `auto` means depends on whether all start together, which the data say. */
function comparisonOf(p: DifferenceValues): { readonly lines: readonly string[]; readonly needs: readonly CodePiece[] } {
  const one = ({ call, needs }: Comparison) => ({ lines: [`return ${call}`], needs });
  if (p.method === 'two_by_two') return one(pair(p));
  if (p.method === 'two_way_fixed_effects') return one(regression(p));
  if (p.method === 'group_time' || p.adjustment_columns.length > 0) return one(cohorts(p));
  const together = p.standard_errors === 'welch' ? pair(p) : regression(p);
  const apart = cohorts(p);
  return {
    lines: [
      'if len(np.unique(panel.start[np.isfinite(panel.start)])) == 1:  # all start together',
      `    return ${together.call.replaceAll('\n', '\n    ')}`,
      `return ${apart.call}`,
    ],
    needs: [...together.needs, ...apart.needs],
  };
}

function pair(p: DifferenceValues): Comparison {
  return { call: pyCall('two_by_two', ['panel'], { ...shared(p), adjustment: pyText(p.adjustment) }), needs: [twoByTwo] };
}

function regression(p: DifferenceValues): Comparison {
  return { call: pyCall('two_way', ['panel'], shared(p)), needs: [twoWay] };
}

function cohorts(p: DifferenceValues): Comparison {
  const named = {
    ...shared(p),
    control_group: pyText(p.control_group),
    base_period: pyText(p.base_period),
    aggregation: pyText(p.aggregation),
    adjustment: pyText(p.adjustment),
  };
  return { call: pyCall('group_time', ['panel'], named), needs: [groupTime] };
}

function shared(p: DifferenceValues): Readonly<Record<string, string>> {
  return { anticipation: String(p.anticipation), errors: pyText(p.standard_errors), level: pyNumber(p.confidence_level) };
}

function panelCall(asked: CodeQuestion, p: DifferenceValues): string {
  const hasClusters = p.cluster_column !== null && p.cluster_column !== p.unit_column;
  return pyCall(
    'TreatedPanel',
    ['data', pyText(p.outcome_column), pyText(p.unit_column), pyText(p.time_column), pyText(p.treatment_column)],
    {
      ...(p.treatment_time === null ? {} : { treatment_time: timeText(asked, p.time_column, p.treatment_time) }),
      ...(hasClusters ? { cluster: pyText(p.cluster_column) } : {}),
      ...(p.adjustment_columns.length === 0 ? {} : { covariates: pyTexts([...new Set(p.adjustment_columns)]) }),
      anticipation: String(p.anticipation),
    },
  );
}
