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
  test.setTimeout(180_000);
  [comparison, reference] = await Promise.all([serveComparison(), reportOfNode(0, elsewhere[0] ?? null)]);
});
test.afterAll(() => comparison.close());

test('the workers that are compared are those of the built page', () => {
  const built = readdirSync('dist/assets/worker');
  const ours = comparison.workerFiles.filter((name) => !name.startsWith('surroundings.worker-'));
  expect(built).toEqual(expect.arrayContaining(ours));
  expect(ours).toContainEqual(expect.stringMatching(/^pipeline\.worker-/));
});

test('what is compared is every method, rule, penalty and correction, and a study', () => {
  const names = Object.keys(reference.digests);
  const counts = ['method ', 'rule ', 'penalty ', 'correction ', 'study'].map(
    (kind) => names.filter((name) => name.startsWith(kind)).length,
  );
  expect(counts).toEqual([2 * 12, 2 * 7, 2 * 5, 2 * 3, 1]);
});

for (const name of ['Chromium', 'Firefox', 'WebKit']) {
  test(`${name} gives every digest that node gives, and so does the page`, async () => {
    const engine = (await findEngines()).find((candidate) => candidate.name === name);
    if (engine === undefined || 'missing' in engine) return test.skip(true, `${name} is not compared: ${engine?.missing}`);
    // Chromium is everywhere, so it shows that neither workers nor surroundings make a difference; the others show that the engine makes none.
    const isElsewhere = name === 'Chromium';
    const workers = isElsewhere ? 4 : 2;
    const session = await engine.start(isElsewhere ? (elsewhere[0] ?? null) : null);
    try {
      const report = await reportOfBrowser(session, comparison.address, workers);
      expect(differences(report, reference), `${name} ${session.version}, ${workers} workers, ${report.surroundings.join('; ')}`).toEqual(
        [],
      );
      if (isElsewhere) expect(report.surroundings).toEqual([elsewhereSeen, elsewhereSeen]);
      expect(await digestOfPage(session)).toBe(digests['online-retail-five']);
    } finally {
      await session.close();
    }
  });
}

function digestOfPage(session: Session): Promise<string> {
  return session.read(`${process.env.WORKBENCH_ROOT}#/overview`, 'data-digest', 60_000);
}
