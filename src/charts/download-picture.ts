import { textWidth, wrapText } from './text-width.ts';

type Words = { readonly title: string; readonly subtitle: string };

export function downloadSvg(svg: SVGSVGElement, words: Words, filename: string): void {
  save(svgBlob(standaloneSvg(svg, words).text), `${filename}.svg`);
}

/** At twice the size, through an image and a canvas. */
export async function downloadPng(svg: SVGSVGElement, words: Words, filename: string): Promise<void> {
  const { text, width, height } = standaloneSvg(svg, words);
  const address = URL.createObjectURL(svgBlob(text));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('no picture');
    save(blob, `${filename}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The drawing as a file that needs nothing else: styles as attributes, title and subtitle above, the panel behind. */
export function standaloneSvg(
  svg: SVGSVGElement,
  { title, subtitle }: Words,
): { readonly text: string; readonly width: number; readonly height: number } {
  const inner = { width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) };
  const style = getComputedStyle(svg);
  const panel = style.getPropertyValue('--panel').trim() || '#ffffff';
  const ink = style.getPropertyValue('--ink').trim() || '#1c2126';
  const muted = style.getPropertyValue('--muted').trim() || '#626a74';
  const [large, small] = inner.width < 1040 ? [17, 14] : [20, 16];
  const step = large * 1.25;
  const lines = [
    ...wrapText(title, inner.width, large, 3, 600).map((text) => ({ text, size: large, weight: 600 as const, fill: ink })),
    ...wrapText(subtitle, inner.width, small, 4).map((text) => ({ text, size: small, weight: 400 as const, fill: muted })),
  ];
  const header = Math.ceil(lines.length * step + 8);
  const width = inner.width + 2 * margin;
  const height = header + inner.height + 2 * margin;

  const outer = document.createElementNS(namespace, 'svg');
  setAll(outer, { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title, 'font-family': style.fontFamily });
  outer.append(element('rect', { width, height, fill: panel }));
  lines.forEach(({ text, size, weight, fill }, i) => {
    const line = element('text', {
      x: margin,
      y: margin + large * 0.9 + i * step,
      fill,
      'font-size': size,
      'font-weight': weight,
      textLength: Math.round(textWidth(text, size, weight)),
      lengthAdjust: 'spacingAndGlyphs',
    });
    line.textContent = text;
    outer.append(line);
  });
  const drawing = element('g', { transform: `translate(${margin},${margin + header})` });
  const copy = svg.cloneNode(true) as SVGSVGElement;
  inlineStyles(svg, copy, null);
  for (const [name] of properties) if (copy.hasAttribute(name)) drawing.setAttribute(name, copy.getAttribute(name)!);
  copy.querySelectorAll('[data-omit-from-download]').forEach((node) => node.remove());
  drawing.append(...copy.children);
  outer.append(drawing);
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(outer)}\n`, width, height };
}

const namespace = 'http://www.w3.org/2000/svg';
const margin = 20;

/** What a drawing of ours uses of CSS, with the value an element has where nothing says otherwise; inherited or not. */
const properties: readonly (readonly [name: string, initial: string, inherited: boolean])[] = [
  ['fill', 'rgb(0, 0, 0)', true],
  ['stroke', 'none', true],
  ['stroke-width', '1px', true],
  ['stroke-dasharray', 'none', true],
  ['stroke-linejoin', 'miter', true],
  ['stroke-linecap', 'butt', true],
  ['opacity', '1', false],
  ['fill-opacity', '1', true],
  ['paint-order', 'normal', true],
  ['font-family', '', true],
  ['font-size', '16px', true],
  ['font-weight', '400', true],
  ['text-anchor', 'start', true],
];

function inlineStyles(source: Element, copy: Element, above: CSSStyleDeclaration | null): void {
  const style = getComputedStyle(source);
  for (const [name, initial, inherited] of properties) {
    const value = style.getPropertyValue(name);
    const expected = inherited && above ? above.getPropertyValue(name) : initial;
    if (value !== '' && value !== expected) copy.setAttribute(name, value);
    else copy.removeAttribute(name);
  }
  copy.removeAttribute('class');
  for (const node of [...copy.childNodes]) if (node.nodeType === Node.COMMENT_NODE) node.remove();
  if (source instanceof SVGElement && source.tagName === 'text') keepLength(source as SVGTextElement, copy);
  const copies = [...copy.children];
  [...source.children].forEach((child, i) => inlineStyles(child, copies[i]!, style));
}

// The reader's machine may not have the font: the text keeps the length it has here.
function keepLength(source: SVGTextElement, copy: Element): void {
  const length = typeof source.getComputedTextLength === 'function' ? source.getComputedTextLength() : 0;
  if (length > 0) setAll(copy, { textLength: length.toFixed(1), lengthAdjust: 'spacingAndGlyphs' });
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const node = document.createElementNS(namespace, name);
  setAll(node, attributes);
  return node;
}

function setAll(node: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
}

function svgBlob(text: string): Blob {
  return new Blob([text], { type: 'image/svg+xml' });
}

function save(blob: Blob, filename: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
