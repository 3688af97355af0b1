import { formatPercent } from '../../charts/format.ts';
import type { Run } from '../../core/contracts/run.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { degeneratePilots, judgedPilots, simulatedPilots } from '../shared/coverage.ts';
import type { Money } from '../shared/money.ts';
import { named, paragraph } from '../shared/phrases.ts';
import { fundedNames } from '../shared/portfolio-name.ts';
import { transportSentence } from '../shared/transport.ts';
import { counted } from '../shared/words.ts';
import { losesNothing } from './finding.ts';

/** The paragraph under the finding: what the pilots missed, what was funded, what it came to. */
export function reading(run: Run, money: Money, ruleLabel: string): Phrase[] {
  if (run.initiatives.length === 0) return ['Add an initiative, or start from a preset.'];
  return paragraph([
    ...pilotSentences(run),
    decisionSentence(run, money, ruleLabel),
    transportSentence(run.scenario),
    scaleSentence(run, money),
    oracleSentence(run, money),
  ]);
}

function pilotSentences(run: Run): Phrase[][] {
  const judged = judgedPilots(run);
  const above = judged.filter((pilot) => pilot.verdict === 'above').map((pilot) => pilot.initiative.initiative_id);
  const below = judged.filter((pilot) => pilot.verdict === 'below').map((pilot) => pilot.initiative.initiative_id);
  const caughtAll = judged.length > 1 && above.length + below.length === 0;
  return [
    caughtAll ? ['Every ', tone('pilot', 'pilot'), ' interval holds its true effect.'] : [],
    missSentence(above, 'above', 'too high'),
    missSentence(below, 'below', 'too low'),
    unmeasuredSentence(degeneratePilots(run).map((initiative) => initiative.initiative_id)),
  ];
}

function missSentence(ids: readonly string[], side: 'above' | 'below', meaning: string): Phrase[] {
  if (ids.length === 0) return [];
  const one = ids.length === 1;
  return [
    'The ',
    tone('pilot', 'pilot'),
    one ? ' interval for ' : ' intervals for ',
    ...named(ids),
    `${one ? ' lies' : ' lie'} ${side} the truth: the promise is ${meaning}.`,
  ];
}

function unmeasuredSentence(ids: readonly string[]): Phrase[] {
  if (ids.length === 0) return [];
  return [...named(ids), ` could not be measured and ${ids.length === 1 ? 'was' : 'were'} kept out of the decision.`];
}

function decisionSentence(run: Run, money: Money, ruleLabel: string): Phrase[] {
  const { selected_initiatives: ids } = run.allocate_result;
  if (run.allocation.status === 'infeasible' || run.allocation.objective_value === null)
    return [run.allocation.reason ?? 'No portfolio may be chosen within the budget, the floor and the constraints.'];
  const budget = money.exact(run.scenario.budget);
  if (ids.length === 0)
    return [`${ruleLabel} `, tone('funded', 'funded'), ` nothing with a budget of ${budget}. ${run.allocation.reason ?? ''}`.trimEnd()];
  const spent = money.exact(run.allocation.total_cost);
  const cost = spent === budget ? `the whole budget of ${budget}` : `${spent} of a budget of ${budget}`;
  return [`${ruleLabel} `, tone('funded', 'funded'), ' ', ...named(fundedNames(ids, run.allocation.shares)), ` for ${cost}.`];
}

function scaleSentence(run: Run, money: Money): Phrase[] {
  const reports = run.outcome_reports;
  if (reports.length === 0)
    return simulatedPilots(run).length > 0 ? [] : ['Their returns are stated, not simulated, so there is no truth to compare with.'];
  const predicted = reports.reduce((sum, report) => sum + report.predicted_return, 0);
  const actual = reports.reduce((sum, report) => sum + report.actual_return, 0);
  const whose = reports.length === 1 ? 'Its' : 'Their';
  const missing = run.allocate_result.selected_initiatives.length - reports.length;
  const besides = missing > 0 ? ` (${counted(missing, 'other')} could not be measured again)` : '';
  return [
    `${whose} `,
    tone('pilot', 'pilot'),
    ` estimates promised ${money.rounded(predicted)}; measured again at `,
    tone('scale', 'scale'),
    `, ${money.rounded(actual)}${besides}.`,
  ];
}

function oracleSentence(run: Run, money: Money): Phrase[] {
  const { oracle } = run;
  if (oracle === null) return [];
  const ours = run.allocate_result.selected_initiatives;
  const same = oracle.oracle_initiatives.length === ours.length && oracle.oracle_initiatives.every((id) => ours.includes(id));
  if (losesNothing(run, money)) {
    if (same && ours.length === 0)
      return ['An oracle that knew every ', tone('true', 'truth'), ' effect would have funded nothing either.'];
    const word = same ? 'the same' : 'an equally good portfolio';
    return [
      'Under the ',
      tone('true', 'truth'),
      ` effects ${ours.length === 1 ? 'it returns' : 'they return'} ${money.exact(oracle.our_return)}; an oracle that knew them would have funded ${word}.`,
    ];
  }
  const share = oracle.oracle_return > 0 ? `, ${formatPercent(oracle.realised_regret / oracle.oracle_return, 0)} of what was possible` : '';
  const returns =
    ours.length === 0 ? 'nothing comes back' : `${ours.length === 1 ? 'it returns' : 'they return'} ${money.exact(oracle.our_return)}`;
  const best =
    oracle.oracle_initiatives.length === 0
      ? `${money.exact(0)} for an oracle that would have funded nothing`
      : `${money.exact(oracle.oracle_return)} for an oracle that knew them`;
  return [
    'Under the ',
    tone('true', 'truth'),
    ` effects ${returns}, against ${best}: a `,
    tone(`realised regret of ${money.exact(oracle.realised_regret)}`, 'regret'),
    `${share}.`,
  ];
}
