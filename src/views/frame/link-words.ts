import type { Engine, EngineFamily } from '../../interchange/link-engine.ts';
import { firstDifference, witnessedStages, type Witness, type WitnessedStage } from '../../interchange/link-witness.ts';
import type { Reproduction } from '../../state/scenario.svelte.ts';

/** What a link or a file that did not reproduce is told to have done: a sentence each. */
export type DifferenceWords = { readonly stage: string; readonly makers: string; readonly advice: string };

const families: Readonly<Record<EngineFamily, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'Safari',
  node: 'Node.js',
  other: 'a browser it could not name',
};

const differs: Readonly<Record<WitnessedStage, string>> = {
  pilot_results: 'what the pilots measured',
  evaluate_results: 'the confidence in the evidence',
  allocate_result: 'the decision',
  scale_results: 'what was measured at scale',
  outcome_reports: 'the outcome reports',
};

const same: Readonly<Record<WitnessedStage, string>> = {
  pilot_results: 'the pilots',
  evaluate_results: 'the confidence',
  allocate_result: 'the decision',
  scale_results: 'the results at scale',
  outcome_reports: 'the outcome reports',
};

export function engineWords({ family, major }: Engine): string {
  return major === 0 ? families[family] : `${families[family]} ${major}`;
}

/** Where the results part, who computed them, and what to do. */
export function differenceWords({ from, expected, got }: Omit<Reproduction, 'same'>): DifferenceWords | null {
  if (got === null) return null;
  const { witness: theirs } = expected;
  const ours = got.witness;
  const here = `this is ${ours.program} in ${engineWords(ours.engine)}`;
  if (theirs === null)
    return {
      stage: `The ${from} does not say what each stage gave, so where the results part is not known.`,
      makers: `It does not say who made it either: it comes from an early version, ${from === 'link' ? 'or was shortened by hand' : 'from the command line, or was changed by hand'}; ${here}.`,
      advice: `Ask whoever sent it for a new ${from}, made by the page as it is now.`,
    };
  return {
    stage: stageWords(firstDifference(theirs, ours), from),
    makers: `The ${from} was made by version ${theirs.program} in ${engineWords(theirs.engine)}; ${here}.`,
    advice: adviceWords(theirs, ours, from),
  };
}

function stageWords(stage: WitnessedStage | null, from: Reproduction['from']): string {
  if (stage === null)
    return `Every stage gives the digits in the ${from}, yet the digest of the whole differs: the digest in the ${from} was probably changed.`;
  const before = witnessedStages.slice(0, witnessedStages.indexOf(stage)).map((each) => same[each]);
  if (before.length === 0) return `The first stage to differ is the first of all: ${differs[stage]}.`;
  const list = before.length === 1 ? before[0] : `${before.slice(0, -1).join(', ')} and ${before.at(-1) ?? ''}`;
  const [first = '', ...rest] = list ?? '';
  return `${first.toUpperCase()}${rest.join('')} are the same; ${differs[stage]} ${stage === 'outcome_reports' ? 'differ' : 'differs'}.`;
}

function adviceWords(theirs: Witness, ours: Witness, from: Reproduction['from']): string {
  if (theirs.program !== ours.program)
    return `Another version of the page computed the results in the ${from}, and a version may compute something differently. Compare the two versions before you rely on either.`;
  return `The same version gives the same bits in every browser, so this is a fault of the page, unless the ${from} was changed by hand. Please report it, with the ${from}.`;
}
