import { confidenceRange, type EvaluateResult } from '../../../core/contracts/evaluate-result.ts';
import { noSideConstraints } from '../../../core/allocate/decision-rule.ts';
import type { ModelType } from '../../../core/contracts/shared-types.ts';
import { defaultCorrection } from '../../../core/allocate/corrections/index.ts';
import { defaultPenalty } from '../../../core/allocate/penalties/index.ts';
import type { Initiative, Scenario, StatedInitiative, WhatIf } from '../../../core/scenario/scenario.ts';
import { trust } from '../../../interchange/results-evidence.ts';
import type { Edit } from '../../shared/edits.ts';
import { followCategory } from '../../shared/category-edits.ts';
import { evidenceOf, returnColumns, type Evidence, type SheetValues } from './sheet-cells.ts';

/** A scenario of one's own with nothing in it yet. What the money is called, and the seed, stay. */
export function blankSheet(): Edit {
  return (scenario) => ({
    ...scenario,
    title: 'My sheet',
    budget: 10,
    min_confidence_threshold: 0,
    min_portfolio_worst_return: null,
    decision_rule: { id: 'minimax_regret', parameters: {} },
    confidence_penalty: defaultPenalty,
    return_correction: defaultCorrection,
    benchmark: 'budget-only',
    constraints: noSideConstraints,
    what_if: [],
    initiatives: [],
  });
}

/** These initiatives in place of all others; what the decision said about those that are gone goes with them. */
export function replaceWithResults(
  initiatives: readonly StatedInitiative[],
  whatIf: readonly WhatIf[],
  about: Partial<Pick<Scenario, 'title' | 'budget'>> = {},
): Edit {
  return (scenario) => withoutDangling({ ...scenario, ...about, initiatives, what_if: whatIf });
}

/** These initiatives below those that are there. */
export function addResults(initiatives: readonly StatedInitiative[], whatIf: readonly WhatIf[]): Edit {
  return (scenario) => ({
    ...scenario,
    initiatives: [...scenario.initiatives, ...initiatives],
    what_if: [...scenario.what_if, ...whatIf],
  });
}

/**
 * Every initiative that has numbers as a stated one: those of its evidence, or those set by hand in their place. One whose pilot
 * has no answer has no numbers to state, and stays as it is.
 */
export function makeSheet(evaluations: readonly EvaluateResult[]): Edit {
  return (scenario) => {
    const sheet = scenario.initiatives.map((initiative) => stated(initiative, evaluations, byHandOf(scenario, initiative.initiative_id)));
    const whatIf = sheet.flatMap(({ whatIf }) => whatIf ?? []);
    return { ...scenario, initiatives: sheet.map(({ initiative }) => initiative), what_if: whatIf };
  };
}

function stated(initiative: Initiative, evaluations: readonly EvaluateResult[], byHand: WhatIf | undefined) {
  const evidence = evidenceOf(initiative, evaluations);
  const kind = initiative.source === 'stated' ? initiative : evaluations.find((one) => one.initiative_id === initiative.initiative_id);
  if (evidence === null || kind === undefined) return { initiative, whatIf: byHand };
  const { initiative_id, description, category, divisible, cost_to_scale } = initiative;
  const { confidence, whatIf } = trust(initiative_id, kind.model_type, byHand?.confidence ?? evidence.confidence);
  const numbers = Object.fromEntries(returnColumns.map((column) => [column, byHand?.[column] ?? evidence[column]]));
  const proposal = { initiative_id, description, category, divisible, cost_to_scale };
  const sheet = { ...proposal, ...numbers, source: 'stated', confidence, model_type: kind.model_type } as StatedInitiative;
  return { initiative: sheet, whatIf };
}

/** What was typed into a row, but for its id. The returns and the confidence of a simulated initiative are numbers set by hand. */
export function setRow(id: string, values: SheetValues, evidence: Evidence | null): Edit {
  return (scenario) => {
    const initiative = scenario.initiatives.find((one) => one.initiative_id === id);
    if (initiative === undefined) return scenario;
    const byHand = byHandOf(scenario, id);
    const edited =
      initiative.source === 'stated' ? editedStated(initiative, values, byHand) : editedSimulated(initiative, values, byHand, evidence);
    const changed: Scenario = {
      ...scenario,
      initiatives: scenario.initiatives.map((one) => (one === initiative ? edited.initiative : one)),
      what_if: withEntry(scenario.what_if, edited.byHand),
    };
    return values.category === undefined ? changed : followCategory(changed, initiative.category, values.category);
  };
}

/** A new stated initiative at the end; its confidence is the score of its id where none is typed. */
export function addRow(values: SheetValues): Edit {
  return (scenario) => {
    const model_type = values.model_type ?? 'experiment';
    const { confidence, whatIf } = trust(values.id ?? '', model_type, values.confidence ?? undefined);
    const initiative: StatedInitiative = {
      source: 'stated',
      initiative_id: values.id ?? '',
      description: '',
      category: values.category ?? '',
      divisible: values.divisible ?? false,
      cost_to_scale: values.cost ?? 0,
      R_best: values.R_best ?? 0,
      R_med: values.R_med ?? 0,
      R_worst: values.R_worst ?? 0,
      confidence,
      model_type,
    };
    return addResults([initiative], whatIf === null ? [] : [whatIf])(scenario);
  };
}

/** Back to what the evidence says. */
export function resetByHand(id: string): Edit {
  return (scenario) => ({ ...scenario, what_if: scenario.what_if.filter(({ initiative_id }) => initiative_id !== id) });
}

