import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

/** How Chromium is started: the system's where there is one, Playwright's own elsewhere. */
export const systemChromium = (): LaunchOptions => {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium's own sandbox refuses to start for root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  };
};
