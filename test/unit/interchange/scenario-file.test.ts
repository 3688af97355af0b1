import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset, presets } from '../../../src/core/scenario/presets/index.ts';
import { parseWitness } from '../../../src/interchange/link-witness.ts';
import {
  isSameScenario,
  largestScenarioFile,
  readScenarioFile,
  scenarioFile,
  scenarioFileName,
  scenarioFileText,
} from '../../../src/interchange/scenario-file.ts';

const base = defaultPreset.scenario;
const digest = 'ab'.repeat(32);
const witness = parseWitness(`0.1.0~c143~${'0123456789'.repeat(3)}`);
const whole = scenarioFile({ scenario: base, preset: defaultPreset.id, replication: 0, digest: null, witness: null });

function issuesOf(text: string) {
  const read = readScenarioFile(text);
  expect(read.ok).toBe(false);
  return read.ok ? [] : read.issues;
}

describe('a scenario file', () => {
  it('gives back every preset with its replication and digest, and the same bytes again', () => {
    for (const { id, scenario } of presets) {
      const text = scenarioFileText({ scenario, preset: id, replication: 37, digest, witness });
      const read = readScenarioFile(text);
      expect(read).toEqual({ ok: true, value: { scenario, preset: id, replication: 37, digest, witness, from: 'scenario', notes: [] } });
      if (read.ok) expect(scenarioFileText(read.value)).toBe(text);
    }
  });

  it('is the same text whatever the order of the fields in hand', () => {
    const backwards = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(backwards)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, inside]) => [name, backwards(inside)]),
            )
          : value;
    for (const { id, scenario } of presets) {
      const turned = backwards(scenario) as typeof scenario;
      const file = (one: typeof scenario) => scenarioFileText({ scenario: one, preset: id, replication: 0, digest: null, witness: null });
      expect(file(turned)).toBe(file(scenario));
      expect(isSameScenario(turned, scenario)).toBe(true);
    }
    expect(isSameScenario(base, { ...base, budget: base.budget + 1 })).toBe(false);
  });

  it('keeps every bit of every number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.string({ maxLength: 60 }), (budget, title) => {
        const scenario = requireScenario({ ...base, budget: Math.abs(budget), title });
        const read = readScenarioFile(
          scenarioFileText({ scenario, preset: defaultPreset.id, replication: 0, digest: null, witness: null }),
        );
        expect(read.ok && read.value.scenario).toEqual(scenario);
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  it('may be a bare scenario, one for an editor, a run or a study of the command line, with a byte order mark', () => {
    expect(readScenarioFile(JSON.stringify(base))).toMatchObject({ ok: true, value: { scenario: base, replication: 0, digest: null } });
    expect(readScenarioFile(`\uFEFF${JSON.stringify({ $schema: 'scenario.schema.json', ...base })}`)).toMatchObject({
      ok: true,
      value: { scenario: base },
    });
    const run = { scenario: base, replication: 4, pilot_results: [], truth: {}, digest };
    expect(readScenarioFile(JSON.stringify(run))).toMatchObject({ ok: true, value: { from: 'run', replication: 4, digest } });
    const study = { format: 'impact-workbench study', version: 1, scenario: base, digest, replications: 200 };
    expect(readScenarioFile(JSON.stringify(study))).toMatchObject({ ok: true, value: { from: 'study', replication: 0, digest: null } });
    expect(readScenarioFile(JSON.stringify({ version: 1, scenario: base }))).toMatchObject({
      ok: true,
      value: { preset: defaultPreset.id },
    });
  });

  it('of a newer version says so and what to do', () => {
    const [issue, ...others] = issuesOf(JSON.stringify({ ...whole, version: 2 }));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ path: 'version', value: 2, message: expect.stringContaining('newer page') });
  });

  it('lists every issue with its path and value', () => {
    const broken = { ...whole, replication: -1, digest: 'xyz', colour: 'red', scenario: { ...base, budget: -5, seed: '' } };
    const paths = issuesOf(JSON.stringify(broken)).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['colour', 'replication', 'digest', 'scenario.budget', 'scenario.seed']));
    expect(issuesOf(JSON.stringify(broken)).find(({ path }) => path === 'replication')).toMatchObject({ value: -1 });
    expect(issuesOf(JSON.stringify({ version: 1, format: whole.format }))).toMatchObject([{ path: 'scenario' }]);
  });

  it('keeps a scenario whose preset this page does not have, and says so', () => {
    const read = readScenarioFile(JSON.stringify({ ...whole, preset: 'from-elsewhere' }));
    expect(read).toMatchObject({ ok: true, value: { preset: defaultPreset.id, notes: [{ path: 'preset', value: 'from-elsewhere' }] } });
    for (const preset of ['__proto__', 'constructor', 'toString'])
      expect(readScenarioFile(JSON.stringify({ ...whole, preset }))).toMatchObject({ ok: true, value: { preset: defaultPreset.id } });
  });

  it('takes the last of two equal keys, and nothing through the prototype', () => {
    const twice = scenarioFileText({ scenario: base, preset: defaultPreset.id, replication: 0, digest: null, witness: null }).replace(
      '"replication": 0',
      '"replication": 3, "replication": 5',
    );
    expect(readScenarioFile(twice)).toMatchObject({ ok: true, value: { replication: 5 } });
    for (const text of [
      `{"__proto__": {"scenario": ${JSON.stringify(base)}, "version": 1}}`,
      JSON.stringify(whole).replace('"version":1', '"version":1,"__proto__":{"replication":7}'),
      JSON.stringify(whole).replace('"seed"', '"__proto__":{"polluted":1},"seed"'),
    ]) {
      const read = readScenarioFile(text);
      if (read.ok) expect(read.value.replication).toBe(0);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }
  });

  it('is refused when it is too large, too deep, cut or something else, never thrown at', () => {
    expect(issuesOf(' '.repeat(largestScenarioFile + 1))[0]?.message).toContain('larger');
    expect(issuesOf('['.repeat(2_000_000))[0]?.message).toContain('deep');
    const nested = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
    expect(issuesOf(JSON.stringify(base).replace('"parameters":{', `"parameters":{"x":${nested},`))[0]?.message).toContain('deep');
    expect(readScenarioFile(JSON.stringify({ ...base, title: '['.repeat(100) }))).toMatchObject({ ok: true });
    for (const text of ['', 'null', '[]', '7', '"scenario"', '{', '{}', JSON.stringify(whole).slice(0, -40)])
      expect(issuesOf(text).length, text.slice(0, 20)).toBeGreaterThan(0);
  });
});

