import { expect, places, runIsDone, small, test } from './page.ts';

const initiatives = [
  'product-desc-enhancement',
  'checkout-flow-optimization',
  'search-relevance-tuning',
  'pricing-display-test',
  'recommendation-engine-v2',
];

for (const belowRoot of [false, true]) {
  test.describe(belowRoot ? 'served below the root of an address' : 'served at the root', () => {
    test.use({ belowRoot });

    test('opens on a finished run of five initiatives', async ({ page, workbench }) => {
      await page.goto(workbench.address);
      await runIsDone(page);
      await expect(page).toHaveTitle(/impact workbench/);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      for (const initiative of initiatives) await expect(page.getByRole('main')).toContainText(initiative);
    });
  });
}

test.describe('below the root, where what is elsewhere shows', () => {
  test.use({ belowRoot: true });

  test('asks for nothing but its own files', async ({ workbench }) => {
    for (const place of places) await workbench.open(place, small);
    const elsewhere = workbench.requests.filter((url) => !url.startsWith(workbench.address) && !/^(blob|data):/.test(url));
    expect(elsewhere).toEqual([]);
    expect(workbench.requests.filter((url) => /\.wasm/.test(url)).length, 'the solver is loaded').toBeGreaterThan(0);
  });
});

test('the policy allows neither inline code nor eval, and the browser enforces it', async ({ page, workbench }) => {
  await workbench.open('overview', small);
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', /default-src 'self'/);
  await expect(policy).not.toHaveAttribute('content', /unsafe-inline|'unsafe-eval'/);
  const obeyed = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineScriptRan = true';
    document.head.append(script);
    return !('inlineScriptRan' in window);
  });
  expect(obeyed, 'an inline script did not run').toBe(true);
  await expect.poll(() => workbench.problems().length).toBeGreaterThan(0);
  workbench.forgive(/script-src/);
});
