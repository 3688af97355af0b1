import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { modelTypes } from '../../../../src/core/contracts/shared-types.ts';
import { measureTable } from '../../../../src/core/measure-table.ts';
import { parseCsv } from '../../../../src/interchange/csv-table.ts';
import { familyGaps } from '../../../../src/interchange/job-directory/family-gaps.ts';
import { archiveOf, filesOf, madeAt, runOf, scenarioOf } from './job-archives.ts';

const five = runOf(scenarioOf('online-retail-five'));
const curse = runOf(scenarioOf('winners-curse'));
const worked = runOf(scenarioOf('worked-example'));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const json = (files: ReadonlyMap<string, string>, path: string) => JSON.parse(files.get(path) ?? 'null') as unknown;

/** Reads the archive as the family does, with what it is built on: zipfile, json, hashlib, random. Allocation by looking at every portfolio. */
const reader = `
import hashlib, io, itertools, json, random, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
names = archive.namelist()
read = lambda path: json.loads(archive.read(path).decode("utf-8"))
ranges = {"experiment": (0.85, 1.0), "quasi-experiment": (0.60, 0.84), "time-series": (0.40, 0.59), "observational": (0.20, 0.39)}
jobs, drawn, events = [], {}, {}
for folder in sorted({name.split("/")[0] for name in names if "/" in name}):
    manifest, impact, evaluation = (read(f"{folder}/{name}.json") for name in ("manifest", "impact_results", "evaluate_result"))
    assert manifest["schema_version"] == "2.0" and all(f"{folder}/{entry['path']}" in names and entry["format"] for entry in manifest["files"].values())
    events[manifest["initiative_id"]] = [float(impact[key]) for key in ("ci_upper", "effect_estimate", "ci_lower", "cost_to_scale")] + [int(impact["sample_size"])]
    if manifest["evaluate_strategy"] == "score":
        seed = int(hashlib.md5(manifest["initiative_id"].encode()).hexdigest(), 16) % 2**32
        drawn[folder] = random.Random(seed).uniform(*ranges[manifest["model_type"]]).hex()
        assert drawn[folder] == read(f"{folder}/score_result.json")["confidence"].hex()
    estimates = impact["data"]["impact_estimates"]
    if impact["model_type"] == "experiment":
        term = impact["data"]["model_params"]["formula"].split("~")[1].strip().split("+")[0].strip()
        med, (worst, best) = estimates["params"][term], estimates["conf_int"][term]
    else:
        assert impact["model_type"] == "synthetic_control"
        med, worst, best = estimates["att"], estimates["ci_lower"], estimates["ci_upper"]
    c = evaluation["confidence"]
    jobs.append((folder, impact["cost_to_scale"], c, worst, [c * r + (1 - c) * worst for r in (best, med, worst)]))
scenario = read("scenario.json")["scenario"]
floor = scenario["min_portfolio_worst_return"]
jobs = [job for job in jobs if job[2] >= scenario["min_confidence_threshold"]]
portfolios = [p for size in range(len(jobs) + 1) for p in itertools.combinations(jobs, size) if sum(job[1] for job in p) <= scenario["budget"]]
total = lambda p, j: sum(job[4][j] for job in p)
best = [max(total(p, j) for p in portfolios) for j in range(3)]
allowed = [p for p in portfolios if floor is None or sum(job[3] for job in p) >= floor]
choice = min(allowed, key=lambda p: max(best[j] - total(p, j) for j in range(3)))
print(json.dumps({"events": events, "drawn": drawn, "chosen": sorted(job[0] for job in choice)}))
`;

function inPython(archive: Uint8Array) {
  const path = join(folder, 'run.zip');
  writeFileSync(path, archive);
  const said = execFileSync('python3', ['-c', reader, path], { encoding: 'utf8' });
  return JSON.parse(said) as { events: Record<string, number[]>; drawn: Record<string, string>; chosen: string[] };
}

