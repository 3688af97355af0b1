import { expect, it } from 'vitest';
import type { Witness, WitnessedStage } from '../../src/interchange/link-witness.ts';
import { differenceWords } from '../../src/views/frame/link-words.ts';

const stages = { pilot_results: 'a', evaluate_results: 'b', allocate_result: 'c', scale_results: 'd', outcome_reports: 'e' };
const here: Witness = { program: '0.1.0', engine: { family: 'chromium', major: 156 }, stages };

function wordsFor(theirs: Witness | null) {
  return differenceWords({ from: 'link', expected: { digest: '0'.repeat(12), witness: theirs }, got: { digest: '1'.repeat(12), witness: here } });
}

it.each([
  ['pilot_results', 'The first stage to differ is the first of all: what the pilots measured.'],
  ['evaluate_results', 'The pilots are the same; the confidence in the evidence differs.'],
  ['allocate_result', 'The pilots and the confidence are the same; the decision differs.'],
  ['scale_results', 'The pilots, the confidence and the decision are the same; what was measured at scale differs.'],
  ['outcome_reports', 'The pilots, the confidence, the decision and the results at scale are the same; the outcome reports differ.'],
] as const)('says that the results part at %s', (stage: WitnessedStage, sentence) => {
  expect(wordsFor({ ...here, stages: { ...stages, [stage]: 'x' } })?.stage).toBe(sentence);
});

it('names who made the link and who computed here', () => {
  const words = wordsFor({ ...here, engine: { family: 'firefox', major: 153 }, stages: { ...stages, allocate_result: 'x' } });
  expect(words?.makers).toBe('The link was made by version 0.1.0 in Firefox 153; this is 0.1.0 in Chromium 156.');
  expect(words?.advice).toMatch(/Please report it, with the link/);
});

it('blames another version where there was one', () => {
  const words = wordsFor({ program: '0.3.2', engine: { family: 'other', major: 0 }, stages: { ...stages, pilot_results: 'x' } });
  expect(words?.makers).toBe('The link was made by version 0.3.2 in a browser it could not name; this is 0.1.0 in Chromium 156.');
  expect(words?.advice).toMatch(/Another version of the page computed the results in the link/);
});

it('does not claim to know what the link does not say', () => {
  expect(wordsFor(null)?.stage).toMatch(/is not known/);
  expect(wordsFor(null)?.makers).toMatch(/does not say who made it/);
  expect(wordsFor(here)?.stage).toMatch(/the digest in the link was probably changed/);
  expect(differenceWords({ from: 'link', expected: { digest: '0'.repeat(12), witness: here }, got: null })).toBeNull();
});
