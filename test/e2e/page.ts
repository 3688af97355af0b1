import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

export { expect };

/** The places that the navigation leads to, in its order. */
export const steps = ['overview', 'simulate', 'measure', 'evaluate', 'allocate', 'scale', 'study'] as const;
export const places = [...steps, 'decide', 'report', 'data'] as const;
export type PlaceName = (typeof places)[number];

/** A scenario of one experiment, where any will do: to open it takes a third less than what the page opens with. */
export const small = '?v=1&p=clean-randomised';

/** The page under test, with everything it asked for and everything that went wrong on it. */
export type Workbench = {
  readonly address: string;
  readonly requests: readonly string[];
  readonly problems: () => readonly string[];
  /** Opens a place by its address and waits until a run is finished. `query` is what follows the place. */
  readonly open: (place: PlaceName, query?: string) => Promise<void>;
  /** Takes back problems that the test caused on purpose. */
  readonly forgive: (expected: RegExp) => void;
};

/** Every test on the page fails on a policy violation, an uncaught error, a failed request or one that leaves the origin. */
export const test = base.extend<{ belowRoot: boolean; workbench: Workbench }>({
  belowRoot: [false, { option: true }],
  workbench: async ({ page, belowRoot }, use) => {
    const address = served(belowRoot ? 'WORKBENCH_BELOW_ROOT' : 'WORKBENCH_ROOT');
    const requests: string[] = [];
    let problems: string[] = [];
    await watch(page, address, requests, (problem) => problems.push(problem));
    await use({
      address,
      requests,
      problems: () => problems,
      open: (place, query = '') => open(page, address, place, query),
      forgive: (expected) => void (problems = problems.filter((problem) => !expected.test(problem))),
    });
    expect(problems, 'what went wrong on the page').toEqual([]);
  },
});

/** Waits until the page says that its run has ended well; a failed run fails at once. */
export async function runIsDone(page: Page): Promise<void> {
  const ended = page.locator('html[data-run="done"], html[data-run="failed"], html[data-run="cancelled"]');
  await expect(ended).toHaveAttribute('data-run', 'done', { timeout: 30_000 });
}

/** The first digits of the run's digest, which the address carries as soon as the run is done. */
export async function digestInAddress(page: Page): Promise<string> {
  await expect(page).toHaveURL(/[?&]d=[0-9a-f]{12}/);
  return /[?&]d=([0-9a-f]{12})/.exec(page.url())?.[1] ?? '';
}

/** Does something that changes the scenario, and waits for the run of the new one. */
export async function rerunOf(page: Page, change: () => Promise<unknown>): Promise<void> {
  const before = await digestInAddress(page);
  await change();
  await expect(page).toHaveURL((url) => (/[?&]d=([0-9a-f]{12})/.exec(url.hash)?.[1] ?? before) !== before);
  await runIsDone(page);
}

/** What axe finds, one line per element. Legacy mode looks at this one frame only, which is all there is. */
export function accessibilityFindings(page: Page): Promise<string[]> {
  return findings(axe(page));
}

/** What passes is not listed: to describe it takes axe as long as to find what does not. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
}

/**
 * What axe finds on a wide page in light, then what the dark scheme can change (contrasts), then what a phone can (what scrolls, and
 * what lost its words), and whether anything sticks out there or here. The page is as wide and as light as before in the end.
 */
export async function findingsInEveryForm(page: Page): Promise<string[]> {
  const wide = page.viewportSize() ?? { width: 1440, height: 900 };
  const only = (...rules: string[]) => findings(axe(page).withRules(rules));
  const found = [...(await accessibilityFindings(page)), ...(await stickingOut(page))];
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await only('color-contrast')).map((finding) => `in the dark: ${finding}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 360, height: 780 });
  const narrow = [
    ...(await only('scrollable-region-focusable', 'target-size', 'button-name', 'link-name', 'label')),
    ...(await stickingOut(page)),
  ];
  await page.setViewportSize(wide);
  return [...found, ...narrow.map((finding) => `360 px wide: ${finding}`)];
}

async function stickingOut(page: Page): Promise<string[]> {
  const pixels = await horizontalOverflow(page);
  return pixels === 0 ? [] : [`${pixels} pixels lie beyond the right edge`];
}

async function findings(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}

/** How many pixels of the page lie beyond the right edge of the window. */
export function horizontalOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function open(page: Page, address: string, place: PlaceName, query: string): Promise<void> {
  await page.goto(`${address}#/${place}${query}`);
  await runIsDone(page);
}

async function watch(page: Page, address: string, requests: string[], note: (problem: string) => void): Promise<void> {
  const { origin } = new URL(address);
  await page.exposeFunction('reportPolicyViolation', (text: string) => note(`policy violation: ${text}`));
  await page.addInitScript(() => {
    // To fetch everything ahead and keep it is tested in offline.spec.ts, and would cost every other test a second.
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { reportPolicyViolation: (text: string) => void }).reportPolicyViolation;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
    });
  });
  page.on('pageerror', (error) => note(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(`console ${message.type()}: ${message.text()}`);
  });
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    requests.push(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) note(`request to another origin: ${request.url()}`);
  });
  page.context().on('response', (response) => {
    if (response.status() >= 400) note(`${response.status()} for ${response.url()}`);
  });
}

function served(name: string): string {
  const address = process.env[name];
  if (address === undefined) throw new Error(`${name} is not set; serve-page.ts sets it before the tests.`);
  return address;
}
