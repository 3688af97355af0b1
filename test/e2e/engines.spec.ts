import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  differences,
  elsewhere,
  reportOfBrowser,
  reportOfNode,
  serveComparison,
  type EngineReport,
} from '../../scripts/engines-comparison.mjs';
import { findEngines, type Session } from '../../scripts/engines.mjs';
import digests from '../reference/preset-digests.json' with { type: 'json' };

// One worker of the test runner: what node finds is found once.
test.describe.configure({ mode: 'default', timeout: 180_000 });

let comparison: Awaited<ReturnType<typeof serveComparison>>;
let reference: EngineReport;
const elsewhereSeen = expect.stringContaining('tr-TR, Pacific/Kiritimati, 1.234,5') as unknown;

test.beforeAll(async () => {
  [comparison, reference] = await Promise.all([serveComparison(), reportOfNode(0, elsewhere[0] ?? null)]);
});
test.afterAll(() => comparison.close());

test('the workers that are compared are those of the built page', () => {
  const built = readdirSync('dist/assets/worker');
  const ours = comparison.workerFiles.filter((name) => !name.startsWith('surroundings.worker-'));
  expect(built).toEqual(expect.arrayContaining(ours));
  expect(ours).toContainEqual(expect.stringMatching(/^pipeline\.worker-/));
});

for (const name of ['Chromium', 'Firefox', 'WebKit']) {
  test(`${name} gives every digest that node gives, here and elsewhere, and so does the page`, async () => {
    const engine = (await findEngines()).find((candidate) => candidate.name === name);
    if (engine === undefined || 'missing' in engine) return test.skip(true, `${name} is not compared: ${engine?.missing}`);
    // Chromium is everywhere, so it shows that the number of workers makes no difference; the others show that the engine makes none.
    const settings =
      name === 'Chromium'
        ? [
            { here: true, workers: [1, 2] },
            { here: false, workers: [4] },
          ]
        : [{ here: true, workers: [2] }];
    for (const { here, workers } of settings) {
      const session = await engine.start(here ? null : (elsewhere[0] ?? null));
      try {
        for (const size of workers) {
          const report = await reportOfBrowser(session, comparison.address, size);
          expect(differences(report, reference), `${name} ${session.version}, ${size} workers, ${report.surroundings.join('; ')}`).toEqual(
            [],
          );
          if (!here) expect(report.surroundings).toEqual([elsewhereSeen, elsewhereSeen]);
        }
        if (here) expect(await digestOfPage(session)).toBe(digests['online-retail-five']);
      } finally {
        await session.close();
      }
    }
  });
}

function digestOfPage(session: Session): Promise<string> {
  return session.read(`${process.env.WORKBENCH_ROOT}#/overview`, 'data-digest', 60_000);
}
