import { decisionRuleDescriptions } from '../allocate/descriptions.ts';
import { returnCorrections } from '../allocate/corrections/index.ts';
import { confidencePenalties } from '../allocate/penalties/index.ts';
import type { Choice, Scenario } from '../scenario/scenario.ts';

/** A way to decide: the scenario's own, or one that differs from it in one thing. */
export type DecisionArm = {
  /** 'own', 'rule:maximin', 'penalty:none', 'correction:empirical_bayes'. */
  readonly id: string;
  readonly varies: 'nothing' | 'rule' | 'penalty' | 'correction';
  readonly label: string;
  readonly decision_rule: Choice;
  readonly confidence_penalty: Choice;
  readonly return_correction: Choice;
};

/** Above so many initiatives only the scenario's own way is compared with taking returns as measured: each further arm is a search. */
const most = 20;

/**
 * The scenario's own way to decide, then every other rule, confidence penalty and correction in its place, with default parameters;
 * where a share may be funded, without the rule that funds initiatives whole.
 */
export function decisionArms(scenario: Scenario): readonly DecisionArm[] {
  const { decision_rule, confidence_penalty, return_correction } = scenario;
  const own: DecisionArm = {
    id: 'own',
    varies: 'nothing',
    label: 'As in the scenario',
    decision_rule,
    confidence_penalty,
    return_correction,
  };
  const others = <K extends 'rule' | 'penalty' | 'correction'>(
    varies: K,
    field: 'decision_rule' | 'confidence_penalty' | 'return_correction',
    registry: Readonly<Record<string, { readonly id: string; readonly label: string }>>,
  ): DecisionArm[] =>
    Object.values(registry)
      .filter(({ id }) => id !== scenario[field].id)
      .map(({ id, label }) => ({ ...own, id: `${varies}:${id}`, varies, label, [field]: { id, parameters: {} } }));
  if (scenario.initiatives.length > most)
    return [own, ...others('penalty', 'confidence_penalty', confidencePenalties).filter(({ id }) => id === 'penalty:none')];
  const { interval_minimax_regret: _whole, ...ofShares } = decisionRuleDescriptions;
  const rules = scenario.initiatives.some(({ divisible }) => divisible) ? ofShares : decisionRuleDescriptions;
  return [
    own,
    ...others('rule', 'decision_rule', rules),
    ...others('penalty', 'confidence_penalty', confidencePenalties),
    ...others('correction', 'return_correction', returnCorrections),
  ];
}
