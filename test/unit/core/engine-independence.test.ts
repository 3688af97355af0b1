import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ESLint, Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const oxlint = resolve('node_modules/oxlint/bin/oxlint');

const forbidden = [
  'Math.exp(1)',
  'Math.log(2)',
  'Math.log1p(2)',
  'Math.expm1(2)',
  'Math.pow(2, 0.5)',
  'Math.hypot(3, 4)',
  'Math.cbrt(8)',
  'Math.sin(1)',
  'Math.atan2(1, 2)',
  'Math.sinh(1)',
  'Math.random()',
  'Math["exp"](1)',
  'const { exp } = Math',
  '[1].map(Math.exp)',
  'const m = Math; m.exp(1)',
  '2 ** 0.5',
  'let x = 2; x **= 2',
];
const forbiddenInCore = [
  'new Date()',
  'Date.now()',
  'performance.now()',
  'new Intl.NumberFormat()',
  '(1).toLocaleString()',
  '(1).toLocaleString("en")',
  '"a"["toLocaleLowerCase"]()',
  'const { toLocaleUpperCase } = "a"',
  '"a".localeCompare("b")',
  '"a".normalize()',
  'navigator.language',
  'new Error("a").stack',
  'globalThis.Math.exp(1)',
  'new WeakRef({})',
  'process.env',
];
const allowed = ['Math.sqrt(2)', 'Math.fround(0.1)', 'Math.max(1, 2)', 'Math.PI', '(0.1).toFixed(2)', '[2, 1].sort((a, b) => a - b)'];

const eslint = new ESLint();

/** The rules for a file that work on the text alone: a type-aware one would have the whole program read. */
async function problemsIn(file: string): Promise<(code: string) => Linter.LintMessage[]> {
  const { rules } = (await eslint.calculateConfigForFile(file)) as { rules: Linter.RulesRecord };
  const ofText = Object.fromEntries(Object.entries(rules).filter(([name]) => name.startsWith('no-restricted-')));
  const config = { files: ['**/*.ts'], languageOptions: { parser: parser as Linter.Parser }, rules: ofText };
  const linter = new Linter();
  return (code) => linter.verify(code, config, file);
}

describe('the lint', () => {
  it.each([
    { file: 'src/core/measure/any.ts', words: [...forbidden, ...forbiddenInCore] },
    { file: 'src/engine/any.ts', words: [...forbidden, '(1).toLocaleString()', '"a".localeCompare("b")'] },
    { file: 'src/interchange/code/any.ts', words: forbidden },
    { file: 'src/cli/any.ts', words: forbidden },
    { file: 'workers/any.ts', words: forbidden },
  ])('refuses in $file what differs between engines or places, and nothing else', async ({ file, words }) => {
    const problems = await problemsIn(file);
    expect(words.filter((code) => problems(code).every(({ ruleId }) => ruleId === null))).toEqual([]);
    expect(allowed.filter((code) => problems(code).length > 0)).toEqual([]);
  });

  it('refuses to sort numbers of the core without saying how', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sorted-'));
    copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
    writeFileSync(join(folder, 'tsconfig.json'), '{}');
    mkdirSync(join(folder, 'src/core'), { recursive: true });
    writeFileSync(join(folder, 'src/core/sorted.ts'), 'export const sorted = (numbers: number[]) => numbers.sort();\n');
    try {
      const { status, stdout } = spawnSync(process.execPath, [oxlint], { cwd: folder, encoding: 'utf8' });
      expect(stdout).toContain('require-array-sort-compare');
      expect(status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
