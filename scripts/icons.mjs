// @ts-check
// Draws the icons of the web app manifest from public/icon.svg.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { launchOptions } from './browser.mjs';
import { root, runScript } from './install.mjs';

const paper = '#fbfaf6';
/** A maskable icon may be cut down to the circle of four fifths of its width. */
const maskableScale = 0.62;

await runScript(async () => {
  const svg = readFileSync(`${root}public/icon.svg`, 'utf8');
  const browser = await chromium.launch(await launchOptions());
  const page = await browser.newPage();
  for (const { name, size, scale, ground } of [
    { name: 'icon-192', size: 192, scale: 1, ground: 'transparent' },
    { name: 'icon-512', size: 512, scale: 1, ground: 'transparent' },
    { name: 'icon-maskable-512', size: 512, scale: maskableScale, ground: paper },
  ]) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>
      body { margin: 0; display: grid; place-items: center; width: ${size}px; height: ${size}px; background: ${ground} }
      svg { width: ${size * scale}px; height: ${size * scale}px }
    </style>${scale === 1 ? svg : svg.replace(/<rect[^>]*\/>/g, '')}`);
    await page.screenshot({ path: `${root}public/${name}.png`, omitBackground: true });
  }
  await browser.close();
});
