import { accessibilityFindings, darkFindings, expect, horizontalOverflow, places, test } from './page.ts';

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 360, height: 780 },
]) {
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport, contextOptions: { reducedMotion: 'reduce' } });

    test('every place opens from its address; axe finds nothing on it, light or dark, and nothing sticks out', async ({
      page,
      workbench,
    }) => {
      test.slow();
      for (const place of places) {
        await workbench.open(place);
        await expect(page).toHaveURL(new RegExp(`#/${place}`));
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect.soft(await accessibilityFindings(page), place).toEqual([]);
        expect.soft(await darkFindings(page), `${place}, dark`).toEqual([]);
        expect.soft(await horizontalOverflow(page), `${place}: pixels beyond the right edge`).toBe(0);
      }
    });
  });
}
