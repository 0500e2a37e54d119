import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  workers: 1,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { trace: 'off' },
  projects: [
    { name: 'browser', testMatch: 'tests/browser/**/*.spec.ts' },
    { name: 'desktop', testMatch: 'tests/desktop/**/*.spec.ts' },
  ],
});
