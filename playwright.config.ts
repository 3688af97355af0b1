import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/browser.mjs';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './test/e2e/serve-page.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // What passes only then is named at the end of `npm test`.
  retries: 1,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    launchOptions: await launchOptions(),
    viewport: { width: 1440, height: 900 },
  },
});
