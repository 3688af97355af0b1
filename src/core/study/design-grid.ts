import { noSideConstraints } from '../allocate/decision-rule.ts';
import { digestOf } from '../contracts/digest.ts';
import { inputError, type Issue } from '../contracts/input-error.ts';
import { parseParameters, type Parsed } from '../contracts/parameter.ts';
import type { Estimand } from '../contracts/shared-types.ts';
import { estimatorDescriptions, type EstimatorId } from '../measure/descriptions.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import type { Choice, Scenario, SimulatedInitiative } from '../scenario/scenario.ts';
import { assignmentDesigns, findAssignmentDesign } from '../simulate/assignment-designs/index.ts';
import { findFlaw, flawSetting } from '../simulate/flaws/index.ts';
import type { EstimateSummary, StudyFindings } from './study-document.ts';
import { defaultSettings, type StudyPlan, type StudySettings } from './study-plan.ts';

/** One initiative's world under every assignment design, measured by every estimator. */
export type DesignGridPlan = {
  readonly scenario: Scenario;
  readonly initiative_id: string;
  readonly replications: number;
  /** 'none': no effect at all, so that the rejection rate is the share of false alarms. */
  readonly effect: StudySettings['effect'];
};

/** A design with the study that is run there, or what forbids it. */
export type DesignGridStep = {
  readonly design: Choice;
  /** Flaws of the initiative that cannot happen under this design and are left out there. */
  readonly flaws_left_out: readonly string[];
} & ({ readonly plan: StudyPlan; readonly issues: null } | { readonly plan: null; readonly issues: readonly Issue[] });

export type DesignGridCell = {
  readonly method: string;
  /** Whether the method's own assumptions hold under this design, flaws apart. */
  readonly at_home: boolean;
  readonly estimand: Estimand;
  /** Replications with an answer; what `diagnosands` rest on. */
  readonly replications: number;
  /** Replications without an answer, and why. */
  readonly failures: EstimateSummary['failures'];
  readonly diagnosands: EstimateSummary['diagnosands'];
  readonly kept: number;
};

export type DesignGridRow = {
  readonly design: string;
  readonly label: string;
  readonly issues: readonly Issue[] | null;
  readonly flaws_left_out: readonly string[];
  readonly replications: number;
  /** In the order of the estimators; empty where nothing was run. */
  readonly cells: readonly DesignGridCell[];
};

export type DesignGridDocument = {
  readonly format: 'impact-workbench design grid';
  readonly version: 1;
  readonly scenario: Scenario;
  readonly initiative_id: string;
  readonly effect: StudySettings['effect'];
  /** Planned for each design. */
  readonly replications: number;
  readonly rows: readonly DesignGridRow[];
  /** SHA-256 of initiative_id, effect and rows; null while more is on its way. */
  readonly digest: string | null;
};

const methods = Object.keys(estimatorDescriptions) as EstimatorId[];

/**
 * One study per design: the initiative's own where it has that design, else with default parameters. Estimators have the settings a
 * pilot gives them. @throws InputError where there is no such initiative, or its world is not simulated.
 */
export function designGridSteps(plan: DesignGridPlan): readonly DesignGridStep[] {
  const initiative = simulatedInitiative(plan);
  return Object.keys(assignmentDesigns).map((id) => designGridStep(plan, initiative, id));
}

export function designGridDocument(
  plan: DesignGridPlan,
  steps: readonly DesignGridStep[],
  findings: readonly (StudyFindings | null)[],
  isFinal = true,
): DesignGridDocument {
  const { scenario, initiative_id, replications, effect } = plan;
  const rows = steps.map((step, i) => designGridRow(step, findings[i] ?? null));
  return {
    format: 'impact-workbench design grid',
    version: 1,
    scenario,
    initiative_id,
    effect,
    replications,
    rows,
    digest: isFinal ? digestOf({ initiative_id, effect, rows }) : null,
  };
}

function designGridStep(plan: DesignGridPlan, initiative: SimulatedInitiative, id: string): DesignGridStep {
  const design = initiative.design.id === id ? initiative.design : { id, parameters: {} };
  const flaws = initiative.flaws.filter((flaw) => canHappen(flaw, design, initiative));
  const flaws_left_out = initiative.flaws.filter((flaw) => !flaws.includes(flaw)).map((flaw) => flaw.id);
  const [method, ...comparisons] = methods.map((name): Choice => ({ id: name, parameters: {} }));
  const parsed = alone(plan.scenario, { ...initiative, design, flaws, method: method as Choice, comparisons });
  if (!parsed.ok) return { design, flaws_left_out, plan: null, issues: parsed.issues };
  const settings: StudySettings = { ...defaultSettings, extent: 'estimates', effect: plan.effect };
  return { design, flaws_left_out, plan: { scenario: parsed.value, settings, replications: plan.replications }, issues: null };
}

/** The scenario with this initiative only, and nothing that names another. */
function alone(scenario: Scenario, initiative: SimulatedInitiative): Parsed<Scenario> {
  return parseScenario({ ...scenario, initiatives: [initiative], constraints: noSideConstraints, what_if: [] });
}

function canHappen(choice: Choice, { id, parameters: given }: Choice, { catalog }: SimulatedInitiative): boolean {
  const flaw = findFlaw(choice.id);
  const design = findAssignmentDesign(id);
  const parsed = design === undefined ? null : parseParameters(design.parameters, given, '');
  if (flaw?.misfit === undefined || design === undefined || !parsed?.ok) return true;
  return flaw.misfit(choice.parameters as never, flawSetting(design, parsed.value, catalog)) === null;
}

function designGridRow({ design, issues, flaws_left_out }: DesignGridStep, findings: StudyFindings | null): DesignGridRow {
  const about = (findings?.diagnosands ?? []).filter((summary) => summary.about === 'population');
  const cells = about.map(({ method, estimand, replications, failures, diagnosands, kept }): DesignGridCell => ({
    method,
    at_home: (estimatorDescriptions[method as EstimatorId].designs as readonly string[]).includes(design.id),
    estimand,
    replications,
    failures,
    diagnosands,
    kept,
  }));
  const label = findAssignmentDesign(design.id)?.label ?? design.id;
  return { design: design.id, label, issues, flaws_left_out, replications: findings?.replications ?? 0, cells };
}

function simulatedInitiative({ scenario, initiative_id: id }: DesignGridPlan): SimulatedInitiative {
  const found = scenario.initiatives.find((initiative) => initiative.initiative_id === id);
  const simulated = scenario.initiatives.filter(({ source }) => source === 'simulated').map(({ initiative_id }) => initiative_id);
  if (found === undefined) throw inputError('initiative', `there is no '${id}' in this scenario; there are ${simulated.join(', ')}`, id);
  if (found.source !== 'simulated') throw inputError('initiative', `'${id}' states its returns and has no pilot to simulate`, id);
  return found;
}
