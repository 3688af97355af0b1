// @ts-check
// npm run shots: every place of the built page, light and dark, wide and narrow, into shots/.
// npm run shots -- allocate measure takes only those.
import { mkdirSync } from 'node:fs';
import { ensureInstalled, PlainError, root, runScript } from './install.mjs';

const places = ['overview', 'simulate', 'measure', 'evaluate', 'allocate', 'scale', 'study', 'decide'];
const windows = [
  { width: 1440, height: 900 },
  { width: 360, height: 780 },
];
/** @type {('light' | 'dark')[]} */
const schemes = ['light', 'dark'];

await runScript(async () => {
  ensureInstalled();
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : places;
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt();
  const [{ preview }, { chromium }, { launchOptions }] = await Promise.all([
    import('vite'),
    import('@playwright/test'),
    import('./browser.mjs'),
  ]);
  const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 4373, open: false } });
  const browser = await chromium.launch(await launchOptions());
  mkdirSync(`${root}shots`, { recursive: true });
  try {
    for (const colorScheme of schemes) {
      for (const viewport of windows) {
        const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
        for (const place of chosen)
          await shoot(page, `${server.resolvedUrls?.local[0]}#/${place}`, `shots/${place}-${colorScheme}-${viewport.width}`);
        await page.close();
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
});

/** @param {import('@playwright/test').Page} page @param {string} address @param {string} name */
async function shoot(page, address, name) {
  await page.goto(address);
  await page.reload();
  try {
    await page.waitForSelector('html[data-run="done"]', { state: 'attached', timeout: 30_000 });
  } catch {
    const state = await page.getAttribute('html', 'data-run');
    throw new PlainError(`${address} did not finish its run within 30 s (data-run is ${state ?? 'not set'}).`);
  }
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${root}${name}.png` });
  await page.screenshot({ path: `${root}${name}-full.png`, fullPage: true });
  console.log(`${name}.png, ${name}-full.png`);
}
