import { expect, it } from 'vitest';
import { presets } from '../../../src/core/scenario/presets/index.ts';
import { libraryFileText, readLibraryEntry, readLibraryFile, type NamedScenario } from '../../../src/interchange/library-file.ts';

const named: readonly NamedScenario[] = presets.slice(0, 3).map(({ id, title, scenario }, i) => ({
  name: `${title} <b>"&`,
  saved: `2026-01-0${i + 1}T12:00:00.000Z`,
  file: { scenario, preset: id, replication: i, digest: i === 0 ? 'ab'.repeat(32) : null, witness: null },
}));

function entriesOf(text: string) {
  const read = readLibraryFile(text);
  return read.ok ? read.value.map((entry, i) => readLibraryEntry(entry, `scenarios.${i}`)) : [];
}

it('gives back every scenario under its name', () => {
  expect(entriesOf(libraryFileText(named))).toEqual(named.map((value) => ({ ok: true, value })));
  expect(readLibraryFile(libraryFileText([]))).toEqual({ ok: true, value: [] });
});

it('reads the good entries beside bad ones, each of which says what is wrong with it', () => {
  const file = JSON.parse(libraryFileText(named)) as { scenarios: { name: unknown; file: { scenario: { budget: number } } }[] };
  file.scenarios[0]!.name = '';
  file.scenarios[1]!.file.scenario.budget = -1;
  (file.scenarios as unknown[]).push(null, 7, { name: 'x', saved: 'yesterday', file: {} });
  const read = entriesOf(JSON.stringify(file));
  expect(read.map(({ ok }) => ok)).toEqual([false, false, true, false, false, false]);
  const paths = read.flatMap((entry) => (entry.ok ? [] : entry.issues.map(({ path }) => path)));
  expect(paths).toEqual(
    expect.arrayContaining(['scenarios.0.name', 'scenarios.1.file.scenario.budget', 'scenarios.3.file', 'scenarios.5.saved']),
  );
});

it('refuses what is no such file, or a newer one', () => {
  const of = (value: unknown) => readLibraryFile(JSON.stringify(value));
  for (const value of [null, 7, [], {}, { format: 'impact-workbench/scenarios' }, { format: 'impact-workbench/scenarios', version: 1 }])
    expect(of(value)).toMatchObject({ ok: false });
  expect(of({ format: 'impact-workbench/scenarios', version: 2, scenarios: [] })).toMatchObject({
    ok: false,
    issues: [{ path: 'version', message: expect.stringContaining('newer page') }],
  });
  expect(of({ format: 'impact-workbench/scenarios', version: 1, scenarios: Array.from({ length: 2_001 }, () => 0) })).toMatchObject({
    ok: false,
  });
  expect(readLibraryFile('{"format"')).toMatchObject({ ok: false, issues: [{ message: expect.stringContaining('cut') }] });
});
