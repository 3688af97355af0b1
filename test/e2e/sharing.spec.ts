import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { modulesOfPath, readQr } from '../unit/interchange/qr-reader.ts';
import { accessibilityFindings, digestInAddress, expect, findingsInEveryForm, rerunOf, runIsDone, small, test } from './page.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const section = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const linkOf = (page: Page) => section(page, 'Share').getByLabel('Link', { exact: true });
const budgetOf = (page: Page) => page.getByLabel(/^budget/);

async function setBudget(page: Page, budget: string): Promise<void> {
  await rerunOf(page, async () => {
    await budgetOf(page).fill(budget);
    await budgetOf(page).press('Enter');
  });
}

/** What is selected in a field. */
const selectedIn = (field: Locator) =>
  field.evaluate((input: HTMLInputElement) =>
    document.activeElement === input ? input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0) : null,
  );

test('a link is copied, or selected where the clipboard is denied, and its QR code holds it', async ({ page, workbench, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${workbench.address}#/data${small}`);
  await runIsDone(page);
  const digest = await digestInAddress(page);
  const share = section(page, 'Share');
  await expect(linkOf(page)).toHaveValue(new RegExp(`#/overview\\?.*d=${digest}`));
  const link = await linkOf(page).inputValue();
  await expect(share).toContainText(`${link.length} characters`);
  await expect(share).toContainText('Others cannot open this link');
  await share.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(share).toContainText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const code = share.getByRole('img', { name: /^QR code/ });
  const decoded = async () => {
    const side = Number((await code.getAttribute('viewBox'))?.split(' ')[2]);
    return readQr(modulesOfPath((await code.locator('path').getAttribute('d')) ?? '', side, 4)).text;
  };
  expect(await decoded()).toBe(link);
  await share.getByLabel('It opens on').selectOption('allocate');
  await expect(linkOf(page)).toHaveValue(/#\/allocate\?/);
  await expect.poll(decoded).toBe(await linkOf(page).inputValue());
  const [svg] = await Promise.all([page.waitForEvent('download'), share.getByRole('button', { name: 'SVG' }).click()]);
  expect(await readFile(await svg.path(), 'utf8')).toContain(await code.locator('path').getAttribute('d'));
  const [png] = await Promise.all([page.waitForEvent('download'), share.getByRole('button', { name: 'PNG' }).click()]);
  expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe('PNG');

  await share.getByRole('button', { name: 'Show it large' }).click();
  const large = page.getByRole('dialog', { name: /A clean experiment/ });
  await expect(large).toBeVisible();
  const box = await large.getByRole('img').boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(600);
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(large).toBeHidden();

  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
  });
  await share.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(share).toContainText('does not let this page use the clipboard');
  expect(await selectedIn(linkOf(page))).toBe(await linkOf(page).inputValue());
  await page.getByRole('button', { name: 'Copy link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy the link' });
  await expect(dialog).toContainText('copy it with');
  expect(await selectedIn(dialog.getByLabel('Link to this screen'))).toBe(page.url());
  await page.keyboard.press('ControlOrMeta+C');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.keyboard.press('Escape');

  expect(await findingsInEveryForm(page)).toEqual([]);
});

