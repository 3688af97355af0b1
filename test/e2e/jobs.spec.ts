import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import type { Page } from '@playwright/test';
import { accessibilityFindings, expect, test } from './page.ts';

const family = fileURLToPath(new URL('../reference/job-directory/family', import.meta.url));
const section = (page: Page) => page.locator('#data-jobs');
const give = (page: Page, name: string, bytes: Uint8Array) =>
  page.getByLabel('File to open').setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(bytes) });

test('job directories leave as a zip and come back as the same run; others’ come in as stated initiatives', async ({ page, workbench }) => {
  await workbench.open('data');
  const saving = page.waitForEvent('download');
  await section(page).getByRole('button', { name: 'Job directories (zip)' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('online-retail-five-initiatives.jobs.zip');
  const archive = await readFile(await saved.path());
  await expect(section(page).getByText(/^Saved as .* kB\.$/)).toBeVisible();
  await section(page).getByText('What the Python packages cannot be told').click();
  expect(await accessibilityFindings(page)).toEqual([]);

  await workbench.open('data', '?v=1&p=worked-example');
  const shelves = unzipSync(archive);
  const path = 'search-relevance-tuning/evaluate_result.json';
  const changed = Buffer.from(shelves[path] ?? [])
    .toString()
    .replace(/"confidence": 0\.\d+/, '"confidence": 0.7');
  await give(page, 'elsewhere.zip', zipSync({ ...shelves, [path]: Buffer.from(changed) }));
  await expect(section(page).getByText(/do not agree: one figure is not the same/)).toBeVisible();
  await expect(section(page).getByText(/^search-relevance-tuning, confidence: 0\.7 in the directory, 0\.\d+ in this run\.$/)).toBeVisible();
  await give(page, 'run.zip', archive);
  await expect(section(page).getByText('The 5 directories of “run.zip” and this run give the same returns and confidence')).toBeVisible();
  await expect(page.getByText(/reproduced exactly/).first()).toBeVisible();

  await give(page, 'broken.zip', archive.subarray(0, 5000));
  await expect(page.getByRole('alert').getByText(/no complete zip archive/)).toBeVisible();
  await expect(section(page).getByText(/“run.zip” and this run give the same/)).toBeVisible();

  await page.getByLabel('Folder to open').setInputFiles(family);
  await expect(page.getByText('5 initiatives with stated returns')).toBeVisible();
  await expect(page.getByText(/'interrupted_time_series' is time-series/)).toBeVisible();
});
