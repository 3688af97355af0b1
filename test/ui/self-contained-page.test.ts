import { afterEach, expect, test } from 'vitest';
import { runElementId, runOfPage } from '../../src/interchange/report-page.ts';
import { selfContainedPage } from '../../src/views/report/self-contained-page.ts';

afterEach(() => document.body.replaceChildren());

function pageOf(html: string, title = 'A title', data: unknown = { digest: 'abc' }): Document {
  document.body.innerHTML = html;
  return new DOMParser().parseFromString(
    selfContainedPage(document.body.firstElementChild as HTMLElement, { title, document: data }),
    'text/html',
  );
}

test('what is shown is there; controls and what is not for print are not', () => {
  const page = pageOf(
    '<article><h1>Finding</h1><button>Save</button><p class="no-print">Try</p><!-- mark --><svg><g data-omit-from-download=""></g><rect /></svg></article>',
  );
  expect(page.querySelector('main h1')?.textContent).toBe('Finding');
  expect(page.querySelectorAll('button, .no-print, [data-omit-from-download]').length).toBe(0);
  expect(page.querySelector('main')?.innerHTML).not.toContain('<!--');
  expect(page.querySelectorAll('svg rect').length).toBe(1);
});

test('names stay text wherever they stand', () => {
  const hostile = '</title></script><script>alert(1)</script><!-- "';
  const page = pageOf('<article><h1></h1></article>', hostile, { scenario: { title: hostile } });
  expect(page.title).toBe(hostile);
  expect(page.querySelectorAll('script:not([type="application/json"])').length).toBe(0);
  expect(JSON.parse(page.getElementById(runElementId)?.textContent ?? '')).toEqual({ scenario: { title: hostile } });
});

test('it may run nothing and fetch nothing', () => {
  const policy = pageOf('<article></article>').querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
  expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
});

test('a chart is a picture there, not something to press', () => {
  const page = pageOf(
    '<article><div role="application" tabindex="0" aria-label="Keys"><svg role="img" aria-label="Picture"></svg></div></article>',
  );
  expect(page.querySelectorAll('[tabindex], [role="application"]').length).toBe(0);
  expect(page.querySelector('svg')?.getAttribute('aria-label')).toBe('Picture');
});

test('the run is read out of the page again, whatever names are in it', () => {
  document.body.innerHTML = '<article></article>';
  const data = { scenario: { title: '</script><!-- <script>' } };
  const text = selfContainedPage(document.body.firstElementChild as HTMLElement, { title: 'x', document: data });
  expect(JSON.parse(runOfPage(text) ?? '')).toEqual(data);
  expect(runOfPage('<!doctype html><p>Another page</p>')).toBeNull();
  expect(runOfPage('{"scenario":{}}')).toBeNull();
});
