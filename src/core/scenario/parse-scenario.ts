import * as v from 'valibot';
import { contractIssues, unknownField } from '../contracts/check-contract.ts';
import { confidenceRange } from '../contracts/evaluate-result.ts';
import { InputError, type Issue } from '../contracts/input-error.ts';
import { knownFields } from '../contracts/known-fields.ts';
import { parseParameters, unknownName, type Parameters, type Parsed } from '../contracts/parameter.ts';
import { confidenceSchema, currencySchema, finiteSchema, initiativeIdSchema, modelTypeSchema } from '../contracts/shared-types.ts';
import { noSideConstraints } from '../allocate/decision-rule.ts';
import { decisionRuleDescriptions } from '../allocate/descriptions.ts';
import { defaultCorrection, returnCorrections } from '../allocate/corrections/index.ts';
import { confidencePenalties, defaultPenalty } from '../allocate/penalties/index.ts';
import { estimatorDescriptions } from '../measure/descriptions.ts';
import { assignmentDesigns, findAssignmentDesign } from '../simulate/assignment-designs/index.ts';
import { isIsoDate, startMisfit } from '../simulate/calendar.ts';
import { categoryNames } from '../simulate/catalog.ts';
import { effects } from '../simulate/effects/index.ts';
import { findFlaw, flaws, flawSetting } from '../simulate/flaws/index.ts';
import { defaultDemand, limits } from './defaults.ts';
import { endlessLists } from './endless-lists.ts';
import { benchmarkSchema, constraintsSchema, decisionIssues, whatIfSchema } from './parse-decision.ts';
import type { Initiative, Scenario, SimulatedInitiative } from './scenario.ts';

/**
 * Checks a scenario from outside (a link, a file, a form) and fills in defaults. Every issue is listed, each with its
 * dotted path. The same check guards every edit, so that a scenario in hand is always a valid one.
 */
export function parseScenario(given: unknown): Parsed<Scenario> {
  const endless = endlessLists(given);
  if (endless.length > 0) return { ok: false, issues: endless };
  const shape = v.safeParse(scenarioSchema, withoutSchemaName(given));
  if (!shape.success) return { ok: false, issues: contractIssues(shape.issues).map((issue) => withSuggestion(issue, given)) };
  const issues: Issue[] = [...listsForObjects(given, shape.output, ''), ...duplicateIds(shape.output.initiatives)];
  const initiatives = shape.output.initiatives.map((initiative, i) =>
    checkInitiative(initiative, `initiatives.${i}`, shape.output.scale_sample_size, issues),
  );
  const decisionRule = checkChoice(decisionRuleDescriptions, shape.output.decision_rule, 'decision_rule', issues);
  const penalty = checkChoice(confidencePenalties, shape.output.confidence_penalty, 'confidence_penalty', issues);
  const correction = checkChoice(returnCorrections, shape.output.return_correction, 'return_correction', issues);
  issues.push(...decisionIssues(shape.output.initiatives, shape.output.constraints, shape.output.what_if));
  if (issues.length > 0) return { ok: false, issues };
  return {
    ok: true,
    value: { ...shape.output, decision_rule: decisionRule, confidence_penalty: penalty, return_correction: correction, initiatives },
  };
}

/** An unknown field may be a known one misspelt. */
function withSuggestion(issue: Issue, given: unknown): Issue {
  if (issue.message !== unknownField) return issue;
  const path = issue.path.split('.');
  const known = knownFields(scenarioSchema, given, path.slice(0, -1));
  return known.length === 0 ? issue : { ...issue, message: unknownName(path.at(-1) ?? '', known) };
}

/** A list has fields too, none of them known, and would pass for an empty object. */
function listsForObjects(given: unknown, read: unknown, path: string): Issue[] {
  if (typeof given !== 'object' || given === null || typeof read !== 'object' || read === null) return [];
  if (Array.isArray(given) && !Array.isArray(read)) return [{ path, message: 'must be an object (found a list)', value: given }];
  return Object.entries(read).flatMap(([key, value]) =>
    listsForObjects((given as Readonly<Record<string, unknown>>)[key], value, path === '' ? key : `${path}.${key}`),
  );
}

