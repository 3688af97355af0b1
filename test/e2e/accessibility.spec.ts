import { accessibilityFindings, expect, horizontalOverflow, places, test } from './page.ts';

// The two other pairs are looked at by the specs of single places.
for (const [colorScheme, viewport] of [
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 360, height: 780 }],
] as const) {
  test.describe(`${colorScheme}, ${viewport.width} px wide`, () => {
    test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } });

    test('every place opens from its address, axe finds nothing on it, and nothing sticks out', async ({ page, workbench }) => {
      for (const place of places) {
        await workbench.open(place);
        await expect(page).toHaveURL(new RegExp(`#/${place}`));
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect.soft(await accessibilityFindings(page), place).toEqual([]);
        expect.soft(await horizontalOverflow(page), `${place}: pixels beyond the right edge`).toBe(0);
      }
    });
  });
}
