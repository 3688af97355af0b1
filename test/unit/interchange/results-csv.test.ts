import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceRange } from '../../../src/core/contracts/evaluate-result.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import { modelTypes } from '../../../src/core/contracts/shared-types.ts';
import { evaluate } from '../../../src/core/evaluate/evaluate.ts';
import { scoreConfidence } from '../../../src/core/evaluate/score.ts';
import { estimatorDescriptions } from '../../../src/core/measure/descriptions.ts';
import { parseScenario, requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { findPreset } from '../../../src/core/scenario/presets/index.ts';
import type { StatedInitiative, WhatIf } from '../../../src/core/scenario/scenario.ts';
import { candidatesFromResultsCsv, longestResults, readResultsCsv } from '../../../src/interchange/results-csv.ts';
import { modelTypeNamed } from '../../../src/interchange/results-method.ts';
import { resultsTableCsv } from '../../../src/interchange/results-table-csv.ts';

const read = (text: string, level = 0.95) => readResultsCsv(text, level);
const spoken = (text: string, severity = 'error') =>
  read(text)
    .issues.listed.filter((issue) => issue.severity === severity)
    .map(({ row, column, message }) => `${row ?? '-'} ${column ?? '-'}: ${message}`);
const first = (text: string) => read(text).initiatives[0];
const numbersOf = ({ cost_to_scale, R_worst, R_med, R_best, confidence }: StatedInitiative) => [
  cost_to_scale,
  R_worst,
  R_med,
  R_best,
  confidence,
];

describe('results with an interval', () => {
  const text = 'id,estimate,ci_lower,ci_upper,n,method,cost\nnew-titles,0.5,0.1,0.9,400,RCT,40\nlater,-1,-2.5,0.25,30,ITS,3.5\n';

  it('become stated initiatives with the confidence their pilots would have had', () => {
    const { initiatives, whatIf, issues } = read(text);
    expect(issues.errors).toBe(0);
    expect(whatIf).toEqual([]);
    expect(initiatives).toEqual([
      {
        source: 'stated',
        initiative_id: 'new-titles',
        description: '',
        category: '',
        divisible: false,
        cost_to_scale: 40,
        R_best: 0.9,
        R_med: 0.5,
        R_worst: 0.1,
        confidence: scoreConfidence('new-titles', 'experiment').confidence,
        model_type: 'experiment',
      },
      expect.objectContaining({
        initiative_id: 'later',
        R_worst: -2.5,
        R_best: 0.25,
        confidence: scoreConfidence('later', 'time-series').confidence,
      }),
    ]);
  });

  it('are worth what EVALUATE makes of the same measurement, to the bit', () => {
    const measured = {
      initiative_id: 'x',
      effect_estimate: 0.1 + 0.2,
      ci_lower: -0.7,
      ci_upper: 1.1,
      p_value: 0.4,
      sample_size: 31,
      model_type: 'experiment' as const,
      diagnostics: { r_squared: 0.1 },
    };
    const expected = evaluate(measured, { cost_to_scale: 7, units_at_scale: 1234.567 });
    const row = ['x', measured.effect_estimate, measured.ci_lower, measured.ci_upper, 31, 'A/B test', 7, 1234.567].join('\t');
    expect(first(`id\teffect\tlower\tupper\tn\tdesign\tcost\tunits_at_scale\n${row}\n`)).toMatchObject({
      R_best: expected.R_best,
      R_med: expected.R_med,
      R_worst: expected.R_worst,
      confidence: expected.confidence,
      cost_to_scale: expected.cost,
    });
  });

  it('get the interval from a standard error at the level asked for, and say so', () => {
    const text = 'term,coef,std err,method,cost\na,10,2,did,1\n';
    const at = (level: number) => numbersOf(read(text, level).initiatives[0]!);
    // Normal quantiles from R: qnorm(0.975), qnorm(0.95).
    expect(at(0.95)[3]).toBeCloseTo(10 + 2 * 1.959963984540054, 12);
    expect(at(0.95)[1]).toBeCloseTo(10 - 2 * 1.959963984540054, 12);
    expect(at(0.9)[3]).toBeCloseTo(10 + 2 * 1.6448536269514722, 12);
    expect(spoken(text, 'note').join()).toMatch(/one row is the estimate plus and minus 1.96 standard errors, which is 95%/);
  });

  it('are refused where they rest on fewer than 30 units, and the others stay', () => {
    const { initiatives, rows } = read('id,estimate,lower,upper,n,method,cost\nsmall,1,0,2,29,rct,1\nenough,1,0,2,30,rct,1\n');
    expect(initiatives.map(({ initiative_id }) => initiative_id)).toEqual(['enough']);
    expect(rows[0]).toMatchObject({ line: 2, result: null, problems: [{ severity: 'error', column: 'n' }] });
    expect(spoken('id,estimate,lower,upper,n,method,cost\nsmall,1,0,2,29,rct,1\n')).toEqual([
      '2 n: is fewer than 30 units, the least a measurement may rest on: measure more, or take the column out',
    ]);
  });
});

describe('returns given outright', () => {
  it('give the worked example of the presets, number by number', () => {
    const text = [
      'Initiative;Cost;R best;R med;R worst;Confidence;Model type',
      'TitlesAI;4;15;10;2;0.9;experiment',
      'ImageEnhancer;2;12;8;1;0.6;quasi-experiment',
      'PriceOptimizer;2;9;6;2;0.8;quasi-experiment',
      'SearchRanker;2;7;5;3;0.4;time-series',
      'BundleEngine;4;18;9;0;0.5;time-series',
    ].join('\r\n');
    const { initiatives, whatIf, issues } = read(text);
    expect(issues.errors).toBe(0);
    expect(whatIf).toEqual([]);
    expect(initiatives).toEqual(findPreset('worked-example')?.scenario.initiatives);
  });

  it('need no method where a confidence says what kind of evidence earns it', () => {
    const { initiatives } = read('id,cost,worst,med,best,confidence\na,1,0,1,2,0.9\nb,1,0,1,2,0.61\nc,1,0,1,2,0.39\nd,1,0,1,2,0.55\n');
    expect(initiatives.map(({ model_type }) => model_type)).toEqual(['experiment', 'quasi-experiment', 'observational', 'time-series']);
  });

  it('keep a confidence that its method cannot earn for the decision alone', () => {
    const { initiatives, whatIf } = read('id,cost,worst,med,best,confidence,method\na,1,0,1,2,95%,matching\nb,1,0,1,2,0.01,naive\n');
    expect(initiatives.map(({ confidence }) => confidence)).toEqual([0.84, 0.2]);
    expect(whatIf).toEqual([
      { initiative_id: 'a', R_best: null, R_med: null, R_worst: null, confidence: 0.95 },
      { initiative_id: 'b', R_best: null, R_med: null, R_worst: null, confidence: 0.01 },
    ]);
  });
});

describe('how tables are written', () => {
  const plain = 'id,cost,worst,med,best,confidence\na,1234.5,-1,0.5,2,0.9\n';
  const wanted = numbersOf(first(plain)!);

  it.each([
    ['tabs, as a spreadsheet pastes', 'id\tcost\tworst\tmed\tbest\tconfidence\na\t1234.5\t-1\t0.5\t2\t0.9'],
    ['semicolons and decimal commas', 'id;cost;worst;med;best;confidence\na;1234,5;-1;0,5;2;0,9'],
    ['decimal commas and points between thousands', 'id;cost;worst;med;best;confidence\na;1.234,5;-1;0,5;2;0,9'],
    ['commas between thousands, in quotes', 'id,cost,worst,med,best,confidence\na,"1,234.5",-1,0.5,2,0.9'],
    ['a byte order mark and old line ends', '\ufeffid,cost,worst,med,best,confidence\ra,1234.5,-1,0.5,2,0.9\r'],
    ['quotes around everything', '"id","cost","worst","med","best","confidence"\n"a","1234.5","-1","0.5","2","0.9"'],
    ['bars', 'id|cost|worst|med|best|confidence\na|1234.5|-1|0.5|2|0.9'],
    ['currency, percent and a typographic minus', 'id,cost,worst,med,best,confidence\na,$1234.5,\u22121,0.5,2,90%'],
    ['brackets for minus and empty rows', '\n\nid,cost,worst,med,best,confidence\n,,,,,\na,1234.5,(1),0.5,2,0.9\n\n,,,,,\n'],
    [
      'columns in any order and case, and others',
      'When,CONFIDENCE,R_Best,r-med,R worst,Cost to scale,Initiative ID\n2024,0.9,2,0.5,-1,1234.5,a',
    ],
  ])('%s', (_, text) => {
    const { initiatives, issues } = read(text);
    expect(issues.listed.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(initiatives.map(numbersOf)).toEqual([wanted]);
  });

  it('a column that says 1,234 follows the others, and what was assumed is said', () => {
    expect(first('id;cost;worst;med;best;confidence\na;1,234;0,5;1;2;0,9')?.cost_to_scale).toBe(1.234);
    expect(first('id\tcost\tworst\tmed\tbest\tconfidence\na\t1,234\t0,5\t1\t2\t0,9')?.cost_to_scale).toBe(1.234);
    expect(first('id\tcost\tworst\tmed\tbest\tconfidence\na\t1,234\t"1,000.5"\t2000\t3000\t0.9')?.cost_to_scale).toBe(1234);
    expect(spoken('id\tcost\tworst\tmed\tbest\tconfidence\na\t1,234\t1\t2\t3\t0.9', 'note').join()).toMatch(/1,234\) were taken as/);
  });

  it('a column that mixes decimal points and commas is not guessed at', () => {
    const errors = spoken('id;cost;worst;med;best;confidence\na;1,234.5;0;1;2;0.9\nb;1,5;0;1;2;0.9');
    expect(errors).toHaveLength(2);
    expect(errors[0]).toMatch(/^2 cost: stands in a column that mixes/);
  });

  it('columns that are not known are named, and so is the lesser of two that mean the same', () => {
    const notes = spoken('id,cost,worst,med,best,confidence,owner,name\na,1,0,1,2,0.9,Ann,A\n', 'note');
    expect(notes).toContain('1 owner: is not a column that is known here; it was ignored');
    expect(notes).toContain("1 name: means the same as 'id' (id), which was used; this one was ignored");
  });

  it('says what is missing of the header', () => {
    expect(spoken('a,b\n1,2\n')).toEqual([
      '1 -: has no column for the id: name one id, initiative or name',
      '1 -: has no column for the cost of scaling: name one cost',
      '1 -: has no returns: needs estimate with ci_lower and ci_upper, or estimate with se, or R_worst, R_med and R_best',
      '1 -: has neither a method nor a confidence: one of them must say how far the numbers can be trusted',
    ]);
  });
});

describe('what is wrong with a row', () => {
  const head = 'id,cost,estimate,lower,upper,n,method,confidence,divisible';
  const good = 'fine,1,1,0,2,40,rct,0.9,yes';

  it.each([
    ['a,0,1,0,2,40,rct,0.9,', '3 cost: must be more than 0'],
    ['a,,1,0,2,40,rct,0.9,', '3 cost: needs a cost'],
    ['a,x,1,0,2,40,rct,0.9,', '3 cost: is no number'],
    ['a,1e16,1,0,2,40,rct,0.9,', '3 cost: must be more than 0 and at most 1,000,000,000,000,000'],
    ['a,1e309,1,0,2,40,rct,0.9,', '3 cost: is larger than any number that can be kept'],
    ['a,=1+1,1,0,2,40,rct,0.9,', '3 cost: is a formula'],
    ['a,1,1,2,0,40,rct,0.9,', '3 -: needs lower <= estimate <= upper (are lower and upper swapped?)'],
    ['a,1,3,0,2,40,rct,0.9,', '3 -: needs lower <= estimate <= upper'],
    ['a,1,1,0,,40,rct,0.9,', '3 -: needs returns: ci_upper is empty'],
    ['a,1,1,0,2,40.5,rct,0.9,', '3 n: must be a whole number of units'],
    ['a,1,1,0,2,40,divination,0.9,', '3 method: is not a method that is known here: write experiment'],
    ['a,1,1,0,2,40,rct,1.5,', '3 confidence: must lie between 0 and 1: write 0.015 or 1.5%'],
    ['a,1,1,0,2,40,rct,-0.1,', '3 confidence: must lie between 0 and 1'],
    ['a,1,1,0,2,40,rct,0.9,perhaps', '3 divisible: must be yes or no'],
    [',1,1,0,2,40,rct,0.9,', '3 id: needs an id'],
    ['\u5546\u54c1,1,1,0,2,40,rct,0.9,', '3 id: has no letter or digit'],
    ['fine,1,1,0,2,40,rct,0.9,', "3 id: 'fine' is the id of row 2 already"],
    ['a,1,1,0', '3 -: has 4 fields where the header has 9'],
    ['a,1,1,0,2,40,,,', '3 method: needs a method or a confidence'],
  ])('%s', (row, expected) => {
    const text = `${head}\n${good}\n${row}\n`;
    expect(spoken(text).join('\n')).toContain(expected);
    expect(read(text).initiatives.map(({ initiative_id }) => initiative_id)).toEqual(['fine']);
  });

  it('is all said, not only the first', () => {
    expect(spoken(`${head}\n,0,3,2,1,5,x,7,perhaps\n`)).toHaveLength(7);
  });

  it('makes valid ids of names, and says what was changed', () => {
    const text =
      'id,cost,worst,med,best,confidence\nTitle AI,1,0,1,2,0.9\nÉtagères & Cie.,1,0,1,2,0.9\n=1+1,1,0,1,2,0.9\nok_id-1,1,0,1,2,0.9\n';
    const { initiatives } = read(text);
    expect(initiatives.map(({ initiative_id }) => initiative_id)).toEqual(['Title-AI', 'Etageres-Cie', '1-1', 'ok_id-1']);
    expect(initiatives.map(({ description }) => description)).toEqual(['Title AI', 'Étagères & Cie.', '=1+1', '']);
    expect(spoken(text, 'note')[0]).toBe("2 id: was changed to 'Title-AI', since ids hold only letters, digits, _ and -");
  });
});

describe('hostile and huge input', () => {
  it('names of object parts are names like any other', () => {
    const text = '__proto__,constructor,id,cost,worst,med,best,confidence\nx,y,__proto__,1,0,1,2,0.9\nx,y,toString,1,0,1,2,0.9\n';
    const { initiatives, columns } = read(text);
    expect(initiatives.map(({ initiative_id }) => initiative_id)).toEqual(['__proto__', 'toString']);
    expect(columns.slice(0, 2)).toEqual([
      { name: '__proto__', field: null },
      { name: 'constructor', field: null },
    ]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(parseScenario(scenarioWith(initiatives, [])).ok).toBe(true);
  });

  it('text stays text', () => {
    const text = `id,cost,worst,med,best,confidence,description\na,1,0,1,2,0.9,"=cmd|' /C calc'!A0"\nb,1,0,1,2,0.9,<img src=x onerror=alert(1)>\n`;
    expect(read(text).initiatives.map(({ description }) => description)).toEqual(["=cmd|' /C calc'!A0", '<img src=x onerror=alert(1)>']);
  });

  it('more rows than a scenario holds are left out, and counted', () => {
    const rows = Array.from({ length: 260 }, (_, i) => `a${i},1,0,1,2,0.9`);
    const text = `id,cost,worst,med,best,confidence\n${rows.join('\n')}\n`;
    expect(read(text).initiatives).toHaveLength(200);
    expect(spoken(text)).toEqual(['202 -: a scenario holds at most 200 initiatives; 60 rows from here on were left out']);
  });

  it('a text too long for any table of initiatives is not read at all', () => {
    const { rows, issues } = read('x'.repeat(longestResults + 1));
    expect(rows).toEqual([]);
    expect(issues.listed[0]?.message).toMatch(/holds 1,000,001 characters; at most 1,000,000 can be read/);
  });

  it.each(['', '   ', '\n\n\n', ',,,', '\0\0\0', '"', 'id', 'id,cost\n"open', '[1,2]', '{"id": 1}', 'id\tid\n1\t2', '\ufeff', '='])(
    'nothing usable in %j is an issue, never an exception',
    (text) => {
      const reading = read(text);
      expect(reading.initiatives).toEqual([]);
      expect(reading.issues.errors).toBeGreaterThan(0);
    },
  );

  it('any text at all gives a valid scenario or issues', () => {
    const cell = fc.oneof(
      fc.constantFrom('a', 'b', '1', '0.9', '-3', 'rct', '', '"', '1e309', '1,5', '=x', '__proto__', 'NaN', '\u0000'),
      fc.string(),
    );
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 7 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.boolean(), (rows, mark, named) => {
        const body = rows.map((row) => row.join(mark)).join('\n');
        const text = named ? `${['id', 'cost', 'worst', 'med', 'best', 'confidence', 'method'].join(mark)}\n${body}` : body;
        const { initiatives, whatIf, issues } = read(text);
        const parsed = parseScenario(scenarioWith(initiatives, whatIf));
        expect(parsed).toMatchObject({ ok: true });
        expect(initiatives.length + issues.errors).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('methods by name', () => {
  it('knows every estimator by its id and its label, and every kind of evidence', () => {
    for (const { id, label, model_type } of Object.values(estimatorDescriptions)) {
      expect(modelTypeNamed(id), id).toBe(model_type);
      expect(modelTypeNamed(label.toUpperCase()), label).toBe(model_type);
    }
    for (const type of modelTypes) expect(modelTypeNamed(` ${type.replace('-', ' ')} `)).toBe(type);
  });

  it.each([
    ['RCT', 'experiment'],
    ['A/B test', 'experiment'],
    ['Randomized controlled trial (RCT)', 'experiment'],
    ['DiD', 'quasi-experiment'],
    ['diff-in-diff', 'quasi-experiment'],
    ['RDD', 'quasi-experiment'],
    ['PSM', 'quasi-experiment'],
    ['ITS', 'time-series'],
    ['CausalImpact', 'time-series'],
    ['Before/after', 'observational'],
    ['constructor', null],
    ['', null],
  ] as const)('%s', (name, type) => expect(modelTypeNamed(name)).toBe(type));
});

describe('the table out and in again', () => {
  const money = fc.double({ noNaN: true, min: -1e15, max: 1e15 });
  const initiative = fc
    .record({
      cost: fc.double({ noNaN: true, min: Number.MIN_VALUE, max: 1e15 }),
      returns: fc.tuple(money, money, money),
      share: fc.double({ noNaN: true, min: 0, max: 1 }),
      type: fc.constantFrom(...modelTypes),
      category: fc.constantFrom('', 'pricing', '=SUM(A1)', 'a,b;"c"\td', '-x', 'NA'),
      description: fc.string({ maxLength: 60 }).map((text) =>
        text
          .trim()
          .replaceAll(/[\r\n\0\ufffd\ufeff]/g, ' ')
          .replace(/^'+/, '')
          .trim(),
      ),
      divisible: fc.boolean(),
      byHand: fc.option(fc.double({ noNaN: true, min: 0, max: 1 })),
    })
    .map(({ cost, returns, share, type, byHand, ...rest }) => {
      const [R_worst, R_med, R_best] = returns.toSorted((a, b) => a - b) as [number, number, number];
      const [lowest, highest] = confidenceRange[type];
      const confidence = Math.min(highest, lowest + (highest - lowest) * share);
      return { ...rest, source: 'stated' as const, cost_to_scale: cost, R_worst, R_med, R_best, confidence, model_type: type, byHand };
    });

  it('keeps every number bit for bit, the words, and what was set by hand', () => {
    fc.assert(
      fc.property(fc.array(initiative, { minLength: 1, maxLength: 8 }), (given) => {
        const names = ['a', '-5', '007', 'NA', '1e5', 'null', '-b', '__proto__'];
        const initiatives = given.map(({ byHand: _, ...rest }, i) => ({ ...rest, initiative_id: names[i]! }));
        const whatIf = given.flatMap(({ byHand }, i) => {
          const [lowest, highest] = confidenceRange[initiatives[i]!.model_type];
          const isOutside = byHand !== null && (byHand < lowest || byHand > highest);
          return isOutside ? [{ initiative_id: names[i]!, R_best: null, R_med: null, R_worst: null, confidence: byHand }] : [];
        });
        const again = read(resultsTableCsv(initiatives, whatIf));
        expect(again.issues.errors).toBe(0);
        expect(again.whatIf).toEqual(whatIf);
        const nearest = (entry: StatedInitiative) => {
          const set = whatIf.find(({ initiative_id }) => initiative_id === entry.initiative_id);
          const [lowest, highest] = confidenceRange[entry.model_type];
          return set === undefined ? entry : { ...entry, confidence: set.confidence! < lowest ? lowest : highest };
        };
        // toEqual tells 0 from -0.
        expect(again.initiatives).toEqual(initiatives.map(nearest));
      }),
      { numRuns: 200 },
    );
  });

  it('writes the returns set by hand in the place of those on record', () => {
    const [a] = read('id,cost,worst,med,best,confidence\na,1,0,1,2,0.9\n').initiatives;
    const set: WhatIf = { initiative_id: 'a', R_worst: -1, R_med: 0.5, R_best: 7, confidence: 0.3 };
    expect(candidatesFromResultsCsv(resultsTableCsv([a!], [set])).candidates).toEqual([
      { id: 'a', cost: 1, R_worst: -1, R_med: 0.5, R_best: 7, confidence: 0.3, category: '', divisible: false },
    ]);
  });
});

describe('candidates for the command line', () => {
  it('take any confidence and carry the notes', () => {
    const { candidates, notes } = candidatesFromResultsCsv(
      'id,cost,worst,med,best,confidence,method,team,divisible\nA b,1,0,1,2,0.99,did,x,yes\n',
    );
    expect(candidates).toEqual([{ id: 'A-b', cost: 1, R_worst: 0, R_med: 1, R_best: 2, confidence: 0.99, category: 'x', divisible: true }]);
    expect(notes[0]).toMatchObject({ path: "row 2, column 'id'" });
  });

  it('refuse a table with anything wrong in it', () => {
    expect(() => candidatesFromResultsCsv('id,cost,worst,med,best,confidence\na,0,0,1,2,0.9\nb,1,0,1,2,0.9\n')).toThrow(InputError);
    expect(() => candidatesFromResultsCsv('')).toThrow(/empty/);
  });
});

function scenarioWith(initiatives: readonly StatedInitiative[], whatIf: readonly WhatIf[]): unknown {
  return { ...requireScenario({ version: 1, seed: '1', budget: 1, initiatives: [] }), initiatives, what_if: whatIf };
}