/** Editors are told by `$schema` what a file is; it is no part of the scenario. */
function withoutSchemaName(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || !Object.hasOwn(given, '$schema')) return given;
  const { $schema: _name, ...scenario } = given as Readonly<Record<string, unknown>>;
  return scenario;
}

/** As `parseScenario`. @throws InputError with every issue. */
export function requireScenario(given: unknown): Scenario {
  const parsed = parseScenario(given);
  if (!parsed.ok) throw new InputError(parsed.issues);
  return parsed.value;
}

const text = (longest: number) => v.pipe(v.string('must be text'), v.maxLength(longest, `must be at most ${longest} characters`));
const whole = (min: number, max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
const between = (min: number, max: number) =>
  v.pipe(finiteSchema, v.minValue(min, `must be at least ${min}`), v.maxValue(max, `must be at most ${max}`));
const money = v.pipe(currencySchema, v.maxValue(limits.money, `must be at most ${limits.money}`));
const signedMoney = between(-limits.money, limits.money);
const cost = v.pipe(finiteSchema, v.gtValue(0, 'must be more than 0'), v.maxValue(limits.money, `must be at most ${limits.money}`));
const choiceSchema = v.strictObject({ id: text(80), parameters: v.optional(v.record(v.string(), v.unknown()), {}) });

const catalogSchema = v.strictObject({
  n_products: whole(30, limits.products),
  categories: v.pipe(
    v.array(v.picklist(categoryNames, `must be one of ${categoryNames.join(', ')}`)),
    v.minLength(1, 'must name at least one category'),
    v.check((names) => new Set(names).size === names.length, 'must not repeat a category'),
  ),
  start_date: v.pipe(v.string('must be text'), v.check(isIsoDate, 'must be a date such as 2026-01-05')),
  granularity: v.optional(v.picklist(['day', 'week'], 'must be day or week'), 'day'),
  pre_periods: whole(0, limits.periods),
  post_periods: whole(1, limits.periods),
});

const demandSchema = v.strictObject({
  sale_probability: v.optional(between(0, 1), defaultDemand.sale_probability),
  impression_to_visit: v.optional(between(0, 1), defaultDemand.impression_to_visit),
  visit_to_cart: v.optional(between(0, 1), defaultDemand.visit_to_cart),
  cart_to_order: v.optional(between(0, 1), defaultDemand.cart_to_order),
  product_variation: v.optional(between(0, 2), defaultDemand.product_variation),
  weekday_amplitude: v.optional(between(0, 0.9), defaultDemand.weekday_amplitude),
  trend: v.optional(between(-0.9, 5), defaultDemand.trend),
  shock_deviation: v.optional(between(0, 1), defaultDemand.shock_deviation),
  shock_autocorrelation: v.optional(between(-0.95, 0.95), defaultDemand.shock_autocorrelation),
  unit_variation: v.optional(between(0, 1), defaultDemand.unit_variation),
  one_off_size: v.optional(between(-1, 5), defaultDemand.one_off_size),
  one_off_period: v.optional(whole(0, limits.periods), defaultDemand.one_off_period),
  one_off_length: v.optional(whole(1, limits.periods), defaultDemand.one_off_length),
  appeal_variation: v.optional(between(0, 2), defaultDemand.appeal_variation),
});

const proposal = {
  initiative_id: initiativeIdSchema,
  description: v.optional(text(400), ''),
  cost_to_scale: cost,
  category: v.optional(text(60), ''),
  divisible: v.optional(v.boolean('must be true or false'), false),
};

const simulatedSchema = v.strictObject({
  ...proposal,
  source: v.literal('simulated'),
  units_at_scale: v.optional(
    v.pipe(finiteSchema, v.gtValue(0, 'must be more than 0'), v.maxValue(limits.money, `must be at most ${limits.money}`)),
    1,
  ),
  effect_at_scale: v.optional(between(-5, 5), 1),
  catalog: catalogSchema,
  demand: v.optional(demandSchema, {}),
  effect: choiceSchema,
  design: choiceSchema,
  flaws: v.optional(v.pipe(v.array(choiceSchema), v.maxLength(20, 'must hold at most 20 flaws')), []),
  method: choiceSchema,
  comparisons: v.optional(v.pipe(v.array(choiceSchema), v.maxLength(20, 'must hold at most 20 methods')), []),
});

const statedSchema = v.strictObject({
  ...proposal,
  source: v.literal('stated'),
  R_best: signedMoney,
  R_med: signedMoney,
  R_worst: signedMoney,
  confidence: confidenceSchema,
  model_type: modelTypeSchema,
});

/** The shape of a scenario as it comes from outside; what lies between fields is checked by `parseScenario`. */
export const scenarioSchema = v.strictObject({
  version: v.literal(1, 'must be 1, the version this page reads'),
  title: v.optional(text(120), 'Untitled scenario'),
  seed: v.pipe(
    v.union([v.string(), v.number()], 'must be text or a number'),
    v.transform(String),
    v.minLength(1, 'must not be empty'),
    v.maxLength(64, 'must be at most 64 characters'),
  ),
  budget: money,
  scale_sample_size: v.optional(whole(30, limits.products), 5000),
  max_workers: v.optional(whole(1, 64), 4),
  confidence_level: v.optional(between(0.5, 0.999), 0.95),
  min_confidence_threshold: v.optional(confidenceSchema, 0),
  min_portfolio_worst_return: v.optional(v.nullable(signedMoney), null),
  decision_rule: v.optional(choiceSchema, { id: 'minimax_regret', parameters: {} }),
  confidence_penalty: v.optional(choiceSchema, defaultPenalty),
  return_correction: v.optional(choiceSchema, defaultCorrection),
  benchmark: v.optional(benchmarkSchema, 'budget-only'),
  constraints: v.optional(constraintsSchema, noSideConstraints as never),
  what_if: v.optional(whatIfSchema, []),
  currency: v.optional(v.pipe(v.string('must be text'), v.regex(/^[A-Z]{3}$/, 'must be a currency code such as USD')), 'USD'),
  initiatives: v.pipe(
    v.array(v.variant('source', [simulatedSchema, statedSchema], 'source must be simulated or stated'), 'must be a list'),
    v.maxLength(limits.initiatives, `must hold at most ${limits.initiatives} initiatives`),
  ),
});

function checkInitiative(initiative: Initiative, path: string, scaleSampleSize: number, issues: Issue[]): Initiative {
  if (initiative.source === 'stated') {
    checkStated(initiative, path, issues);
    return initiative;
  }
  if (initiative.catalog.n_products > scaleSampleSize) {
    issues.push({
      path: `${path}.catalog.n_products`,
      message: `the pilot (${initiative.catalog.n_products} products) may not be larger than scale_sample_size (${scaleSampleSize}); raise that or lower this`,
      value: initiative.catalog.n_products,
    });
  }
  const { pre_periods, post_periods, granularity, start_date } = initiative.catalog;
  const startProblem = startMisfit(start_date, granularity);
  if (startProblem !== null) issues.push({ path: `${path}.catalog.start_date`, message: startProblem, value: start_date });
  const days = (pre_periods + post_periods) * (granularity === 'week' ? 7 : 1);
  const cells = Math.max(scaleSampleSize, initiative.catalog.n_products) * days;
  if (cells > limits.productPeriods) {
    issues.push({
      path: `${path}.catalog.post_periods`,
      message: `${scaleSampleSize} products at scale over ${pre_periods + post_periods} ${granularity === 'week' ? 'weeks' : 'periods'} are more than a browser can hold (${limits.productPeriods} product-days); lower one of them`,
      value: post_periods,
    });
  }
  return {
    ...initiative,
    effect: checkChoice(effects, initiative.effect, `${path}.effect`, issues),
    design: checkDesign(initiative, path, issues),
    flaws: checkFlaws(initiative, `${path}.flaws`, issues),
    method: checkMethod(initiative.method, `${path}.method`, issues),
    comparisons: initiative.comparisons.map((choice, i) => checkMethod(choice, `${path}.comparisons.${i}`, issues)),
  } satisfies SimulatedInitiative;
}

function checkStated(initiative: Extract<Initiative, { source: 'stated' }>, path: string, issues: Issue[]): void {
  if (!(initiative.R_worst <= initiative.R_med && initiative.R_med <= initiative.R_best)) {
    issues.push({ path: `${path}.R_med`, message: 'needs R_worst <= R_med <= R_best', value: initiative.R_med });
  }
  const [lower, upper] = confidenceRange[initiative.model_type];
  if (initiative.confidence < lower || initiative.confidence > upper) {
    issues.push({
      path: `${path}.confidence`,
      message: `must lie between ${lower} and ${upper}, the range of ${initiative.model_type}`,
      value: initiative.confidence,
    });
  }
}

type Registry = Readonly<Record<string, { readonly parameters: Parameters }>>;
type ChoiceOf = Scenario['decision_rule'];

function checkChoice(registry: Registry, choice: ChoiceOf, path: string, issues: Issue[]): ChoiceOf {
  const entry = Object.hasOwn(registry, choice.id) ? registry[choice.id] : undefined;
  if (entry === undefined) {
    issues.push({ path: `${path}.id`, message: `'${choice.id}' ${unknownName(choice.id, Object.keys(registry))}`, value: choice.id });
    return choice;
  }
  const parsed = parseParameters(entry.parameters, choice.parameters, `${path}.parameters`);
  if (parsed.ok) return { id: choice.id, parameters: parsed.value };
  issues.push(...parsed.issues);
  return choice;
}

function checkDesign({ design, catalog }: SimulatedInitiative, path: string, issues: Issue[]): ChoiceOf {
  const before = issues.length;
  const checked = checkChoice(assignmentDesigns, design, `${path}.design`, issues);
  if (issues.length > before) return checked;
  const misfit = findAssignmentDesign(design.id)?.misfit?.(checked.parameters as never, catalog.n_products, catalog) ?? null;
  if (misfit !== null) issues.push({ path: `${path}.design`, message: misfit, value: design.id });
  return checked;
}

/** Each flaw at most once: it has its own severity. */
function checkFlaws({ flaws: choices, design, catalog }: SimulatedInitiative, path: string, issues: Issue[]): ChoiceOf[] {
  const seen = new Set<string>();
  const setting = settingOf(design, catalog);
  return choices.map((choice, i) => {
    if (seen.has(choice.id))
      issues.push({ path: `${path}.${i}.id`, message: `'${choice.id}' is there twice; turn its severity instead`, value: choice.id });
    seen.add(choice.id);
    const before = issues.length;
    const checked = checkChoice(flaws, choice, `${path}.${i}`, issues);
    const misfit =
      issues.length > before || setting === null ? null : (findFlaw(choice.id)?.misfit?.(checked.parameters as never, setting) ?? null);
    if (misfit !== null) issues.push({ path: `${path}.${i}`, message: misfit, value: choice.id });
    return checked;
  });
}

/** What decides which flaws can happen; null where the design itself is wrong. */
function settingOf(choice: ChoiceOf, catalog: SimulatedInitiative['catalog']) {
  const design = findAssignmentDesign(choice.id);
  const parsed = design === undefined ? null : parseParameters(design.parameters, choice.parameters, '');
  return design === undefined || !parsed?.ok ? null : flawSetting(design, parsed.value, catalog);
}

/** A method keeps only the parameters that were given: the pilot supplies the column names. */
function checkMethod(choice: ChoiceOf, path: string, issues: Issue[]): ChoiceOf {
  const before = issues.length;
  const checked = checkChoice(estimatorDescriptions, choice, path, issues);
  if (issues.length > before) return choice;
  return { id: choice.id, parameters: Object.fromEntries(Object.keys(choice.parameters).map((name) => [name, checked.parameters[name]])) };
}

function duplicateIds(initiatives: readonly Initiative[]): Issue[] {
  const seen = new Set<string>();
  return initiatives.flatMap(({ initiative_id: id }, i) => {
    const repeated = seen.has(id);
    seen.add(id);
    return repeated
      ? [{ path: `initiatives.${i}.initiative_id`, message: `'${id}' is used twice; every initiative needs an id of its own`, value: id }]
      : [];
  });
}
