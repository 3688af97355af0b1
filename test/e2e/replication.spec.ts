import { runReplication } from '../../src/core/pipeline.ts';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { accessibilityFindings, digestInAddress, expect, rerunOf, runIsDone, small, test } from './page.ts';

test('a link opens a replication: the one that the core computes by that number, to the last bit', async ({ page, workbench }) => {
  const { digest } = runReplication(findPreset('clean-randomised')!.scenario, 5, { solver: await loadHighsSolver() });
  await workbench.open('overview', small);
  const first = await digestInAddress(page);
  await rerunOf(page, () => page.goto(`${workbench.address}#/overview${small}&r=5`));
  const fifth = await digestInAddress(page);
  expect(fifth).toBe(digest.slice(0, 12));
  expect(fifth).not.toBe(first);
  await expect(page).toHaveURL(/[?&]r=5&d=/);
});

test('a replication is named above every place, stays in every link, and back and undo leave it', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  const first = await digestInAddress(page);
  await expect(page.getByText(/^Replication \d/)).toBeHidden();
  await rerunOf(page, () => page.goto(`${workbench.address}#/measure${small}&r=1234`));
  const other = await digestInAddress(page);
  await expect(page.getByText('Replication 1,234 of this scenario')).toBeVisible();
  for (const place of ['Simulate', 'Scale', 'Overview']) {
    await page.getByRole('navigation').getByRole('link', { name: place }).click();
    await expect(page).toHaveURL(/[?&]r=1234&d=/);
    await expect(page.getByText('Replication 1,234 of this scenario')).toBeVisible();
  }

  expect(await accessibilityFindings(page)).toEqual([]);
  const leave = page.getByRole('link', { name: 'Back to replication 0' });
  expect(await leave.getAttribute('href')).not.toContain('r=');
  await rerunOf(page, () => leave.click());
  expect(await digestInAddress(page)).toBe(first);
  await expect(page).not.toHaveURL(/[?&]r=/);
  await expect(page.getByText('Replication 1,234 of this scenario')).toBeHidden();

  await rerunOf(page, () => page.getByRole('button', { name: 'Undo' }).click());
  expect(await digestInAddress(page)).toBe(other);
  await expect(page).toHaveURL(/[?&]r=1234&d=/);
  await rerunOf(page, () => page.goBack());
  expect(await digestInAddress(page)).toBe(first);
});

test('an edit keeps the replication, a reload reproduces it, a preset starts at the first', async ({ page, workbench }) => {
  await workbench.open('allocate', `${small}&r=7`);
  const budget = page.getByLabel(/^budget/).first();
  await rerunOf(page, async () => {
    await budget.fill('9000');
    await budget.press('Enter');
  });
  await expect(page).toHaveURL(/[?&]r=7&d=/);
  const edited = await digestInAddress(page);
  await page.reload();
  await runIsDone(page);
  expect(await digestInAddress(page)).toBe(edited);
  await expect(page.getByText(/reproduced exactly/)).toBeVisible();
  await expect(page.getByText('Replication 7 of this scenario')).toBeVisible();
  await rerunOf(page, () => page.getByRole('button', { name: /^Reset/ }).click());
  await expect(page).not.toHaveURL(/[?&]r=/);
});

test('what is no replication is refused in words, and the page works', async ({ page, workbench }) => {
  for (const text of ['-1', '2.5', '1000000001', 'abc', '<b>']) {
    await page.goto(`${workbench.address}#/overview${small}&r=${encodeURIComponent(text)}`);
    await runIsDone(page);
    await expect(page.getByText(`This link cannot be opened: it asks for the replication '${text}'`)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});
