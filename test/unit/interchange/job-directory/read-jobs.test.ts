import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { scoreConfidence } from '../../../../src/core/evaluate/score.ts';
import type { StatedInitiative } from '../../../../src/core/scenario/scenario.ts';
import type { JobReading, ReadJobs } from '../../../../src/interchange/job-directory/job-reading.ts';
import { readJobArchive, readJobFiles } from '../../../../src/interchange/job-directory/read-jobs.ts';
import { recordedDifferences } from '../../../../src/interchange/job-directory/recorded-results.ts';
import { archiveOf, familyFiles, filesOf, jobOf, runOf, scenarioOf, zipOf } from './job-archives.ts';

const read = (files: Readonly<Record<string, string | Uint8Array>>) => readJobArchive(zipOf(files));
function opened(reading: JobReading): ReadJobs {
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  return reading;
}
const initiativesOf = (reading: JobReading) => opened(reading).inHand.scenario.initiatives as readonly StatedInitiative[];
const said = (reading: JobReading) => (reading.ok ? [] : reading.issues.map(({ path, message }) => `${path} ${message}`));
const noted = (reading: JobReading) => opened(reading).notes.map(({ kind, path, message }) => `${kind} ${path} ${message}`);

describe('an archive of our own', () => {
  it.each(['online-retail-five', 'worked-example', 'winners-curse'])(
    'gives the scenario of %s back whole, and the run it is of',
    async (preset) => {
      const run = runOf(scenarioOf(preset), 2);
      const reading = opened(readJobArchive(await archiveOf(run, undefined, preset)));
      expect(reading).toMatchObject({ source: 'workbench', notes: [] });
      expect(reading.inHand).toEqual({ scenario: run.scenario, preset, replication: 2, digest: run.digest, witness: null });
      expect(reading.recorded).toHaveLength(run.evaluate_results.length);
      expect(recordedDifferences(reading.recorded, run)).toEqual([]);
    },
  );

  it('opens though a directory of it is spoilt, and says so', async () => {
    const files = Object.fromEntries(await filesOf(runOf(scenarioOf('worked-example'))));
    const reading = opened(read({ ...files, 'TitlesAI/manifest.json': '{' }));
    expect(reading.recorded).toHaveLength(4);
    expect(noted(reading)).toEqual([expect.stringContaining('ignored TitlesAI/manifest.json is not JSON')]);
  });

  it('without its scenario is what any other job directories are: returns at scale, stated', async () => {
    const run = runOf(scenarioOf('online-retail-five'));
    const { 'scenario.json': _scenario, ...files } = Object.fromEntries(await filesOf(run));
    const reading = read(files);
    expect(opened(reading).inHand.scenario).toMatchObject({
      budget: 100_000,
      min_confidence_threshold: 0.4,
      decision_rule: { id: 'minimax_regret' },
    });
    expect(runOf(opened(reading).inHand.scenario).allocate_result.selected_initiatives.toSorted()).toEqual(
      run.allocate_result.selected_initiatives.toSorted(),
    );
  });

  it('with a scenario that is wrong says where', async () => {
    const files = Object.fromEntries(await filesOf(runOf(scenarioOf('worked-example'))));
    expect(said(read({ ...files, 'scenario.json': (files['scenario.json'] ?? '').replace('"budget": 10', '"budget": -10') }))).toEqual([
      'scenario.json: scenario.budget must not be negative (found -10)',
    ]);
  });

  it('may lie in folders of an archive that a person made of the unpacked one', async () => {
    const files = await filesOf(runOf(scenarioOf('worked-example')));
    const nested = Object.fromEntries([...files].map(([path, text]) => [`Downloads/run 1/${path}`, text]));
    expect(opened(read({ ...nested, '__MACOSX/Downloads/._run 1': 'junk', 'Downloads/.DS_Store': 'junk' }))).toMatchObject({
      source: 'workbench',
      notes: [],
    });
  });
});

