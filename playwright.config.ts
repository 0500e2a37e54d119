import { defineConfig } from '@playwright/test';
import { systemChromium } from './tests/browser/system-chromium.ts';

export default defineConfig({
  testDir: '.',
  workers: 2,
  reporter: 'list',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: { trace: 'off', screenshot: 'only-on-failure', actionTimeout: 15_000 },
  projects: [
    {
      name: 'browser',
      testMatch: 'tests/browser/**/*.spec.ts',
      use: {
        browserName: 'chromium',
        locale: 'en-GB',
        viewport: { width: 1440, height: 900 },
        launchOptions: systemChromium(),
      },
    },
    { name: 'desktop', testMatch: 'tests/desktop/**/*.spec.ts', workers: 1 },
  ],
});