test('a scenario leaves as a file and comes back, chosen or dropped, and what is no scenario changes nothing', async ({
  page,
  workbench,
}) => {
  await workbench.open('allocate', small);
  await setBudget(page, '1234');
  const digest = await digestInAddress(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('ControlOrMeta+s')]);
  expect(download.suggestedFilename()).toBe('a-clean-experiment.scenario.json');
  const text = await readFile(await download.path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ format: 'impact-workbench/scenario', version: 1, replication: 0, scenario: { budget: 1234 } });

  await rerunOf(page, () => page.getByRole('button', { name: 'Reset', exact: true }).click());
  await page.evaluate((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'called anything.txt'));
    const main = document.querySelector('main');
    main?.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    main?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.getByText('reproduced exactly')).toBeVisible();
  await expect(budgetOf(page)).toHaveValue(/1,?234/);
  expect(await digestInAddress(page)).toBe(digest);
  await expect(page.getByRole('main')).toContainText('called anything.txt” is open');
  await rerunOf(page, () => page.getByRole('main').getByRole('button', { name: 'Undo', exact: true }).click());
  await expect(budgetOf(page)).toHaveValue(/60,?000/);

  await page.getByRole('link', { name: 'Data', exact: true }).click();
  const open = section(page, 'Open');
  const choose = (name: string, content: string) =>
    open.getByLabel('File to open').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
  await choose('broken.json', text.replace('"budget": 1234', '"budget": "<img src=x onerror=alert(1)>", "colour": 1'));
  await expect(open.getByRole('alert')).toContainText('scenario.budget');
  await expect(open.getByRole('alert')).toContainText('scenario.colour');
  await expect(open.getByRole('alert')).toContainText('Nothing has changed');
  await expect(budgetOf(page)).toHaveValue(/60,?000/);
  await choose('other.json', text.replace(/"digest": "[0-9a-f]{4}/, '"digest": "0000'));
  await expect(page.getByText(/differs from/).first()).toBeVisible();
  await expect(budgetOf(page)).toHaveValue(/1,?234/);
  await choose('newer.json', text.replace('"version": 1', '"version": 9'));
  await expect(open.getByRole('alert')).toContainText('newer page');
  await choose('notes.txt', 'Dear reader');
  await expect(open.getByRole('alert')).toContainText('none of the kinds');
  await choose('payoffs.csv', 'option,boom,bust\nA,3,-1\nB,1,1\n');
  await expect(open).toContainText('is a table. What is in it?');
  expect(await accessibilityFindings(page)).toEqual([]);
  await open.getByRole('button', { name: 'A payoff table' }).click();
  await expect(page).toHaveURL(/#\/decide\?/);
  await expect(page.getByRole('main')).toContainText('bust');
});

test('named scenarios are kept, in two windows at once, and stay through a reload', async ({ page, workbench, context }) => {
  await page.goto(`${workbench.address}#/data${small}`);
  await runIsDone(page);
  const other = await context.newPage();
  await other.goto(`${workbench.address}#/data${small}`);
  const kept = section(page, 'Kept on this machine');
  const elsewhere = section(other, 'Kept on this machine');
  await kept.getByLabel('Keep the scenario on the screen as').fill('Morning class');
  await kept.getByLabel('Keep the scenario on the screen as').press('Enter');
  await expect(kept).toContainText('on the screen');
  await expect(elsewhere.getByLabel('Name of Morning class')).toBeVisible();
  await elsewhere.getByLabel('Name of Morning class').fill('Evening class');
  await elsewhere.getByLabel('Name of Morning class').press('Enter');
  await expect(kept.getByLabel('Name of Evening class')).toHaveValue('Evening class');
  await setBudget(page, '7777');
  await expect(kept).toContainText('opened, and changed since');
  await kept.getByRole('button', { name: 'Delete Evening class' }).click();
  await expect(elsewhere).toContainText('Nothing is kept yet');
  await page.getByRole('link', { name: /Overview/ }).click();
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await kept.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(kept.getByRole('button', { name: 'Open Evening class' })).toBeVisible();
  await page.reload();
  await expect(budgetOf(page)).toHaveValue(/7,?777/);
  await runIsDone(page);
  await rerunOf(page, () => kept.getByRole('button', { name: 'Open Evening class' }).click());
  await expect(page.getByText('reproduced exactly')).toBeVisible();
  await expect(budgetOf(page)).toHaveValue(/60,?000/);
});

test('a browser that denies all storage still runs, and says what is not kept', async ({ page, workbench }) => {
  await page.addInitScript(() => {
    const denied = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: denied });
    Object.defineProperty(window, 'indexedDB', { get: denied });
  });
  await page.goto(`${workbench.address}#/data${small}`);
  await runIsDone(page);
  const kept = section(page, 'Kept on this machine');
  await kept.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(kept).toContainText('in this window only');
  await expect(kept.getByRole('alert')).toContainText('keeps nothing for this page');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    kept.getByRole('button', { name: /^Save A clean experiment.* to a file/ }).click(),
  ]);
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ format: 'impact-workbench/scenario' });
});
