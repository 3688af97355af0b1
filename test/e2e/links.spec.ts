import { readLink } from '../../src/interchange/link-reading.ts';
import { formatAddress, parseAddress, scenarioQuery } from '../../src/interchange/link.ts';
import { defaultPreset } from '../../src/core/scenario/presets/index.ts';
import { feedLinks, newReport, watchPage } from '../property/feed-page.ts';
import { hostileLinks } from '../property/hostile-scenarios.ts';
import { accessibilityFindings, digestInAddress, expect, runIsDone, test } from './page.ts';

test('hostile links, one after the other, are refused in words or open: no blank page, no hang, no code, no markup', async ({
  context,
  workbench,
}) => {
  const links = [];
  for (const link of hostileLinks(5, 64)) {
    const read = await readLink(parseAddress(link.hash));
    links.push({ ...link, title: read.ok ? read.scenario.title : null });
  }
  const report = newReport();
  await feedLinks(await watchPage(context, workbench.address, report), links, report);
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ fed: 64, blank: 0, hangs: 0 });
  expect(report.refused).toBeGreaterThan(20);
  expect(report.opened).toBeGreaterThan(10);
});

test('a link whose results differ says where they part, who made them and what to do; its scenario is text', async ({
  page,
  workbench,
}) => {
  await workbench.open('overview');
  await digestInAddress(page);
  const witness = /[?&]w=([^&]+)/.exec(page.url())?.[1] ?? '';
  const [program = '', engine = '', stages = ''] = witness.split('~');
  expect(engine).toMatch(/^c\d+$/);

  // The same results up to the decision, another decision, made by another version in another browser.
  const other = `9.9.9~f153~${stages.slice(0, 12)}${stages.slice(12).replaceAll(/./g, (digit) => (digit === '0' ? '1' : '0'))}`;
  const title = '<img src=x onerror="document.title=1"> & "co"';
  const query = await scenarioQuery({ ...defaultPreset.scenario, title }, defaultPreset.id);
  const address = formatAddress({ place: 'overview', initiative: null, query: { ...query, digest: '0123456789ab', witness: other } });
  await page.goto(`${workbench.address}${address}`);
  await runIsDone(page);
  await expect(page).toHaveTitle(`${title} · impact workbench`);
  await expect(page.locator('img')).toHaveCount(0);

  const pill = page.getByText(/^differs from the link/);
  await expect(pill).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('The pilots and the confidence are the same; the decision differs.');
  await pill.press('Enter');
  const popover = page.locator('header details[open]');
  await expect(popover).toContainText('The link promised the digest 0123456789ab');
  await expect(popover).toContainText(
    `The link was made by version 9.9.9 in Firefox 153; this is ${program} in Chromium ${engine.slice(1)}.`,
  );
  await expect(popover).toContainText('Another version of the page computed the results in the link');
  await expect(popover).toContainText('What is shown is what this page computed.');
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();
  await expect(pill).toBeFocused();
  expect(page.url(), 'the link is left as it was').toContain('d=0123456789ab&w=9.9.9');
});

test('a link of version 1 is reproduced exactly, and is one of the present version from then on', async ({ page, workbench }) => {
  await workbench.open('scale', '?v=1&p=winners-curse');
  const digest = await digestInAddress(page);
  await page.goto('about:blank');
  await workbench.open('scale', `?v=1&p=winners-curse&d=${digest}`);
  await expect(page.getByText(/reproduced exactly/)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`#/scale\\?v=2&p=winners-curse&d=${digest}&w=`));
});
