/** @param {string[]} names */
const libraries = (...names) => names.map((name) => `node_modules/${name}/`);
/** @param {string} name */
const layer = (name) => `^src/${name}/`;

/** @param {string} from @param {string[]} allowed */
const mayImport = (from, ...allowed) => ({
  name: `${from.replaceAll(/[\^/]|src/g, '')}-layer`,
  severity: 'error',
  comment: 'See who may import whom in README.md.',
  from: { path: from },
  to: { pathNot: [from, ...allowed] },
});

/** @param {string} from @param {string[]} to */
const onlyTypes = (from, ...to) => ({
  name: `${from.replaceAll(/[\^/]|src/g, '')}-only-types`,
  severity: 'error',
  comment: 'This layer receives its data; it may know only the types of that layer.',
  from: { path: from },
  to: { path: to, dependencyTypesNot: ['type-only'] },
});

const svelte = libraries('svelte', 'esm-env');
const drawing = libraries('d3-[a-z]+', '@types/d3-[a-z]+');

export default {
  forbidden: [
    mayImport(layer('core'), ...libraries('valibot', 'seedrandom', '@types/seedrandom', '@noble/hashes', '@faker-js/faker')),
    onlyTypes(layer('core'), ...libraries('@faker-js/faker')),
    mayImport('^workers/', layer('core'), layer('interchange'), '^highs/', ...libraries('comlink', 'highs', '@faker-js/faker')),
    mayImport(layer('engine'), layer('core'), layer('interchange'), '^workers/', ...libraries('comlink')),
    onlyTypes(layer('engine'), '^workers/', layer('interchange')),
    mayImport(layer('interchange'), layer('core'), ...libraries('papaparse', '@types/papaparse', 'valibot', 'uqr', 'fflate', 'yaml')),
    mayImport(layer('state'), layer('core'), layer('engine'), layer('interchange'), ...svelte, ...libraries('idb-keyval')),
    mayImport(layer('charts'), layer('core'), ...svelte, ...drawing),
    onlyTypes(layer('charts'), layer('core')),
    mayImport(layer('ui'), layer('core'), ...svelte),
    onlyTypes(layer('ui'), layer('core')),
    mayImport(layer('lessons'), layer('core'), layer('interchange')),
    onlyTypes(layer('lessons'), layer('core')),
    mayImport(layer('views'), ...['core', 'engine', 'interchange', 'state', 'charts', 'ui', 'lessons'].map(layer), ...svelte),
    mayImport(
      layer('cli'),
      ...['core', 'engine', 'interchange'].map(layer),
      '^workers/',
      ...libraries('comlink', 'highs', '@faker-js/faker', 'ajv', 'yaml'),
      '^node:',
      '^(fs|path|url|util|process|os|worker_threads)',
    ),
    {
      name: 'measure-sees-no-truth',
      severity: 'error',
      comment: 'Only simulate, scale and study may see the truth.',
      from: { path: '^src/core/measure/' },
      to: { path: '^src/core/(simulate|scale|study)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '[?]url$' } },
    {
      name: 'page-without-development-packages',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    { name: 'no-tests-in-sources', severity: 'error', from: { path: '^(src|workers)/' }, to: { path: '^(test|scripts)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
