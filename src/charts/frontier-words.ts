import type { Frontier, FrontierStep, ObjectiveSense } from '../core/allocate/explain/explanations.ts';
import type { Box, ChartMark, ChartTable, Format } from './chart-types.ts';
import { formatCount } from './format.ts';

type Words = { readonly budget: number; readonly format: Format; readonly formatBudget: Format };

/** The step that holds at a budget; null below the first. */
export function stepAt(steps: readonly FrontierStep[], budget: number): FrontierStep | null {
  return steps.findLast((step) => step.from <= budget) ?? null;
}

export function frontierMark(
  step: FrontierStep,
  index: number,
  box: Box,
  objective: ObjectiveSense,
  { format, formatBudget }: Words,
): ChartMark {
  const { max_regret: regret, returns, v_star: vStar, objective_value: value, expected, total_cost: cost } = step;
  return {
    id: String(index),
    label: `Budget ${rangeOf(step, formatBudget)}`,
    values: [
      {
        text: regret === null ? 'no portfolio is feasible' : `largest regret ${format(regret)}`,
        tone: regret === null ? 'muted' : 'regret',
      },
      { text: choiceOf(step) },
      { text: cost === null ? '' : `costs ${formatBudget(cost)}`, tone: 'muted' },
      { text: value === null || value === regret ? '' : `${objective.label} ${format(value)}` },
      { text: returns === null ? '' : `median return ${format(returns.med)}`, tone: 'funded' },
      { text: `V* ${format(vStar.med)}` },
      { text: expected === null ? '' : `mean of the states ${format(expected)}`, tone: 'muted' },
    ],
    box,
    guide: 'box',
  };
}

export function frontierTable({ steps, objective }: Frontier, unit: string, { format, formatBudget }: Words): ChartTable {
  const print = (value: number | null) => (value === null ? '' : format(value));
  const numbers = [objective.label, 'largest regret', 'return in the median state', 'V* in the median state', 'mean of the states'];
  const columns = objective.label === 'largest regret' ? numbers.slice(1) : numbers;
  return {
    columns: [
      { label: 'budget from' },
      { label: 'to below', numeric: true },
      { label: 'portfolio' },
      { label: 'cost', numeric: true },
      ...columns.map((label) => ({ label, unit, numeric: true })),
    ],
    rows: steps.map((step) => {
      const values = [step.objective_value, step.max_regret, step.returns?.med ?? null, step.v_star.med, step.expected].map(print);
      return [
        formatBudget(step.from),
        step.to === null ? 'any' : formatBudget(step.to),
        step.selected_initiatives === null ? 'none is feasible' : choiceOf(step),
        step.total_cost === null ? '' : formatBudget(step.total_cost),
        ...(columns === numbers ? values : values.slice(1)),
      ];
    }),
  };
}

export function frontierSummary({ steps, exact, reason }: Frontier, unit: string, { budget, format, formatBudget }: Words): string {
  const now = stepAt(steps, budget);
  const feasible = steps.filter((step) => step.max_regret !== null);
  const worst = feasible.reduce<FrontierStep | null>((a, b) => (a === null || b.max_regret! > a.max_regret! ? b : a), null);
  const told = steps
    .slice(0, 12)
    .map(
      (step) =>
        `${rangeOf(step, formatBudget)}: ${step.max_regret === null ? 'no portfolio' : `${format(step.max_regret)} with ${choiceOf(step)}`}`,
    );
  const parts = [
    `Largest regret against the budget, ${unit}, in ${formatCount(steps.length)} ${steps.length === 1 ? 'step' : 'steps'}.`,
    now === null
      ? ''
      : `At the budget of ${formatBudget(budget)}: ${now.max_regret === null ? 'no portfolio is feasible' : `${format(now.max_regret)} with ${choiceOf(now)}`}.`,
    worst === null ? '' : `It is largest for a budget ${rangeOf(worst, formatBudget)}: ${format(worst.max_regret!)}.`,
    `${told.join('; ')}${steps.length > told.length ? '; and so on, see the table' : ''}.`,
    exact ? '' : (reason ?? ''),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function rangeOf({ from, to }: FrontierStep, formatBudget: Format): string {
  return to === null ? `${formatBudget(from)} or more` : `from ${formatBudget(from)} to below ${formatBudget(to)}`;
}

function choiceOf({ selected_initiatives: ids }: FrontierStep): string {
  if (ids === null) return '';
  return ids.length === 0 ? 'nothing' : ids.join(' + ');
}
