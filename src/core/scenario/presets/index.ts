import { aATest } from './a-a-test.ts';
import { cleanRandomised } from './clean-randomised.ts';
import { coincidentShockLesson } from './coincident-shock.ts';
import { differentialAttritionLesson } from './differential-attrition.ts';
import { lowestQualityFirstLesson } from './lowest-quality-first.ts';
import { onlineRetailFive } from './online-retail-five.ts';
import type { Preset } from './preset.ts';
import { spilloverLesson } from './spillover.ts';
import { staggeredRolloutLesson } from './staggered-rollout.ts';
import { thresholdRuleLesson } from './threshold-rule.ts';
import { tinySample } from './tiny-sample.ts';
import { truncatedBoosts } from './truncated-boosts.ts';
import { unobservedConfounder } from './unobserved-confounder.ts';
import { winnersCurse } from './winners-curse.ts';
import { workedExample } from './worked-example.ts';

/** Every preset, the first being the one the page opens with; after the first three, each makes one point. */
export const presets: readonly Preset[] = [
  onlineRetailFive,
  workedExample,
  winnersCurse,
  cleanRandomised,
  aATest,
  tinySample,
  lowestQualityFirstLesson,
  unobservedConfounder,
  thresholdRuleLesson,
  coincidentShockLesson,
  differentialAttritionLesson,
  spilloverLesson,
  staggeredRolloutLesson,
  truncatedBoosts,
];
export const defaultPreset = onlineRetailFive;

export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