describe('job directories of the Python family', () => {
  const reading = readJobFiles(familyFiles());
  const initiative = (id: string) => initiativesOf(reading).find(({ initiative_id }) => initiative_id === id);

  it('become stated initiatives: ends of the interval and estimate, whatever form they are in', () => {
    const returns = initiativesOf(reading).map(({ initiative_id, R_worst, R_med, R_best, cost_to_scale, model_type }) => [
      initiative_id,
      R_worst,
      R_med,
      R_best,
      cost_to_scale,
      model_type,
    ]);
    expect(returns).toEqual([
      ['night-delivery', -10, 40, 90, 60, 'quasi-experiment'],
      ['reading-app', 30.75, 120.5, 210.25, 85, 'experiment'],
      ['taller-shelves', 5 - 1.96, 5, 5 + 1.96, 1, 'quasi-experiment'],
      ['warm-emails', 2, 4.5, 7, 80, 'experiment'],
      ['window-prices', 12.5, 12.5, 12.5, 70.5, 'time-series'],
    ]);
  });

  it('keep their confidence; one outside the range of its kind counts for the decision', () => {
    expect(initiative('warm-emails')?.confidence).toBe(0.9);
    expect(initiative('reading-app')?.confidence).toBe(0.85);
    expect(opened(reading).inHand.scenario.what_if.map(({ initiative_id, confidence }) => [initiative_id, confidence])).toEqual([
      ['night-delivery', 0.845],
      ['reading-app', 0.75],
    ]);
  });

  it('without a confidence get the score of their id', () => {
    expect(initiative('taller-shelves')?.confidence).toBe(scoreConfidence('taller-shelves', 'quasi-experiment').confidence);
  });

  it('are decided as the allocation beside them says', () => {
    expect(opened(reading).inHand.scenario).toMatchObject({
      budget: 250,
      min_confidence_threshold: 0.3,
      min_portfolio_worst_return: -50,
      decision_rule: { id: 'bayesian', parameters: { weights: { best: 0.25, med: 0.5, worst: 0.25 } } },
    });
  });

  it('say what was mapped, filled in and left out, each with its file and field', () => {
    const notes = noted(reading);
    for (const note of [
      'mapped allocation.yaml budget, costs, rule',
      "mapped night-delivery/manifest.json: initiative_id 'night delivery' became night-delivery",
      "mapped window-prices/manifest.json: model_type 'interrupted_time_series' is time-series",
      'mapped window-prices/measure_result.json there is no interval',
      'mapped reading-app/review_result.json: confidence is 0.75, outside 0.85 to 1',
      'defaulted window-prices/manifest.json: schema_version is missing; read as 2.0',
      'defaulted taller-shelves/impact_results.json: cost_to_scale is not there',
      'ignored warm-emails/impact_results.json 2 values that are not finite',
      'ignored reading-app/impact_results.json fields that a scenario has no use for: std_error, num_clusters',
    ])
      expect(notes).toContainEqual(expect.stringContaining(note));
  });

  it('run at once', () => {
    expect(runOf(opened(reading).inHand.scenario).allocate_result.selected_initiatives).toContain('reading-app');
  });

  it('are read from a zip as from a folder, with data left alone', () => {
    const files = Object.fromEntries(familyFiles());
    const zipped = read({ ...files, 'warm-emails/products.parquet': 'PAR1', 'warm-emails/config.yaml': 'DATA: {}' });
    expect(initiativesOf(zipped)).toEqual(initiativesOf(reading));
    expect(noted(zipped)).toContainEqual(expect.stringContaining('2 other files were left alone (warm-emails/'));
  });
});

