// @ts-check
// npm run build:single: the whole page, workers and solver included, as one HTML file that opens from anywhere.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { en } from '@faker-js/faker';
import { build } from 'vite';
import { PlainError, root, runScript } from './install.mjs';
import { fromSevenBitText, toSevenBitText } from './seven-bit-text.mjs';

const output = process.argv[2] ?? join(root, 'dist-single/impact-workbench.html');
const largest = 2_500_000;
// Slanted letters are slanted by the browser, Greek ones come from the system.
const fontsLeftOut = /@font-face\s*\{[^}]*(?:font-style:\s*italic|U\+0?370-0?3FF)[^}]*\}/gi;
const { last_name, last_name_pattern } = en.person ?? {};
// A page from a file may start classic workers only.
const workerCall = /new Worker\(new URL\('[^']*\/workers\/(?:lab|pipeline)\.worker\.ts', import\.meta\.url\), \{ type: 'module', /g;

/**
 * Page and workers in one program, which share what they have in common; where it runs tells it which of them to be. The solver is a part of the file,
 * not an address; of all the names there are, the file holds family names, which brands are called by.
 */
const modules = /** @type {Readonly<Record<string, string>>} */ ({
  '\0program': `
    if (typeof document !== 'undefined') void import('/src/main.ts');
    else if (self.name === 'lab') void import('/workers/lab.worker.ts');
    else void import('/workers/pipeline.worker.ts');`,
  '\0solver': `
    import { loadHighsSolver as load } from '/workers/highs-solver.ts';
    export const loadHighsSolver = async () => load({ wasmUrl: await globalThis.impactWorkbenchSolver() });`,
  '\0no-address': `export default '';`,
  '\0names': `
    import { Faker } from '@faker-js/faker';
    export const faker = new Faker({ locale: [${JSON.stringify({ metadata: en.metadata, person: { last_name, last_name_pattern } })}] });`,
});

/** @type {import('vite').Plugin} */
const singleFile = {
  name: 'single-file',
  enforce: 'pre',
  resolveId(id, importer) {
    if (id === 'program') return '\0program';
    if (id === 'highs/runtime?url') return '\0no-address';
    if (id === '@faker-js/faker/locale/en') return '\0names';
    return id === './highs-solver.ts' && importer?.endsWith('pipeline.worker.ts') ? '\0solver' : null;
  },
  load: (id) => modules[id],
  transform(code, id) {
    if (id.includes('node_modules') || !code.includes('new Worker(')) return null;
    if (code.search(workerCall) < 0) throw new Error(`${id} starts a worker in a way the one-file page does not know.`);
    return code.replaceAll(workerCall, 'new Worker(globalThis.impactWorkbenchProgram, { ');
  },
};

await runScript(async () => {
  const { script, styles } = await buildProgram();
  const html = page({
    styles: Buffer.from(styles),
    program: Buffer.from(script),
    solver: readFileSync(join(root, 'node_modules/highs/build/highs.wasm')),
  });
  const bytes = Buffer.byteLength(html);
  if (bytes > largest) throw new PlainError(`The one-file page has ${bytes} bytes; it may have ${largest}.`);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, html);
  console.log(`${output}: ${(bytes / 1e6).toFixed(2)} MB`);
});

/** Script and styles, each in one piece, fonts and all. */
async function buildProgram() {
  const files = await built({
    mode: 'single',
    define: { 'import.meta.url': '""' },
    plugins: [singleFile],
    build: {
      cssCodeSplit: false,
      assetsInlineLimit: (/** @type {string} */ path) => !path.endsWith('.wasm'),
      copyPublicDir: false,
      rolldownOptions: { input: 'program', output: { format: 'iife', codeSplitting: false } },
    },
  });
  const scripts = files.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
  const styles = files.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [file.source.toString()] : []));
  const [script, ...others] = scripts;
  if (script === undefined || others.length > 0) throw new Error(`The page became ${scripts.length} scripts; it must be one.`);
  return { script, styles: styles.join('\n').replace(fontsLeftOut, '') };
}

/** @param {import('vite').InlineConfig} config */
async function built(config) {
  const result = await build({ root, logLevel: 'error', ...config, build: { ...config.build, write: false } });
  const [only] = Array.isArray(result) ? result : [result];
  if (only === undefined || !('output' in only)) throw new Error('vite built nothing.');
  return only.output;
}

/** @param {Readonly<Record<string, Uint8Array>>} parts */
function page(parts) {
  const start = readFileSync(join(root, 'scripts/single-start.mjs'), 'utf8').replace(/^(\/\/|import ).*\n/gm, '');
  const script = `\n${fromSevenBitText.toString()}\n${start}`;
  const style = `\n${readFileSync(join(root, 'src/ui/start.css'), 'utf8')}`;
  const icon = `data:image/svg+xml,${encodeURIComponent(readFileSync(join(root, 'public/icon.svg'), 'utf8'))}`;
  const packed = Object.entries(parts).map(([id, content]) => {
    const bytes = gzipSync(content, { level: 9 });
    return `<script type="text/plain" id="${id}" data-bytes="${bytes.length}">${toSevenBitText(bytes)}</script>`;
  });
  return readFileSync(join(root, 'index.html'), 'utf8')
    .replace(/\n *<link rel="(apple-touch-icon|manifest)"[^>]*>/g, '')
    .replace('/icon.svg', icon)
    .replace('<meta charset="utf-8" />', `<meta charset="utf-8" />\n    ${policy(script, style)}`)
    .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
    .replace(/<script type="module"[^>]*><\/script>/, () => `${packed.join('\n    ')}\n    <script type="module">${script}</script>`);
}

/** @param {string} script @param {string} style */
function policy(script, style) {
  /** @param {string} text */
  const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const rules = [
    "default-src 'none'",
    `script-src ${hash(script)} blob: 'wasm-unsafe-eval'`,
    `style-src ${hash(style)} blob:`,
    'img-src data: blob:',
    'font-src data:',
    'connect-src blob:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`;
}
