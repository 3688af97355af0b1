import { runElementId } from '../../interchange/report-page.ts';

/** What is written into a page of its own besides what is shown. */
export type PageData = { readonly title: string; readonly document: unknown };

/**
 * What an element shows as one HTML file that needs nothing else and runs nothing: the styles in force, the pictures as they
 * are drawn, and the run as JSON. Controls and what is not for print stay behind.
 */
export function selfContainedPage(element: HTMLElement, { title, document: data }: PageData): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const node of copy.querySelectorAll('.no-print, button, script, [data-interactive], [data-omit-from-download]')) node.remove();
  for (const node of copy.querySelectorAll('[tabindex]')) node.removeAttribute('tabindex');
  for (const node of copy.querySelectorAll('[role="application"]'))
    for (const name of ['role', 'aria-roledescription', 'aria-label', 'aria-describedby']) node.removeAttribute(name);
  removeComments(copy);
  const theme = element.ownerDocument.documentElement.dataset['theme'];
  return [
    '<!doctype html>',
    `<html lang="en"${theme === 'light' || theme === 'dark' ? ` data-theme="${theme}"` : ''}>`,
    '<head>',
    '<meta charset="utf-8" />',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:" />`,
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    '<meta name="color-scheme" content="light dark" />',
    `<title>${escaped(title)}</title>`,
    `<style>${stylesOf(element.ownerDocument)}\nmain { max-width: 72rem; margin: 0 auto; padding: 24px; }</style>`,
    '</head>',
    `<body><main>${copy.outerHTML}</main>`,
    `<script type="application/json" id="${runElementId}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Every rule that is in force, but for fonts in files of their own. */
function stylesOf(document: Document): string {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return rules
    .filter((rule) => !(rule instanceof CSSFontFaceRule))
    .map(({ cssText }) => cssText)
    .join('\n')
    .replaceAll('</', '<\\/');
}

function removeComments(node: Node): void {
  for (const child of [...node.childNodes]) {
    if (child.nodeType === Node.COMMENT_NODE) child.remove();
    else removeComments(child);
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
