import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultPreset } from '../../../src/core/scenario/presets/index.ts';
import { libraryFileText } from '../../../src/interchange/library-file.ts';
import { tableText } from '../../../src/interchange/payoff-table-text.ts';
import { recogniseFile, recogniseTogether } from '../../../src/interchange/recognise-file.ts';
import { scenarioFileText } from '../../../src/interchange/scenario-file.ts';

const { scenario, id } = defaultPreset;
const inHand = { scenario, preset: id, replication: 0, digest: null, witness: null };
const bytes = (text: string) => new TextEncoder().encode(text);
const kindOf = (text: string) => recogniseFile(bytes(text), true);

it('knows files by what is in them', () => {
  expect(kindOf(scenarioFileText(inHand))).toBe('scenario');
  expect(kindOf(`\uFEFF  ${JSON.stringify(scenario)}`)).toBe('scenario');
  expect(kindOf(JSON.stringify({ format: 'impact-workbench study', version: 1, scenario }))).toBe('scenario');
  expect(kindOf(JSON.stringify({ scenario, pilot_results: [], digest: 'ab' }))).toBe('scenario');
  expect(kindOf(libraryFileText([{ name: 'one', saved: '2026-01-05T12:00:00Z', file: inHand }]))).toBe('library');
  expect(kindOf(tableText({ options: ['a'], states: ['s'], payoffs: [[1]], sense: 'gain', weights: [1], alpha: 0.5 }))).toBe(
    'payoff_table',
  );
  expect(kindOf('{"schema_version": "2.0", "model_type": "experiment"}')).toBe('job_file');
  expect(kindOf('{"effect_estimate": 1, "ci_lower": 0, "ci_upper": 2}')).toBe('job_file');
  expect(kindOf('# a problem\n\nproblem:\n  budget: 5\n')).toBe('configuration');
  expect(kindOf('---\nMEASUREMENT:\n  MODEL: experiment\n')).toBe('configuration');
  expect(kindOf('outcome,treated\n1,0\n2,1\n')).toBe('table');
  expect(kindOf('sep=;\r\nunit;time: of day\r\n1;2\r\n')).toBe('table');
  expect(kindOf('"a, b: c",d\n1,2')).toBe('table');
  expect(recogniseFile(Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), true)).toBe('zip');
});

it('knows what it does not know', () => {
  for (const text of ['', '   \n', 'Dear reader', '<!doctype html><p>a, b', '\u0000\u0001']) expect(kindOf(text), text).toBe('unknown');
  for (const text of ['{', '[]', '{}', '{"a": 1}', '{"__proto__": {"scenario": 1}}', '['.repeat(100_000)])
    expect(kindOf(text), text.slice(0, 20)).toBe('json');
  expect(recogniseFile(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), true)).toBe('unknown');
  expect(recogniseFile(bytes('{"scenario": 1}'), false)).toBe('json');
  expect(recogniseFile(bytes('a,b\n1,\u00e9').subarray(0, 8), false)).toBe('table');
});

it('takes what belongs together, together', () => {
  expect(recogniseTogether(['job_file', 'table', 'configuration', 'unknown', 'scenario'])).toBe('job_directory');
  expect(recogniseTogether(['configuration', 'configuration', 'table', 'unknown'])).toBe('configuration');
  expect(recogniseTogether(['scenario', 'scenario'])).toBe('several');
  expect(recogniseTogether(['scenario', 'configuration'])).toBe('several');
  expect(recogniseTogether(['table'])).toBe('table');
  expect(recogniseTogether([])).toBe('unknown');
});

it('says something of any bytes, and takes no time over them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (some, whole) => {
      expect(typeof recogniseFile(some, whole)).toBe('string');
    }),
    { seed: 3, numRuns: 2_000 },
  );
  const begun = performance.now();
  recogniseFile(bytes('a'.repeat(5_000_000)), true);
  recogniseFile(bytes(`${'"a" '.repeat(1_000_000)}`), true);
  recogniseFile(bytes('\n'.repeat(5_000_000)), true);
  expect(performance.now() - begun).toBeLessThan(3_000);
});
