import { accessibilityFindings, expect, horizontalOverflow, places, test } from './page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 360, height: 780 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px wide`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } });

      test('axe finds nothing on any place, and nothing sticks out', async ({ page, workbench }) => {
        for (const place of places) {
          await workbench.open(place);
          expect.soft(await accessibilityFindings(page), place).toEqual([]);
          expect.soft(await horizontalOverflow(page), `${place}: pixels beyond the right edge`).toBe(0);
        }
      });
    });
  }
}
