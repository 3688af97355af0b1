import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const code = ['**/*.ts', '**/*.svelte'];
const core = ['src/core/**/*.ts'];
const aroundCore = ['src/{engine,interchange,cli}/**/*.ts', 'workers/**/*.ts'];
const noEnums = { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' };

// IEEE 754 fixes these; every other Math function differs between engines in its last bits.
const exactMath = 'abs|floor|ceil|round|trunc|sign|min|max|sqrt|fround|imul|clz32|E|LN10|LN2|LOG10E|LOG2E|PI|SQRT1_2|SQRT2';

const sameInEveryEngine = [
  {
    selector: `MemberExpression[object.name='Math'][computed=false]:not([property.name=/^(${exactMath})$/])`,
    message: 'Not the same in every engine (or random): use core/numeric/elementary or core/random.',
  },
  { selector: "MemberExpression[object.name='Math'][computed=true]", message: 'Name the Math function, so that the lint can see it.' },
  {
    selector: "VariableDeclarator[init.name='Math'], :not(MemberExpression) > Identifier[name='Math']",
    message: 'Use Math only as Math.name, so that the lint can see it.',
  },
  {
    selector: "BinaryExpression[operator='**'], AssignmentExpression[operator='**=']",
    message: 'The power operator differs between engines: multiply, or use core/numeric/elementary.',
  },
];

const coreSyntax = [
  ...sameInEveryEngine,
  {
    selector: [
      'MemberExpression[property.name=/^(toLocale.*|localeCompare|normalize)$/]',
      'ObjectPattern > Property[key.name=/^(toLocale.*|localeCompare|normalize)$/]',
      ':matches(MemberExpression, Property) > Literal[value=/^(toLocale.*|localeCompare|normalize)$/]',
    ].join(', '),
    message: 'The core does not depend on a language, a region or a version of Unicode.',
  },
  {
    selector: 'MemberExpression[property.name=/^(stack|captureStackTrace)$/]',
    message: 'Every engine writes a stack in its own way.',
  },
  {
    selector: 'AwaitExpression, :function[async=true], ForOfStatement[await=true]',
    message: 'The core is synchronous; waiting belongs to the engine and the workers.',
  },
];

/** Around the core: nothing that goes in or comes out may depend on the engine, or on a language that nobody chose. */
const aroundCoreSyntax = [
  ...sameInEveryEngine,
  {
    selector:
      'CallExpression[callee.property.name=/^toLocale/][arguments.length=0], CallExpression[callee.property.name="localeCompare"][arguments.length<2]',
    message: 'Say which language.',
  },
];

const outsideWorld = [
  'Date',
  'Intl',
  'performance',
  'console',
  'crypto',
  'fetch',
  'process',
  'globalThis',
  'self',
  'window',
  'document',
  'navigator',
  'localStorage',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'eval',
  'Function',
  'WeakRef',
  'FinalizationRegistry',
  'SharedArrayBuffer',
  'Atomics',
].map((name) => ({ name, message: 'The core is pure: no clock, no randomness of the engine, no outside world.' }));

const otherLayers = [
  {
    group: [
      '**/engine/**',
      '**/interchange/**',
      '**/state/**',
      '**/charts/**',
      '**/ui/**',
      '**/views/**',
      '**/lessons/**',
      '**/cli/**',
      '**/workers/**',
    ],
    message: 'The core imports only the core.',
  },
  {
    group: ['svelte', 'svelte/**', 'comlink', 'highs', 'highs/**', 'node:*', 'd3-*'],
    message: 'The core has no page, no worker, no solver and no node.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'dist-single/', '.svelte-check/', 'shots/', 'node_modules/', 'coverage/', 'test-results/', 'playwright-report/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs}'],
    rules: { 'no-unused-vars': 'error', 'prefer-const': 'error', eqeqeq: 'error' },
  },
  // The rules that need types are in .oxlintrc.json: there they take seconds.
  { files: code, extends: [tseslint.configs.recommended] },
  {
    files: code,
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', noEnums],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], extends: [svelte.configs.recommended] },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
    rules: {
      // A style attribute written into a template is parsed as markup and blocked by the content security policy.
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style']:not(:has(SvelteMustacheTag))",
          message: 'Blocked by the content security policy: use a class, or style:property={value}.',
        },
      ],
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-useless-mustaches': 'off',
      'svelte/no-target-blank': 'error',
      'svelte/button-has-type': 'error',
    },
  },
  {
    files: core,
    rules: {
      'no-restricted-globals': ['error', ...outsideWorld],
      'no-restricted-imports': ['error', { patterns: otherLayers }],
      'no-restricted-syntax': ['error', noEnums, ...coreSyntax],
    },
  },
  { files: aroundCore, rules: { 'no-restricted-syntax': ['error', noEnums, ...aroundCoreSyntax] } },
  {
    files: ['src/**/*.ts', 'workers/**/*.ts'],
    ignores: ['**/*.d.ts'],
    rules: {
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
      ],
    },
  },
  { files: ['src/cli/**/*.ts', 'test/bench/**/*.ts'], rules: { 'no-console': 'off' } },
);
