// @ts-check
// The first program of the one-file page: it unpacks the others, which stand beside it as text. The build writes what it imports above it.
import { fromSevenBitText } from './seven-bit-text.mjs';

/** @param {{ readonly text: string, readonly bytes: number }} packed @param {string} type @param {string} before */
async function unpacked({ text, bytes }, type, before = '') {
  const stream = new Blob([fromSevenBitText(text, bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  const content = await new Response(stream).blob();
  return URL.createObjectURL(new Blob([before, content], { type }));
}

/** @param {string} id */
function part(id) {
  const { textContent, dataset } = /** @type {HTMLElement} */ (document.getElementById(id));
  return { text: textContent ?? '', bytes: Number(dataset.bytes) };
}

/** @template {HTMLElement} E @param {E} element */
function arrived(element) {
  return new Promise((resolve) => {
    element.onload = element.onerror = resolve;
    document.head.append(element);
  });
}

// A page from a file cannot hand an address to its workers, so each of them carries the solver, packed, and unpacks it when it is needed.
const solver = `${fromSevenBitText}\n${unpacked}\nglobalThis.impactWorkbenchSolver = () => unpacked(${JSON.stringify(part('solver'))}, 'application/wasm');\n`;

const [styles, page, workers] = await Promise.all([
  unpacked(part('styles'), 'text/css'),
  unpacked(part('program'), 'text/javascript'),
  unpacked(part('program'), 'text/javascript', solver),
]);
Object.assign(globalThis, { impactWorkbenchProgram: workers });
await arrived(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: styles }));
await arrived(Object.assign(document.createElement('script'), { src: page }));
