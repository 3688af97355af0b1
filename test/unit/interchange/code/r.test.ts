import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { estimatorDescriptions } from '../../../../src/core/measure/descriptions.ts';
import type { CodeQuestion } from '../../../../src/interchange/code/code-script.ts';
import { r as language } from '../../../../src/interchange/code/r/index.ts';
import { writeScript } from '../../../../src/interchange/code/write-script.ts';
import { rText } from '../../../../src/interchange/code/r/r-text.ts';
import { hostileQuestion } from './hostile.ts';
import { presetQuestions } from './preset-questions.ts';
import { codeVariants, writeVariants } from './variants.ts';

const folder = mkdtempSync(join(tmpdir(), 'code r-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasR = spawnSync('Rscript', ['--version']).status === 0;
const variants = codeVariants();
const header = { title: 'A title\nquit(status = 0) # \u2028quit()', link: 'https://example.org/#x', digest: 'abc' };

function runScript(questions: readonly CodeQuestion[], locale = 'C') {
  writeFileSync(join(folder, 'run.R'), writeScript(language, header, questions));
  const { stdout, stderr, status } = spawnSync('Rscript', ['--vanilla', join(folder, 'run.R')], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: locale },
  });
  return { stdout, stderr, status, verdict: /\d+ of \d+ answers are the same/.exec(stdout)?.[0] };
}

describe('R scripts', () => {
  it('know every method', () => {
    expect(language.methods.map(({ id }) => id)).toEqual(Object.keys(estimatorDescriptions));
  });

  it('write any text as text', () => {
    expect(rText('plain')).toBe('"plain"');
    expect(rText('a"b\\c\n`d\u0000\ud800é☃😀')).toBe(String.raw`"a\"b\\c\u000a` + '`d' + String.raw`\ufffd\ufffd\u00e9\u2603\U0001f600"`);
  });

  it('keep the title in a comment, whatever it holds, and say what they need', () => {
    const lines = writeScript(language, header, []).split('\n');
    expect(lines.filter((line) => line.includes('quit(status = 0) #'))).toEqual(['# A title quit(status = 0) #  quit()']);
    expect(lines.slice(0, 6).every((line) => line.startsWith('#'))).toBe(true);
    expect(lines.slice(0, 6).join('\n')).toContain('Rscript run.R');
  });

  it('hold only the functions that their questions need', () => {
    const [naive] = writeVariants(
      folder,
      variants.filter(({ method }) => method === 'naive_difference'),
    );
    const text = writeScript(language, header, [naive!]);
    expect(text).toContain('welch <- function');
    for (const other of ['glm', 'arima', 'simplex', 'local_fit']) expect(text).not.toContain(other);
  });

  it.skipIf(!hasR)('answer every pilot of every preset and every variant of a method as the workbench does', { timeout: 180_000 }, () => {
    const questions = [...writeVariants(folder, variants), ...presetQuestions(folder), hostileQuestion(folder)];
    const answered = questions.filter(({ expected }) => expected !== null);
    const { stdout, verdict, status } = runScript(questions);
    expect(stdout.split('\n').filter((line) => /DIFFERS|could not|not reproduced/.test(line))).toEqual([]);
    expect(verdict).toBe(`${answered.length} of ${answered.length} answers are the same`);
    expect(status).toBe(0);
    for (const { expected, reason } of questions) if (expected === null) expect(stdout).toContain(`no answer on these data: ${reason}`);
  });

  it.skipIf(!hasR)('say what differs and end with status 1', () => {
    const [first, second] = writeVariants(
      folder,
      variants.filter(({ method }) => method === 'naive_difference'),
    );
    const expected = first!.expected!;
    const wrong = { ...first!, expected: { ...expected, ci_upper: expected.ci_upper * (1 + 1e-6) } };
    const lost = { ...second!, file: 'not-there.csv' };
    const { stdout, status, verdict } = runScript([wrong, second!, lost]);
    expect(status).toBe(1);
    expect(verdict).toBe('1 of 3 answers are the same');
    expect(stdout).toContain('could not be worked out');
  });
});
