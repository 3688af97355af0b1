import { existsSync, readdirSync, readFileSync } from 'node:fs';

const page = existsSync('dist/index.html') ? readFileSync('dist/index.html', 'utf8') : '';
/** @param {string} path */
const folder = (path) => (existsSync(path) ? readdirSync(path).map((name) => `${path}/${name}`) : []);
const workerFiles = folder('dist/assets/worker').filter((path) => path.endsWith('.js'));

// Everything the browser fetches before the page can show itself: scripts, preloaded chunks and styles of index.html.
const initial = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => `dist/${path}`);

export default [
  { name: 'app shell', path: initial, limit: '150 kB', gzip: true },
  {
    name: 'worker',
    path: workerFiles.filter((path) => !/\/(faker|csv-table|table-csv|highs-solver|allocate|lab\.worker)-/.test(path)),
    limit: '130 kB',
    gzip: true,
  },
  { name: 'decision rules', path: workerFiles.filter((path) => /\/allocate-/.test(path)), limit: '40 kB', gzip: true },
  { name: 'the regret lab\u2019s worker', path: workerFiles.filter((path) => /\/lab\.worker-/.test(path)), limit: '60 kB', gzip: true },
  { name: 'solver, without its wasm', path: workerFiles.filter((path) => /\/highs-solver-/.test(path)), limit: '35 kB', gzip: true },
  { name: 'reading CSV', path: workerFiles.filter((path) => /\/(csv-table|table-csv)-/.test(path)), limit: '20 kB', gzip: true },
  { name: 'product names', path: workerFiles.filter((path) => /\/faker-/.test(path)), limit: '180 kB', gzip: true },
];
