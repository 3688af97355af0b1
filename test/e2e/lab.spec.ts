import type { Page } from '@playwright/test';
import { accessibilityFindings, expect, findingsInEveryForm, horizontalOverflow, rerunOf, runIsDone, test } from './page.ts';

const worked = '?v=1&p=worked-example';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const handle = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });
const tick = (page: Page, id: string) => page.getByRole('checkbox', { name: `${id} in your portfolio` });
const disclosure = (page: Page, title: string) => page.locator('summary').filter({ hasText: title });
const rules = (page: Page) => page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'each its own way' }) });

test.beforeEach(async ({ workbench }) => workbench.open('allocate', worked));

test('shows the worked example as published, with both bounds on its regret', async ({ page }) => {
  await expect(heading(page)).toHaveText('Fund three initiatives for $10.0: at most $1.0 to regret.');
  await expect(page.getByText('if each goes its own way, it can lose $7.6')).toBeVisible();
});

test('a handle tries a number out while the key is down, and sets it when the key is up', async ({ page }) => {
  const before = page.url();
  await handle(page, 'BundleEngine, best return').focus();
  await page.keyboard.down('Home');
  await expect(page.getByText('Trying out.')).toBeVisible();
  await expect(heading(page)).toHaveText('Fund three initiatives for $8.0, with nothing to regret in any state.');
  expect(page.url()).toBe(before);
  await rerunOf(page, () => page.keyboard.up('Home'));
  await expect(heading(page)).toHaveText('Fund three initiatives for $8.0, with nothing to regret in any state.');
  await expect(page.getByText('One number is set by hand')).toBeVisible();
  await expect(page.getByText('The choice rests on numbers set by hand for BundleEngine.')).toBeVisible();

  await rerunOf(page, () => page.getByRole('button', { name: 'Back to the evidence' }).click());
  await expect(heading(page)).toHaveText('Fund three initiatives for $10.0: at most $1.0 to regret.');
  await rerunOf(page, () => page.getByRole('button', { name: 'Undo', exact: true }).click());
  await expect(page.getByText('One number is set by hand')).toBeVisible();
});

test('Escape gives up what is tried out', async ({ page }) => {
  const before = page.url();
  await handle(page, 'BundleEngine, best return').focus();
  await page.keyboard.down('Home');
  await expect(page.getByText('Trying out.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Trying out.')).toBeHidden();
  await page.keyboard.up('Home');
  await expect(heading(page)).toHaveText('Fund three initiatives for $10.0: at most $1.0 to regret.');
  expect(page.url()).toBe(before);
});

