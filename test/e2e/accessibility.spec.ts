import { expect, findingsInEveryForm, places, test } from './page.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.slow();

test('every place opens from its address; axe finds nothing on it, light or dark, wide or narrow, and nothing sticks out', async ({
  page,
  workbench,
}) => {
  for (const place of places) {
    await workbench.open(place);
    await expect(page).toHaveURL(new RegExp(`#/${place}`));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect.soft(await findingsInEveryForm(page), place).toEqual([]);
  }
});
