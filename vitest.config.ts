import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { launchOptions } from './scripts/browser.mjs';

const testTimeout = 30_000;

const node: TestProjectConfiguration = {
  // The core has no state that a test could leave behind, so files share their modules.
  test: { name: 'node', environment: 'node', include: ['test/{unit,contract,property,reference}/**/*.test.ts'], testTimeout, isolate: false },
};

const jsdom: TestProjectConfiguration = {
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  test: { name: 'jsdom', environment: 'jsdom', include: ['test/{charts,ui}/**/*.test.ts'], testTimeout, isolate: false },
};

// Runes compile to server code in plain node, where tests of $state pass falsely; they belong here.
async function browser(): Promise<TestProjectConfiguration> {
  return {
    plugins: [svelte()],
    worker: { format: 'es' },
    // All that any test will import, found before the first one runs: a package found later would reload the page under a test.
    optimizeDeps: {
      include: ['comlink', 'highs', 'papaparse', '@faker-js/faker/locale/en'],
      entries: ['src/main.ts', 'workers/*.worker.ts', 'test/browser/**/*.ts'],
    },
    test: {
      name: 'browser',
      include: ['test/browser/**/*.test.ts'],
      testTimeout,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: await launchOptions() }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

/** Looking for a browser means starting one, so it is only looked for when its tests are to run. */
function selects(project: string): boolean {
  const chosen = process.argv.flatMap((argument, i) =>
    argument === '--project' ? [process.argv[i + 1]] : argument.startsWith('--project=') ? [argument.slice('--project='.length)] : [],
  );
  return chosen.length === 0 || chosen.includes(project);
}

export default defineConfig({
  // Left to itself it would keep one processor idle.
  test: { maxWorkers: '100%', projects: [node, jsdom, ...(selects('browser') ? [await browser()] : [])] },
});
