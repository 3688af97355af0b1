import { chromium, type Browser } from '@playwright/test';
import { preview } from 'vite';
import { launchOptions } from '../../scripts/browser.mjs';
import type { BenchSubject } from './bench.ts';

/** From opening the built page to the finished run painted, each time in a fresh browser context with an empty cache. */
export const pageBench: BenchSubject = {
  id: 'page',
  rows: async () => {
    const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 4473, open: false } });
    const browser = await chromium.launch(await launchOptions());
    const address = server.resolvedUrls?.local[0] ?? '';
    return [
      {
        name: 'built page: opened to pilots beside truth painted',
        work: () => openOnce(browser, address, 'html[data-pilots="shown"]'),
        target: { milliseconds: 1_000 },
        runs: 7,
      },
      {
        name: 'built page: opened to finished run painted',
        work: () => openOnce(browser, address, 'html[data-run="done"]'),
        target: {},
        runs: 7,
        done: async () => {
          await browser.close();
          await server.close();
        },
      },
    ];
  },
};

async function openOnce(browser: Browser, address: string, sign: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForSelector(sign, { state: 'attached' });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.close();
}
