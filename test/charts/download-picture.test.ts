import { afterEach, describe, expect, it, vi } from 'vitest';
import { downloadSvg, standaloneSvg } from '../../src/charts/download-picture.ts';
import { ForestChart } from '../../src/charts/index.ts';
import { forestRows } from './fixtures.ts';
import { open, press } from './mounting.ts';

const words = { title: 'Did it work & how?', subtitle: 'A < B' };

function opened() {
  const chart = open(ForestChart, { rows: forestRows, unit: 'dollars' });
  const style = document.createElement('style');
  style.textContent = '.series-pilot { stroke: rgb(1, 2, 3) }';
  document.head.append(style);
  press(chart.target.querySelector('.reader')!, 'ArrowDown');
  return { svg: chart.target.querySelector<SVGSVGElement>('.chart-svg')!, close: () => (style.remove(), chart.close()) };
}

describe('a downloaded picture', () => {
  it('needs nothing from the page', () => {
    const { svg, close } = opened();
    const { text, width, height } = standaloneSvg(svg, words);
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.documentElement.namespaceURI).toBe('http://www.w3.org/2000/svg');
    expect(parsed.querySelectorAll('[class], [style], script, foreignObject')).toHaveLength(0);
    expect(text).not.toMatch(/var\(|<!--/);
    expect(text).toContain('rgb(1, 2, 3)');
    expect(width).toBe(Number(svg.getAttribute('width')) + 40);
    expect(height).toBeGreaterThan(Number(svg.getAttribute('height')));
    close();
  });

  it('carries its title and its numbers, without what was being read', () => {
    const { svg, close } = opened();
    expect(svg.querySelector('.guide')).not.toBeNull();
    const { text } = standaloneSvg(svg, words);
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const texts = [...parsed.querySelectorAll('text')].map((node) => node.textContent);
    expect(texts).toEqual(expect.arrayContaining(['Did it work & how?', 'A < B', '52 [38, 66]', 'not scaled']));
    expect(parsed.querySelector('[data-omit-from-download]')).toBeNull();
    expect(parsed.querySelectorAll('circle')).toHaveLength(svg.querySelectorAll('circle').length);
    close();
  });

  it('leaves the drawing on the page as it was', () => {
    const { svg, close } = opened();
    const before = svg.outerHTML;
    standaloneSvg(svg, words);
    expect(svg.outerHTML).toBe(before);
    close();
  });
});

describe('saving', () => {
  afterEach(() => vi.unstubAllGlobals());
  it('goes through a link to a blob', () => {
    const { svg, close } = opened();
    const blobs: Blob[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: (blob: Blob) => (blobs.push(blob), 'blob:here'), revokeObjectURL: () => undefined }),
    );
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      expect([this.href, this.download]).toEqual(['blob:here', 'forest.svg']);
    });
    downloadSvg(svg, words, 'forest');
    expect(clicked).toHaveBeenCalledOnce();
    expect(blobs[0]!.type).toBe('image/svg+xml');
    clicked.mockRestore();
    close();
  });
});