describe('a job directory that cannot be used', () => {
  it.each([
    [{ schema_version: '3.0' }, 'is 3.0, newer than this page reads (2.x): reload to get the newest page, or export as 2.0'],
    [{ schema_version: '1.4' }, 'is 1.4, which had another layout; 2.x can be read'],
    [{ schema_version: undefined }, 'is missing: add "schema_version": "2.0"'],
    [{ schema_version: { major: 2 } }, 'must be a version such as "2.0"'],
  ])('has the version %j', (manifest, message) => {
    expect(said(read(jobOf({ manifest, impact: {}, evaluation: {} })))).toEqual([
      expect.stringContaining(`shelf/manifest.json: schema_version ${message}`),
    ]);
  });

  it.each<[string, object, object, object, string]>([
    ['an unknown method', { model_type: 'tarot' }, {}, {}, 'shelf/manifest.json: model_type is no method that is known here'],
    ['no method', { model_type: undefined }, {}, {}, 'shelf/manifest.json: model_type is missing'],
    ['half an interval', {}, { ci_lower: undefined }, {}, 'shelf/impact_results.json: ci_lower must be a number'],
    [
      'an interval beside its estimate',
      {},
      { ci_lower: 6 },
      {},
      'shelf/impact_results.json: ci_lower needs ci_lower <= effect_estimate <= ci_upper (found 6, 5, 9)',
    ],
    ['text for a number', {}, { ci_upper: 'nine' }, {}, 'shelf/impact_results.json: ci_upper must be a number (found "nine")'],
    ['a confidence above 1', {}, {}, { confidence: 85 }, 'shelf/evaluate_result.json: confidence must be at most 1 (found 85)'],
    ['a negative cost', {}, { cost_to_scale: -3 }, {}, 'shelf/impact_results.json: cost_to_scale must be more than 0'],
    ['money beyond all measure', {}, { ci_upper: 1e300 }, {}, 'shelf/impact_results.json: ci_upper and ci_lower must lie between'],
    ['an id of signs', { initiative_id: '<b>' }, {}, {}, ''],
    ['an id of nothing', { initiative_id: '<>' }, {}, {}, 'shelf/manifest.json: initiative_id must hold letters or digits'],
  ])('has %s', (_, manifest, impact, evaluation, message) => {
    const reading = read(jobOf({ manifest, impact, evaluation }));
    if (message === '') expect(initiativesOf(reading)[0]?.initiative_id).toBe('b');
    else expect(said(reading)).toEqual([expect.stringContaining(message)]);
  });

  it('has NaN where a number is needed, and is told what that is', () => {
    const files = {
      ...jobOf(),
      'shelf/impact_results.json': '{"effect_estimate": NaN, "ci_lower": -Infinity, "ci_upper": 9, "note": "NaN in a text stays"}',
    };
    expect(said(read(files))).toEqual([
      expect.stringContaining(
        'shelf/impact_results.json: effect_estimate must be a number (found "NaN"): Python writes that where it has no number',
      ),
      expect.stringContaining('shelf/impact_results.json: ci_lower must be a number (found "-Infinity")'),
    ]);
  });

  it('has no result, or the id of another', () => {
    const { 'shelf/impact_results.json': _impact, ...without } = jobOf();
    expect(said(read(without))).toEqual([expect.stringContaining('shelf/impact_results.json is missing')]);
    const twice = Object.fromEntries(
      Object.entries(jobOf({ manifest: { initiative_id: 'same' }, impact: {}, evaluation: {} })).flatMap(([path, text]) => [
        [path, text],
        [path.replace('shelf', 'board'), text],
      ]),
    );
    expect(said(read(twice))).toEqual([
      "shelf/manifest.json: initiative_id 'same' is the id of board already: give every initiative an id of its own",
    ]);
  });

  it('has every issue of every directory listed', () => {
    const files = {
      ...jobOf({ manifest: { model_type: 'tarot' }, impact: {}, evaluation: {} }),
      'other/manifest.json': '[]',
      'third/manifest.json': 'x',
    };
    expect(new Set(said(read(files)).map((issue) => issue.split('/')[0]))).toEqual(new Set(['other', 'shelf', 'third']));
    expect(said(read(files)).some((issue) => issue.startsWith('third/manifest.json is not JSON'))).toBe(true);
  });

  it('is not there at all', () => {
    expect(said(read({ 'notes.txt': 'hello' }))).toEqual([expect.stringContaining('holds no job directory')]);
    expect(said(read({}))).toEqual([expect.stringContaining('it is empty')]);
  });
});

describe('what is in nobody\u2019s interest', () => {
  it('a byte order mark is taken off, unknown fields and prototype keys are let go', () => {
    const files = jobOf();
    const manifest = files['shelf/manifest.json'].replace('{', '{"__proto__": {"model_type": "tarot"}, "constructor": {"x": 1}, ');
    const reading = read({
      ...files,
      'shelf/manifest.json': `\ufeff${manifest}`,
      'shelf/impact_results.json': files['shelf/impact_results.json'].replace('{', '{"__proto__": {"description": "x"}, '),
    });
    expect(initiativesOf(reading)[0]).toMatchObject({ model_type: 'experiment', description: '' });
    expect(({} as Record<string, unknown>)['model_type']).toBeUndefined();
  });

  it('JSON nested without end is refused', () => {
    expect(said(read({ ...jobOf(), 'shelf/impact_results.json': '['.repeat(100_000) }))).toEqual([
      expect.stringContaining('nested too deeply'),
    ]);
  });

  it('more directories than initiatives are refused, unread', () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`job-${i}/manifest.json`, 'not even JSON']));
    expect(said(read(many))).toEqual([expect.stringContaining('holds 201 job directories; a scenario holds at most 200')]);
  });

  it('an archive of ours unpacks with any other program', async () => {
    const run = runOf(scenarioOf('worked-example'));
    const unpacked = unzipSync(await archiveOf(run));
    expect(Object.keys(unpacked)).toEqual([...(await filesOf(run)).keys()]);
  });
});
