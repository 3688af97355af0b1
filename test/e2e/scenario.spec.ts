import { answer } from '../../src/cli/answer.ts';
import { digestInAddress, expect, rerunOf, runIsDone, small, test } from './page.ts';

test('the page and the command line compute the same run, to the last bit', async ({ page, workbench }) => {
  await workbench.open('overview');
  const { digest } = JSON.parse((await answer(['run', '--preset', 'online-retail-five'])).out) as { digest: string };
  expect(await digestInAddress(page)).toBe(digest.slice(0, 12));
});

test('an edit runs again, stays in the link, survives a reload, and back undoes it', async ({ page, workbench }) => {
  await workbench.open('allocate', small);
  const first = await digestInAddress(page);
  const budget = page.getByLabel(/^budget/).first();
  await rerunOf(page, async () => {
    await budget.fill('9000');
    await budget.press('Enter');
  });
  const second = await digestInAddress(page);
  expect(second).not.toBe(first);
  await page.reload();
  await runIsDone(page);
  expect(await digestInAddress(page)).toBe(second);
  await expect(budget).toHaveValue(/^9.?000/);
  await expect(page.getByText(/reproduced exactly/)).toBeVisible();
  await rerunOf(page, () => page.goBack());
  expect(await digestInAddress(page)).toBe(first);
  await expect(budget).toHaveValue(/^60.?000/);
});

test('a link opened in a fresh browser shows the same scenario and says that it reproduced', async ({ page, workbench, browser }) => {
  await workbench.open('scale', small);
  await rerunOf(page, async () => {
    await page.getByLabel('seed', { exact: true }).fill('another world');
    await page.getByLabel('seed', { exact: true }).press('Enter');
  });
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(page.url());
  await runIsDone(other);
  await expect(other.getByLabel('seed', { exact: true })).toHaveValue('another world');
  await expect(other.getByText(/reproduced exactly/)).toBeVisible();
  await context.close();
});

test('broken links leave a working page that says what is wrong with them', async ({ page, workbench }) => {
  for (const [hash, words] of [
    ['#%%%/?&=&=%E0%A4%A', null],
    ['#/overview?v=1&s=AAAA&d=000000000000', /This link cannot be opened: (?!.*(no-such-preset|version 99))/],
    ['#/measure?v=1&p=no-such-preset', /This link cannot be opened: .*no-such-preset/],
    ['#/scale?v=99', /This link cannot be opened: .*99/],
  ] as const) {
    await page.goto(`${workbench.address}${hash}`);
    await runIsDone(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(words ?? /This link cannot be opened/)).toBeVisible({ visible: words !== null });
  }
});

test('a worker that dies is replaced and the run still ends, with the same digest', async ({ page, workbench }) => {
  await workbench.open('overview');
  const digest = await digestInAddress(page);
  const workers = page.workers();
  expect(workers.length).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Run again' }).click();
  await Promise.all(workers.map((worker) => worker.evaluate(() => self.close())));
  await expect(page.getByText(/It was replaced and its work started again/)).toBeVisible({ timeout: 30_000 });
  await runIsDone(page);
  expect(await digestInAddress(page)).toBe(digest);
});
