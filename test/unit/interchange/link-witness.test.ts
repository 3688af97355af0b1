import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/contracts/digest.ts';
import { engineOf } from '../../../src/interchange/link-engine.ts';
import {
  firstDifference,
  formatWitness,
  parseWitness,
  witnessedStages,
  witnessOf,
  type WitnessedRun,
} from '../../../src/interchange/link-witness.ts';
import { programVersion } from '../../../src/interchange/program-version.ts';
import packageFile from '../../../package.json' with { type: 'json' };

const run = {
  pilot_results: [],
  evaluate_results: [{ confidence: 0.9 }],
  allocate_result: { status: 'optimal' },
  scale_results: [{ effect: 0.1 }],
  outcome_reports: [{ error: -0.5 }],
} as unknown as WitnessedRun;

describe('a witness', () => {
  it('names the program by the version of the package', () => {
    expect(programVersion).toBe(packageFile.version);
  });

  it('is read again as it was written, and holds the first digits of every stage', () => {
    const witness = witnessOf(run, { family: 'firefox', major: 153 });
    const text = formatWitness(witness);
    expect(text).toBe(`${programVersion}~f153~${witnessedStages.map((stage) => digestOf(run[stage]).slice(0, 6)).join('')}`);
    expect(text).toBe(encodeURIComponent(text));
    expect(parseWitness(text)).toEqual(witness);
  });

  it('tells the first stage that differs, in the order of the loop', () => {
    const mine = witnessOf(run, { family: 'node', major: 20 });
    const changed = (change: Partial<WitnessedRun>) =>
      firstDifference(mine, witnessOf({ ...run, ...change }, { family: 'chromium', major: 156 }));
    expect(changed({})).toBeNull();
    expect(changed({ outcome_reports: [] })).toBe('outcome_reports');
    expect(changed({ outcome_reports: [], evaluate_results: [] })).toBe('evaluate_results');
    expect(changed({ scale_results: [], allocate_result: { ...run.allocate_result, status: 'infeasible' } })).toBe('allocate_result');
  });

  it('is none where anything else stands', () => {
    const good = formatWitness(witnessOf(run, { family: 'webkit', major: 26 }));
    for (const text of [
      '',
      'x',
      good.slice(0, -1),
      `${good}0`,
      good.replace('~w', '~z'),
      good.replace('~w26', '~w'),
      good.toUpperCase(),
      `<b>${good}`,
      `${good}\n`,
    ])
      expect(parseWitness(text), text).toBeNull();
  });
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'firefox', 153],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', 'chromium', 156],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36', 'chromium', 156],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0',
    'chromium',
    156,
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15', 'webkit', 26],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    'webkit',
    26,
  ],
  ['Node.js/20.19.0', 'node', 20],
  ['curl/8', 'other', 0],
  ['', 'other', 0],
] as const)('the engine of %s', (userAgent, family, major) => {
  expect(engineOf(userAgent)).toEqual({ family, major });
});
