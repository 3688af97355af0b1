import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { estimatorDescriptions } from '../../../../src/core/measure/descriptions.ts';
import type { CodeQuestion } from '../../../../src/interchange/code/code-script.ts';
import { python as language } from '../../../../src/interchange/code/python/index.ts';
import { writeScript } from '../../../../src/interchange/code/write-script.ts';
import { pyText } from '../../../../src/interchange/code/python/python-text.ts';
import { hostileQuestion } from './hostile.ts';
import { presetQuestions } from './preset-questions.ts';
import { codeVariants, writeVariants } from './variants.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-python-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first interpreter that has what the scripts need. */
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import numpy, scipy, pandas, statsmodels.api']).status === 0,
);
const variants = codeVariants();
const header = { title: 'A title\nraise SystemExit(0) # \u2028exit()', link: 'https://example.org/#x', digest: 'abc' };
const naive = () =>
  writeVariants(
    folder,
    variants.filter(({ method }) => method === 'naive_difference'),
  );

/** Where output and file names are plain ASCII, as on a bare machine. */
function runScript(questions: readonly CodeQuestion[]) {
  writeFileSync(join(folder, 'run.py'), writeScript(language, header, questions));
  const env = { ...process.env, LC_ALL: 'C', PYTHONUTF8: '0', PYTHONCOERCECLOCALE: '0', PYTHONDONTWRITEBYTECODE: '1', OPENBLAS_NUM_THREADS: '1' };
  const { stdout, stderr, status } = spawnSync(python ?? '', [join(folder, 'run.py')], { encoding: 'utf8', env });
  return { stdout, stderr, status, verdict: /\d+ of \d+ answers are the same/.exec(stdout)?.[0] };
}

describe('Python scripts', () => {
  it('know every method', () => {
    expect(language.methods.map(({ id }) => id)).toEqual(Object.keys(estimatorDescriptions));
  });

  it('write any text as text', () => {
    expect(pyText('plain')).toBe('"plain"');
    expect(pyText(`"""'`)).toBe(String.raw`"\"\"\"'"`);
    expect(pyText('b\\c\n{d}\u0000\ud800é☃😀')).toBe(String.raw`"b\\c\u000a{d}\u0000\ufffd\u00e9\u2603\U0001f600"`);
  });

  it('keep the title in a comment, whatever it holds, and say what they need', () => {
    const lines = writeScript(language, header, []).split('\n');
    expect(lines.filter((line) => line.includes('SystemExit(0) #'))).toEqual(['# A title raise SystemExit(0) #  exit()']);
    const head = lines.slice(0, 8);
    expect(head.every((line) => line.startsWith('#'))).toBe(true);
    expect(head.join('\n')).toContain('python run.py');
  });

  it('hold only the functions that their questions need', () => {
    const text = writeScript(language, header, naive());
    expect(text).toContain('def welch(');
    for (const other of ['statsmodels.api', 'logistic', 'arma', 'simplex', 'local_fit']) expect(text).not.toContain(other);
  });

  it.skipIf(python === undefined)(
    'answer every pilot of every preset and every variant of a method as the workbench does',
    { timeout: 240_000 },
    () => {
      const questions = [...writeVariants(folder, variants), ...presetQuestions(folder), hostileQuestion(folder)];
      const answered = questions.filter(({ expected }) => expected !== null);
      const { stdout, stderr, verdict, status } = runScript(questions);
      expect(stderr).toBe('');
      expect(stdout.split('\n').filter((line) => /DIFFERS|could not|not reproduced/.test(line))).toEqual([]);
      expect(verdict).toBe(`${answered.length} of ${answered.length} answers are the same`);
      expect(status).toBe(0);
    },
  );

  it.skipIf(python === undefined)('say what differs and end with status 1, and what has no answer', () => {
    const [first, second, third] = naive();
    const expected = first!.expected!;
    const wrong = { ...first!, expected: { ...expected, ci_upper: expected.ci_upper * (1 + 1e-6) } };
    const lost = { ...second!, file: 'not-there.csv' };
    const none = { ...third!, expected: null, reason: 'Nobody is treated in "x"\n.' };
    const { stdout, status, verdict } = runScript([wrong, second!, lost, none]);
    expect(status).toBe(1);
    expect(verdict).toBe('1 of 3 answers are the same');
    expect(stdout).toContain('could not be worked out: FileNotFoundError');
    expect(stdout).toContain('no answer on these data: Nobody is treated in "x" .');
    expect(stdout).toContain('Without an answer to compare: 1.');
  });
});
