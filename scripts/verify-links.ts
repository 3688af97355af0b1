// npm run verify:links: 20,000 hostile links to the codec, 10,000 to the built page, 2,000 hostile files to the page.
// npm run verify:links -- 500: so many links to the page, and the others in proportion. A second word is the address of a served page.
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { parseAddress } from '../src/interchange/link.ts';
import { readLink } from '../src/interchange/link-reading.ts';
import { hostileFiles, hostileLinks } from '../test/property/hostile-scenarios.ts';
import { feedFiles, feedLinks, loadLinks, newReport, watchPage, type FeedReport, type LinkToFeed } from '../test/property/feed-page.ts';
import { launchOptions } from './browser.mjs';
import { ensureBuilt } from './build.mjs';

const [given, served] = process.argv.slice(2);
const total = given === undefined ? 10_000 : Number(given);
if (!Number.isSafeInteger(total) || total < 1) throw new Error('How many links? Give a whole number, or none for 10,000.');
/** One link in so many is also opened by a page of its own. */
const loadedApart = 101;
/** No answer to a link may take the codec longer, in milliseconds. */
const patience = 2000;

const codec = await verifyCodec(2 * total);
const page = await verifyPage();
const faults = [...codec, ...page];
for (const fault of faults.slice(0, 30)) say(fault);
say(faults.length === 0 ? 'No fault.' : `${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function verifyCodec(count: number): Promise<string[]> {
  const faults: string[] = [];
  let opened = 0;
  let slowest = 0;
  for (const { kind, hash } of hostileLinks(11, count)) {
    const started = performance.now();
    const link = await readLink(parseAddress(hash)).catch((error: unknown) => error as Error);
    const took = performance.now() - started;
    slowest = Math.max(slowest, took);
    if (link instanceof Error) faults.push(`codec, ${kind}: ${link.message}: ${hash.slice(0, 200)}`);
    else if (link.ok) opened += 1;
    if (took > patience) faults.push(`codec, ${kind}: took ${took.toFixed(0)} ms: ${hash.slice(0, 200)}`);
  }
  say(`codec: ${count} links, ${opened} opened, ${count - opened} refused, the slowest took ${slowest.toFixed(0)} ms`);
  return faults;
}

async function verifyPage(): Promise<readonly string[]> {
  if (served === undefined) await ensureBuilt();
  const server =
    served === undefined ? await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 4373, open: false } }) : null;
  const address = served ?? server?.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The preview server has no address.');
  const { args, ...options } = await launchOptions();
  // Browsers let a page change its own address 200 times in ten seconds; here they are to come thicker.
  const browser = await chromium.launch({ ...options, args: [...args, '--disable-ipc-flooding-protection'] });
  const context = await browser.newContext();
  const inPage = newReport(({ fed }) => process.stderr.write(`\r${fed} `));
  const apart = newReport(({ fed }) => process.stderr.write(`\r${fed} `));
  const files = newReport(({ fed }) => process.stderr.write(`\r${fed} `));
  try {
    const links: LinkToFeed[] = [];
    for (const link of hostileLinks(12, total)) {
      const read = await readLink(parseAddress(link.hash));
      links.push({ ...link, title: read.ok ? read.scenario.title : null });
    }
    await feedLinks(await watchPage(context, address, inPage), links, inPage);
    print('page, one link after the other', inPage);
    await loadLinks(
      context,
      address,
      links.filter((_, i) => i % loadedApart === 0),
      apart,
    );
    print('page, each loaded apart', apart);
    const given = [...hostileFiles(13, Math.ceil(total / 5))];
    await feedFiles(await watchPage(context, `${address}#/data`, files), given, files);
    print('files opened in the page', files);
  } finally {
    await browser.close();
    await server?.close();
  }
  return [...inPage.faults, ...apart.faults, ...files.faults];
}

function print(what: string, { fed, opened, refused, hangs, blank, slowest, faults }: FeedReport): void {
  process.stderr.write('\r');
  say(
    `${what}: ${fed} in all, ${opened} opened, ${refused} refused, ${blank} blank pages, ${hangs} hangs, the slowest took ${slowest.toFixed(0)} ms, ${faults.length} faults`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
