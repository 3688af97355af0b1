import type { Page } from '@playwright/test';
import { expect, findingsInEveryForm, runIsDone, test } from './page.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const cell = (page: Page, option: string, state: string) => page.getByRole('textbox', { name: `${option}, ${state}`, exact: true });

/** The table has no use for the run, so that of the page is a small one. */
async function openTable(page: Page, address: string, query = '?v=1&p=worked-example'): Promise<void> {
  await page.goto(`${address}#/decide${query}`);
  await runIsDone(page);
  await expect(page.getByRole('group', { name: 'Payoff table' })).toBeVisible();
}

test('a payoff changes every answer at once, can be undone, and is there after a reload', async ({ page, workbench }) => {
  await openTable(page, workbench.address);
  const before = await heading(page).innerText();
  await cell(page, 'Stay at home', 'hot').fill('5000');
  await cell(page, 'Stay at home', 'hot').press('Tab');
  await expect(heading(page)).toContainText('Stay at home');
  await expect(page.getByRole('group', { name: 'Rules side by side' })).toContainText('Stay at home');
  await page.getByRole('button', { name: 'Undo in the table' }).click();
  await expect(heading(page)).toHaveText(before);
  await page.getByRole('button', { name: 'Redo in the table' }).click();
  await expect(heading(page)).toContainText('Stay at home');
  await expect(page).toHaveURL(/[?&]t=/);
  const link = page.url();
  await page.reload();
  await runIsDone(page);
  await expect(cell(page, 'Stay at home', 'hot')).toHaveValue('5,000');
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(cell(page, 'Stay at home', 'hot')).toHaveValue('5,000');
});

test('the table of the last visit comes back without a link, also by way of Allocate', async ({ page, workbench }) => {
  await openTable(page, workbench.address);
  await page.getByRole('button', { name: 'Add a state' }).click();
  await expect(heading(page)).toHaveText('Fill in the table: 4 payoffs are missing.');
  await page.getByRole('link', { name: 'Back to the portfolio' }).click();
  await expect(page).toHaveURL(/#\/allocate/);
  await page
    .getByRole('link', { name: /payoff table/i })
    .first()
    .click();
  await expect(heading(page)).toHaveText('Fill in the table: 4 payoffs are missing.');
  await page.goto('about:blank');
  await openTable(page, workbench.address);
  await expect(heading(page)).toHaveText('Fill in the table: 4 payoffs are missing.');
});

test('a table copied from a spreadsheet takes the place of this one', async ({ page, workbench }) => {
  await openTable(page, workbench.address);
  await page.getByRole('button', { name: 'Paste a table' }).click();
  const box = page.getByRole('textbox', { name: /Cells from a spreadsheet/ });
  await box.fill('nothing but words');
  await page.getByRole('button', { name: 'Use this table' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await box.fill('\tlow\thigh\nsmall plant\t4\t6\nlarge plant\t-2\t11\n');
  await page.getByRole('button', { name: 'Use this table' }).click();
  await expect(cell(page, 'large plant', 'low')).toHaveValue('-2');
  await expect(heading(page)).toHaveText('small plant: the least to regret, 5 at most.');
  await expect(page.getByText(/keeps the expected regret at 2\.72727/)).toBeVisible();
  await expect(page.getByRole('group', { name: 'Your lottery' })).toContainText('6/11');
});

test('the keyboard alone renames, moves and deletes; a name used twice is told beside it', async ({ page, workbench }) => {
  await openTable(page, workbench.address);
  const name = page.getByRole('textbox', { name: 'Name of option 2' });
  await name.focus();
  await name.fill('Ice cream');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Another one has this name too.')).toBeVisible();
  await name.fill('Broth');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('group', { name: 'Regret table' }).getByRole('rowheader', { name: 'Broth' })).toBeVisible();
  const arrange = page.getByRole('button', { name: 'Move and delete' });
  await arrange.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Move Broth up' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of option 1' })).toHaveValue('Broth');
  await page.getByRole('button', { name: 'Delete Stay at home' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of option 4' })).toHaveCount(0);
});

test('Enter and the arrow keys lead from cell to cell, and what was typed is taken', async ({ page, workbench }) => {
  await openTable(page, workbench.address);
  const states = await page
    .getByRole('textbox', { name: /^Name of state/ })
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  const options = await page
    .getByRole('textbox', { name: /^Name of option/ })
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  const at = (option: number, state: number) => cell(page, options[option] ?? '', states[state] ?? '');
  await at(0, 0).fill('5000');
  await page.keyboard.press('Enter');
  await expect(at(1, 0)).toBeFocused();
  await expect(at(0, 0)).toHaveValue('5,000');
  await page.keyboard.press('ArrowRight');
  await expect(at(1, 1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(at(2, 1)).toBeFocused();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('ArrowUp');
  await expect(at(0, 1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('textbox', { name: 'Name of state 2' })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('textbox', { name: 'Name of state 1' })).toBeFocused();
});

test('the lottery survives the death of its worker', async ({ page, workbench }) => {
  await page.addInitScript(() => {
    const RealWorker = window.Worker;
    const started: Worker[] = [];
    Object.assign(window, { started });
    window.Worker = class extends RealWorker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        started.push(this);
      }
    };
  });
  await openTable(page, workbench.address);
  await expect(page.getByRole('group', { name: 'Your lottery' })).toBeVisible();
  await page.evaluate(() => (window as unknown as { started: Worker[] }).started.forEach((worker) => worker.terminate()));
  await page.getByLabel('Example', { exact: true }).selectOption('farm');
  await expect(page.getByRole('group', { name: 'Your lottery' })).toContainText('Barley');
  await expect(page.getByText('The lottery could not be worked out')).toHaveCount(0);
});

test('a link that holds no table says so and shows an example', async ({ page, workbench }) => {
  const said = page.getByText('This link holds no table that can be shown');
  for (const query of ['?t=garbage', `?t=${'A'.repeat(40_000)}`, '?t=%3Cscript%3E', '?t=']) {
    await openTable(page, workbench.address, query);
    await expect(said, query.slice(0, 16)).toBeVisible();
    await expect(cell(page, 'Ice cream', 'hot')).toHaveValue('520');
    await page.getByLabel('Example', { exact: true }).selectOption('farm');
    await expect(said).toBeHidden();
  }
});

test('axe finds nothing on any example, in any form, and nothing sticks out', async ({ page, workbench }) => {
  await openTable(page, workbench.address);
  await page.getByRole('button', { name: 'Move and delete' }).click();
  await page.getByRole('button', { name: 'Paste a table' }).click();
  for (const example of ['stand', 'farm', 'menu', 'blank']) {
    await page.getByLabel('Example', { exact: true }).selectOption(example);
    if (example !== 'blank') await expect(page.getByRole('group', { name: 'Your lottery' })).toBeVisible();
    expect.soft(await findingsInEveryForm(page), example).toEqual([]);
  }
});