test('the pointer drags the budget: the answer follows, the scenario waits until it is let go', async ({ page }) => {
  const before = page.url();
  const slider = page.getByLabel('Budget, $, slider');
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error('The budget has no slider.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.02, y, { steps: 10 });
  await expect(heading(page)).toHaveText('No affordable portfolio meets the floor.');
  expect(page.url()).toBe(before);
  await rerunOf(page, () => page.mouse.up());
  await expect(heading(page)).toHaveText('No affordable portfolio meets the floor.');
});

test('guessing first hides the answer until it is revealed; ticks can be undone and survive a reload', async ({ page }) => {
  await page.getByRole('button', { name: 'Guess first' }).click();
  await expect(heading(page)).toHaveText('Pick a portfolio for $10.0. Then see what you would regret.');
  await expect(page.getByText('The rules side by side')).toBeHidden();
  await expect(page.getByText('to regret.')).toBeHidden();
  await tick(page, 'TitlesAI').check();
  await tick(page, 'ImageEnhancer').check();
  await expect(page.getByText('spends $6.0 of $10.0')).toBeVisible();
  await tick(page, 'SearchRanker').check();
  await expect(page.getByText('It cannot be chosen.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo a tick' }).click();
  await expect(tick(page, 'SearchRanker')).not.toBeChecked();
  const regrets = page.getByRole('group', { name: 'Regret table' });
  await expect(regrets.getByRole('row').filter({ hasText: 'your choice' })).toHaveText(/9\.0.*5\.2.*2\.0.*9\.0.*15\.6/s);
  await expect(page.getByText('The largest regret is $8.0 more than the least possible: there is a better portfolio.')).toHaveCount(2);
  await expect(page.getByRole('main')).not.toContainText(/TitlesAI \+ PriceOptimizer|30\.3|, chosen|equally good|\bbinds\b/);

  await page.reload();
  await runIsDone(page);
  await expect(tick(page, 'ImageEnhancer')).toBeChecked();
  await expect(heading(page)).toHaveText('Pick a portfolio for $10.0. Then see what you would regret.');
  await page.getByRole('button', { name: 'Reveal the best portfolio' }).click();
  await expect(page.getByText('You could regret $9.0 in the best state if all turn out alike; if each goes its own way,')).toBeVisible();
  await expect(page.getByText('By this rule that is $8.0 more than the best')).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(tick(page, 'TitlesAI')).not.toBeChecked();
});

test('all rules stand side by side, one of them is taken, and its portfolio becomes one\u2019s own', async ({ page }) => {
  const table = rules(page);
  await expect(table.getByRole('row')).toHaveCount(9);
  await page.getByRole('button', { name: 'Take the portfolio of Maximin as yours' }).click();
  for (const id of ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer']) await expect(tick(page, id)).toBeChecked();
  await rerunOf(page, () => table.getByRole('button', { name: 'Maximin', exact: true }).click());
  await expect(page.getByLabel('Decision rule')).toHaveValue('maximin');
  await expect(heading(page)).toContainText('guarantees at least $5.0 if all turn out worst');
});

test('constraints that leave nothing say so, and can be dropped', async ({ page }) => {
  await disclosure(page, 'Side constraints').click();
  const group = (id: string) => page.getByRole('radiogroup', { name: `${id} be funded` });
  await group('BundleEngine').getByLabel('must', { exact: true }).check();
  await group('TitlesAI').getByLabel('must not').check();
  await group('PriceOptimizer').getByLabel('must not').check();
  await group('ImageEnhancer').getByLabel('must not').check();
  await expect(heading(page)).toHaveText(/^No /);
  await rerunOf(page, () => page.getByRole('button', { name: 'Drop all side constraints' }).click());
  await expect(heading(page)).toHaveText('Fund three initiatives for $10.0: at most $1.0 to regret.');
});

test('every initiative, the menu and the proof are looked at more closely', async ({ page }) => {
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByRole('row', { name: /^ImageEnhancer/ })).toContainText('$1.4');
  await page.getByRole('tab', { name: 'Each initiative' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('heading', { name: 'Which initiatives do nearly all good portfolios hold?' })).toBeVisible();
  await page.getByRole('tab', { name: 'When the menu decides' }).click();
  await expect(panel.getByText('It is not funded. But it raises')).toBeVisible();
  await rerunOf(page, () => panel.getByRole('button', { name: 'Put it on the table' }).click());
  await expect(page.getByText('TitlesAI, ImageEnhancer and PriceOptimizer').first()).toBeVisible();
  await page.getByRole('tab', { name: 'How sure is the answer?' }).click();
  await expect(panel.getByText(/^Proved by enumerating/)).toBeVisible();
});

test('a lab worker that dies is replaced and the next answer still comes', async ({ page }) => {
  await expect(rules(page)).toBeVisible();
  const labs = page.workers().filter((worker) => worker.url().includes('lab.worker'));
  expect(labs.length).toBeGreaterThan(0);
  await Promise.all(labs.map((worker) => worker.evaluate(() => self.close())));
  await tick(page, 'TitlesAI').check();
  await tick(page, 'PriceOptimizer').check();
  // The verdict beside the ticks; it is read out as well.
  await expect(page.getByText(/You could regret \$\d/).last()).toBeVisible();
  await expect(page.getByText(/It was replaced and its work started again/).first()).toBeVisible();
});

test('undo and redo are at the keyboard, but for a field one types in', async ({ page }) => {
  const rule = page.getByLabel('Decision rule');
  await rerunOf(page, () => rules(page).getByRole('button', { name: 'Maximin', exact: true }).click());
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveAttribute('title', /^Undo \((Ctrl\+|\u2318)Z\)$/);
  await rerunOf(page, () => page.keyboard.press('Control+z'));
  await expect(rule).toHaveValue('minimax_regret');
  await rerunOf(page, () => page.keyboard.press('Control+y'));
  await expect(rule).toHaveValue('maximin');
  await rerunOf(page, () => page.keyboard.press('Control+z'));
  await rerunOf(page, () => page.keyboard.press('Control+Shift+Z'));
  await expect(rule).toHaveValue('maximin');
  const budget = page.getByLabel('Budget, $', { exact: true });
  await budget.focus();
  await page.keyboard.type('7');
  await page.keyboard.press('Control+z');
  await expect(rule).toHaveValue('maximin');
});

test('a finding that is still to be guessed is not read out, and no sooner than it is shown', async ({ page }) => {
  const said = page.locator('#app > p[role="status"]');
  await expect(said).toContainText('Run finished. ');
  await page.getByRole('button', { name: 'Guess first' }).click();
  await page.reload();
  await runIsDone(page);
  await expect(said).toHaveText('Run finished.');
  await page.getByRole('link', { name: /Evaluate/ }).click();
  await expect(heading(page)).not.toHaveText(/^Pick a portfolio/);
  await expect(said).toHaveText('Run finished.');
});

test('what is open stays open when the window gets narrow', async ({ page }) => {
  await disclosure(page, 'Side constraints').click();
  const group = page.getByRole('radiogroup', { name: 'BundleEngine be funded' });
  await expect(group).toBeVisible();
  await page.setViewportSize({ width: 800, height: 900 });
  await expect(group).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(group).toBeVisible();
});

for (const width of [1440, 360]) {
  test(`nothing moves under the hand, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await expect(rules(page)).toBeVisible();
    for (const label of ['Confidence threshold', 'Worst-return floor, $', 'Budget, $']) {
      const slider = page.getByLabel(`${label}, slider`);
      await slider.scrollIntoViewIfNeeded();
      const box = await slider.boundingBox();
      if (box === null) throw new Error(`${label} has no slider.`);
      const before = await heading(page).textContent();
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width * 0.5, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * (label.startsWith('Budget') ? 0.02 : 0.99), y, { steps: 5 });
      await expect(heading(page), label).not.toHaveText(before ?? '');
      expect((await slider.boundingBox())?.y, label).toBe(box.y);
      await page.keyboard.press('Escape');
      await page.mouse.up();
      await expect(heading(page), label).toHaveText(before ?? '');
    }
  });
}

test('axe finds nothing with everything open, in any form, and nothing sticks out', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(rules(page)).toBeVisible();
  await tick(page, 'TitlesAI').check();
  for (const title of ['Side constraints', 'Confidence penalty', 'What regret is measured against']) await disclosure(page, title).click();
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    expect.soft(await accessibilityFindings(page), (await tab.textContent()) ?? '').toEqual([]);
    expect.soft(await horizontalOverflow(page), 'pixels beyond the right edge').toBe(0);
  }
  expect.soft(await findingsInEveryForm(page), 'in any form').toEqual([]);
  await page.getByRole('button', { name: 'Guess first' }).click();
  expect.soft(await accessibilityFindings(page), 'guessing').toEqual([]);
});