export function resetAllByHand(): Edit {
  return (scenario) => ({ ...scenario, what_if: [] });
}

/** One place up (-1) or down (1) among all initiatives. */
export function moveRow(id: string, by: -1 | 1): Edit {
  return (scenario) => {
    const from = scenario.initiatives.findIndex(({ initiative_id }) => initiative_id === id);
    const neighbour = scenario.initiatives[from + by];
    const moved = scenario.initiatives[from];
    if (neighbour === undefined || moved === undefined) return scenario;
    return { ...scenario, initiatives: scenario.initiatives.with(from, neighbour).with(from + by, moved) };
  };
}

function editedStated(initiative: StatedInitiative, values: SheetValues, byHand: WhatIf | undefined) {
  // Where returns were set by hand, that is what the cells show and what is typed over; emptying one goes back to what is stated.
  const isByHand = byHand?.R_med != null;
  const typed = returnColumns.filter((column) => values[column] !== undefined);
  const returns = Object.fromEntries(typed.map((column) => [column, values[column] ?? initiative[column]]));
  const model_type = values.model_type ?? initiative.model_type;
  const trusted = confidenceFor(initiative, model_type, values, byHand);
  const own = proposalOf(initiative, values);
  return {
    initiative: { ...initiative, ...own, ...(isByHand ? {} : returns), model_type, confidence: trusted.confidence },
    byHand: { ...entryOf(initiative, byHand), ...(isByHand ? returns : {}), confidence: trusted.byHand },
  };
}

/** Another kind of evidence moves the confidence into its range; one that is typed stays as it is typed. */
function confidenceFor(initiative: StatedInitiative, model_type: ModelType, values: SheetValues, byHand: WhatIf | undefined) {
  const typed = values.confidence === null ? initiative.confidence : values.confidence;
  if (typed === undefined && values.model_type === undefined)
    return { confidence: initiative.confidence, byHand: byHand?.confidence ?? null };
  const given = typed ?? byHand?.confidence;
  if (given != null) {
    const { confidence, whatIf } = trust(initiative.initiative_id, model_type, given);
    return { confidence, byHand: whatIf?.confidence ?? null };
  }
  const [lowest, highest] = confidenceRange[model_type];
  return { confidence: Math.min(highest, Math.max(lowest, initiative.confidence)), byHand: null };
}

function editedSimulated<T extends Initiative>(initiative: T, values: SheetValues, byHand: WhatIf | undefined, evidence: Evidence | null) {
  const entry = entryOf(initiative, byHand);
  const own = proposalOf(initiative, values);
  const confidence = values.confidence === undefined ? entry.confidence : values.confidence;
  if (evidence === null || returnColumns.every((column) => values[column] === undefined))
    return { initiative: { ...initiative, ...own }, byHand: { ...entry, confidence } };
  const set = returnColumns.map((column) =>
    values[column] === undefined ? (entry[column] ?? evidence[column]) : (values[column] ?? evidence[column]),
  );
  const isAsMeasured = returnColumns.every((column, k) => set[k] === evidence[column]);
  const returns = Object.fromEntries(returnColumns.map((column, k) => [column, isAsMeasured ? null : set[k]]));
  return { initiative: { ...initiative, ...own }, byHand: { ...entry, ...returns, confidence } };
}

function proposalOf(initiative: Initiative, { cost, category, divisible }: SheetValues) {
  return {
    cost_to_scale: cost ?? initiative.cost_to_scale,
    category: category ?? initiative.category,
    divisible: divisible ?? initiative.divisible,
  };
}

function entryOf({ initiative_id }: Initiative, byHand: WhatIf | undefined): WhatIf {
  return byHand ?? { initiative_id, R_best: null, R_med: null, R_worst: null, confidence: null };
}

export function byHandOf({ what_if }: Scenario, id: string): WhatIf | undefined {
  return what_if.find(({ initiative_id }) => initiative_id === id);
}

/** In its place where there is one; gone where it sets nothing. */
function withEntry(whatIf: readonly WhatIf[], entry: WhatIf): readonly WhatIf[] {
  const isEmpty = entry.R_med === null && entry.confidence === null;
  const isThere = whatIf.some(({ initiative_id }) => initiative_id === entry.initiative_id);
  if (!isThere) return isEmpty ? whatIf : [...whatIf, entry];
  return whatIf.flatMap((old) => (old.initiative_id !== entry.initiative_id ? [old] : isEmpty ? [] : [entry]));
}

/** Without what the decision says about initiatives and categories that are not there. */
function withoutDangling(scenario: Scenario): Scenario {
  const ids = new Set(scenario.initiatives.map(({ initiative_id }) => initiative_id));
  const categories = new Set(scenario.initiatives.map(({ category }) => category));
  const known = (list: readonly string[]) => list.filter((id) => ids.has(id));
  const { constraints } = scenario;
  return {
    ...scenario,
    what_if: scenario.what_if.filter(({ initiative_id }) => ids.has(initiative_id)),
    constraints: {
      ...constraints,
      required: known(constraints.required),
      excluded: known(constraints.excluded),
      exclusive: constraints.exclusive.map(known).filter((group) => group.length > 1),
      prerequisites: constraints.prerequisites.filter(({ id, requires }) => ids.has(id) && ids.has(requires)),
      category_caps: constraints.category_caps.filter(({ category }) => categories.has(category)),
    },
  };
}