/** A double as Python's float.hex has it, from its bits. */
function hexOf(value: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const exponent = ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
  const mantissa = ((BigInt(bits.getUint32(0) & 0xfffff) << 32n) | BigInt(bits.getUint32(4))).toString(16).padStart(13, '0');
  return `0x1.${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

describe.skipIf(!hasPython)('an exported run, read by Python', () => {
  it.each([
    ['five initiatives by five methods', five],
    ['eight by three kinds of evidence', curse],
    ['stated returns', worked],
  ])('%s: flat keys, confidence to the last bit, and the same portfolio', async (_, run) => {
    const { events, drawn, chosen } = inPython(await archiveOf(run));
    for (const { initiative_id: id, R_best, R_med, R_worst, cost, confidence } of run.evaluate_results) {
      const pilot = run.pilot_results.find((result) => result.initiative_id === id);
      expect(events[id]).toEqual([R_best, R_med, R_worst, cost, pilot?.sample_size ?? 0]);
      if (pilot !== undefined) expect(drawn[id]).toBe(hexOf(confidence));
    }
    expect(Object.keys(drawn)).toHaveLength(run.pilot_results.length);
    expect(chosen).toEqual([...run.allocate_result.selected_initiatives].sort());
  });

  it('has every kind of evidence in these runs', () => {
    expect(new Set([...five.evaluate_results, ...curse.evaluate_results].map(({ model_type }) => model_type))).toEqual(new Set(modelTypes));
  });
});

describe('the archive', () => {
  it('is the same bytes for the same run, but for the time it was made', async () => {
    expect(Buffer.compare(await archiveOf(five), await archiveOf(five))).toBe(0);
    const [one, other] = [await filesOf(five), await filesOf(five, '2031-07-01T00:00:00.000Z')];
    const changed = [...one].filter(([path, text]) => text !== other.get(path));
    expect(changed.every(([path, text]) => text.replaceAll(madeAt, '2031-07-01T00:00:00.000Z') === other.get(path))).toBe(true);
    expect(new Set(changed.map(([path]) => path.split('/').at(-1)))).toEqual(new Set(['run.json', 'manifest.json', 'impact_results.json']));
  });

  it('holds the pilots, from which every method gives its estimate again', async () => {
    const files = await filesOf(five);
    for (const result of five.pilot_results) {
      const { data } = json(files, `${result.initiative_id}/impact_results.json`) as {
        data: { model_params: { method: string; parameters: object } };
      };
      const table = parseCsv(files.get(`${result.initiative_id}/pilot.csv`) ?? '');
      const again = measureTable(table, {
        initiative_id: result.initiative_id,
        method: data.model_params.method,
        parameters: { ...data.model_params.parameters },
      });
      expect(again.result).toMatchObject({
        effect_estimate: (result as { effect_estimate: number }).effect_estimate,
        method: result.method,
      });
    }
  });

  it('keeps the effect per unit beside the return at scale', async () => {
    const { effect_estimate, units_at_scale, measurement } = json(await filesOf(five), 'product-desc-enhancement/impact_results.json') as {
      effect_estimate: number;
      units_at_scale: number;
      measurement: { effect_estimate: number };
    };
    expect(measurement.effect_estimate * units_at_scale).toBe(effect_estimate);
  });

  it('leaves stated confidences to nobody who would draw them again', async () => {
    const files = await filesOf(worked);
    expect(json(files, 'TitlesAI/manifest.json')).toMatchObject({ evaluate_strategy: 'stated' });
    expect([...files.keys()].filter((path) => path.startsWith('TitlesAI/'))).toEqual([
      'TitlesAI/manifest.json',
      'TitlesAI/impact_results.json',
      'TitlesAI/measure_result.json',
      'TitlesAI/evaluate_result.json',
    ]);
  });

  it('has no directory for a pilot without an answer, and says so', async () => {
    const scenario = scenarioOf('worked-example');
    const [first, ...others] = runOf(scenario).initiatives;
    const result = { status: 'degenerate', initiative_id: 'TitlesAI' } as never;
    const run = {
      ...worked,
      initiatives: [{ ...first!, evaluation: null }, ...others],
      pilot_results: [result],
      evaluate_results: worked.evaluate_results.slice(1),
    };
    const files = await filesOf(run);
    expect([...files.keys()].some((path) => path.startsWith('TitlesAI/'))).toBe(false);
    expect(files.get('README.txt')).toContain('No job directory for TitlesAI: the pilot has no answer.');
  });
});

describe('the allocation', () => {
  const told = async (change: object) => {
    const run = runOf(scenarioOf('worked-example', change));
    const text = (await filesOf(run)).get('allocation.yaml') ?? '';
    return (parse(text, { version: '1.1' }) as { allocation: Record<string, unknown> }).allocation;
  };
  const rule = (id: string, parameters = {}) => told({ decision_rule: { id, parameters } });

  it('has budget, threshold, floor and costs', async () => {
    expect(await told({})).toEqual({
      budget: 10,
      rule: 'minimax_regret',
      min_confidence_threshold: 0.5,
      min_portfolio_worst_return: 3,
      costs: { TitlesAI: 4, ImageEnhancer: 2, PriceOptimizer: 2, SearchRanker: 2, BundleEngine: 4 },
    });
  });

  it('says rules that look at one state or a mixture as weights', async () => {
    expect(await rule('maximin')).toMatchObject({ rule: 'bayesian', weights: { best: 0, med: 0, worst: 1 } });
    expect(await rule('maximax')).toMatchObject({ rule: 'bayesian', weights: { best: 1, med: 0, worst: 0 } });
    expect(await rule('hurwicz', { alpha: 0.25 })).toMatchObject({ rule: 'bayesian', weights: { best: 0.25, med: 0, worst: 0.75 } });
  });

  it('makes weights add up as exactly as is asked there', async () => {
    const { weights } = (await rule('bayesian', { weights: { best: 0.3333333, med: 0.3333333, worst: 0.3333333 } })) as {
      weights: Record<string, number>;
    };
    expect(Math.abs(Object.values(weights).reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-9);
  });

  it('has a floor below every sum of worst returns where there is none', async () => {
    const initiatives = scenarioOf('worked-example').initiatives.map((initiative) => ({ ...initiative, R_worst: -1e6 }));
    expect(await told({ min_portfolio_worst_return: null, initiatives })).toMatchObject({ min_portfolio_worst_return: -5_000_001 });
  });

  it('writes large and small numbers so that they stay numbers', async () => {
    const initiatives = scenarioOf('worked-example').initiatives.map((initiative) => ({ ...initiative, cost_to_scale: 1e-7 }));
    const text = (await filesOf(runOf(scenarioOf('worked-example', { initiatives })))).get('allocation.yaml') ?? '';
    expect(text).toContain('"TitlesAI": 1.0e-7');
  });
});

describe('what the Python packages cannot be told', () => {
  const gaps = (change: object) =>
    familyGaps(runOf(scenarioOf('worked-example', change)))
      .filter(({ about, text }) => about === 'allocation' && !text.startsWith('Several portfolios'))
      .map(({ text }) => text);

  it('is nothing of the worked example', () => {
    expect(gaps({})).toEqual([]);
  });

  it('is named: rule, penalty, constraints, shares, numbers set by hand, another benchmark', () => {
    const initiatives = scenarioOf('worked-example').initiatives.map((initiative) => ({
      ...initiative,
      divisible: initiative.initiative_id === 'TitlesAI',
    }));
    expect(gaps({ decision_rule: { id: 'greedy_roi', parameters: {} } })).toEqual([
      expect.stringContaining('not known there: minimax_regret stands'),
    ]);
    expect(gaps({ confidence_penalty: { id: 'strict', parameters: {} } })).toEqual([expect.stringContaining("penalty 'Strict'")]);
    expect(gaps({ constraints: { ...scenarioOf('worked-example').constraints, excluded: ['ImageEnhancer'] } })).toEqual([
      'Side constraints are not known there.',
    ]);
    expect(gaps({ initiatives })).toEqual([expect.stringContaining('TitlesAI can only be funded whole')]);
    expect(gaps({ benchmark: 'same-feasible-set' })).toEqual([expect.stringContaining('V* is found there from the budget alone')]);
    const trusted = { initiative_id: 'TitlesAI', R_best: null, R_med: null, R_worst: null, confidence: 0.3 };
    expect(gaps({ what_if: [trusted] })).toEqual([expect.stringContaining('confidence set by hand for TitlesAI')]);
  });

  it('does not hide that a correction changes the predicted returns', () => {
    const run = runOf(scenarioOf('winners-curse', { return_correction: { id: 'empirical_bayes', parameters: {} } }));
    expect(familyGaps(run).map(({ text }) => text)).toContainEqual(expect.stringContaining('predicted returns there'));
  });
});