it('any bytes changed in a scenario file give a scenario or issues, never an exception', () => {
  const text = scenarioFileText({ scenario: base, preset: defaultPreset.id, replication: 0, digest, witness });
  let opened = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.nat(text.length - 1),
          fc.nat(40),
          fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('"__proto__":', '1e999', 'null,', '{}', '[', '\\u0000', '-', '<script>')),
        ),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      (edits) => {
        const changed = edits.reduce((now, [at, length, put]) => now.slice(0, at) + put + now.slice(at + length), text);
        const read = readScenarioFile(changed);
        if (read.ok) {
          opened++;
          expect(() => requireScenario(read.value.scenario)).not.toThrow();
        } else expect(read.issues.length).toBeGreaterThan(0);
      },
    ),
    { seed: 11, numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...Object.keys(whole), ...Object.keys(base)), (value, name) => {
      const inside = Object.hasOwn(whole, name) ? { ...whole, [name]: value } : { ...whole, scenario: { ...base, [name]: value } };
      const read = readScenarioFile(JSON.stringify(inside));
      if (read.ok) opened++;
      else for (const { message, path } of read.issues) expect(typeof message + typeof path).toBe('stringstring');
    }),
    { seed: 12, numRuns: 2_000 },
  );
  expect(opened).toBeGreaterThan(20);
});

it('a file name is safe on every system, whatever the title', () => {
  expect(scenarioFileName('Five pilots: what works?')).toBe('five-pilots-what-works.scenario.json');
  expect(scenarioFileName('../../etc/passwd')).toBe('etc-passwd.scenario.json');
  expect(scenarioFileName('Zürich "Été" ½')).toMatch(/^zurich-ete-1-2\.scenario\.json$/);
  for (const nothing of ['', '...', '日本', '<>|?*', 'CON']) expect(scenarioFileName(nothing)).toMatch(/^([a-z0-9-]+\.)?scenario\.json$/);
  expect(scenarioFileName('x'.repeat(500)).length).toBeLessThan(100);
});
