import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** The system's Chromium where there is one, Playwright's own elsewhere. */
const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

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
        launchOptions: {
          ...(systemChromium ? { executablePath: systemChromium } : {}),
          // Chromium's own sandbox refuses to start for root.
          args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
        },
      },
    },
    { name: 'desktop', testMatch: 'tests/desktop/**/*.spec.ts', workers: 1 },
  ],
});
