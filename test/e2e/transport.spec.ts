import { accessibilityFindings, digestInAddress, expect, horizontalOverflow, rerunOf, runIsDone, test } from './page.ts';

test('an effect that is turned round at scale: a dial, two truths, a part of the error, and the same pilots', async ({
  page,
  workbench,
}) => {
  await workbench.open('simulate', '?v=1&p=clean-randomised');
  const before = await digestInAddress(page);
  await page.getByText('From pilot to scale').click();
  const dial = page.getByLabel('Effect at scale', { exact: true });
  await rerunOf(page, async () => {
    await dial.fill('-0.5');
    await dial.press('Enter');
  });
  await expect(page.getByText(/at scale the effect is turned round, 0.5 times as large/)).toBeVisible();

  const nav = page.getByRole('navigation');
  await nav.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText(/which no pilot can show/)).toBeVisible();
  await expect(page.getByText('truth: pilot above, scale below')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);

  await nav.getByRole('link', { name: 'Scale' }).click();
  await expect(page.getByText('how the effect changed on the way to scale')).toBeVisible();
  await expect(page.getByText(/One run cannot tell luck from bias/)).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL((url) => url.hash.includes(`d=${before}`));
  await expect(page.getByText('how the effect changed on the way to scale')).toBeHidden();
});

test('a finished study splits the error of the run on the page, and of any other replication of it', async ({ page, workbench }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await workbench.open('study', '?v=1&p=clean-randomised');
  const count = page.getByLabel('Replications', { exact: true });
  await count.fill('20');
  await count.press('Enter');
  await page.getByRole('button', { name: 'Run the study' }).click();
  const nav = page.getByRole('navigation');
  await expect(nav.getByText('20 replications')).toBeVisible({ timeout: 45_000 });

  await nav.getByRole('link', { name: 'Scale' }).click();
  const table = page.getByRole('group', { name: 'Error of each funded initiative by its causes' }).getByRole('table');
  await expect(table).toContainText('funded in');
  expect(await horizontalOverflow(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  const first = await table.innerText();

  const hash = new URL(page.url()).hash.replace(/&d=[0-9a-f]+/, '');
  await page.evaluate((to) => (location.hash = to), `${hash}&r=3`);
  await expect(page).toHaveURL(/r=3&d=/);
  await runIsDone(page);
  await expect.poll(() => table.innerText()).not.toBe(first);
});
