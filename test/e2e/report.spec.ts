import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { accessibilityFindings, digestInAddress, expect, small, test } from './page.ts';

test('the whole run leaves as one HTML file that needs nothing else', async ({ page, workbench, browser }, info) => {
  await workbench.open('report', small);
  const digest = await digestInAddress(page);
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'One HTML file' }).click();
  const file = info.outputPath('report.html');
  await (await saving).saveAs(file);
  const json = page.waitForEvent('download');
  await page.getByRole('button', { name: 'The run, JSON' }).click();
  const document = JSON.parse(await readFile(await (await json).path(), 'utf8')) as { digest: string };
  expect(document.digest.slice(0, 12)).toBe(digest);

  const reader = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  reader.on('request', (request) => asked.push(request.url()));
  reader.on('console', (message) => complaints.push(message.text()));
  await reader.goto(pathToFileURL(file).href);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(heading ?? '');
  await expect(reader.getByRole('img', { name: 'Did the estimates recover the truth?' })).toBeVisible();
  expect(JSON.parse((await reader.locator('#impact-workbench-run').textContent()) ?? '')).toEqual(document);
  expect(await accessibilityFindings(reader)).toEqual([]);
  expect(asked).toEqual([pathToFileURL(file).href]);
  expect(complaints).toEqual([]);
  await reader.close();

  await workbench.open('data', '?p=worked-example');
  await page.getByLabel('File to open').setInputFiles(file);
  await expect(page.getByText(/report\.html” is open/)).toBeVisible();
  await expect(page.getByText('reproduced exactly')).toBeVisible();
});
