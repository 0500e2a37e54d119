// Finds a Chromium for the tests, or brings one: Debian's by apt where this is root on Debian, else Playwright's own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, projectFolder, run } from './setup.mjs';

/** Where a system's own browser lies; playwright.config.ts looks in the same places. */
export const SYSTEM_CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const playwrightCli = join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');

const isRootOnDebian = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

const apt = (...parameters) => {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-q', '-y', ...parameters], { stdio: 'inherit', env: environment }).status === 0;
};

/** Leaves a Chromium that the tests can start; ends the process with the reason where none can be had. */
export const ensureChromium = () => {
  if (SYSTEM_CHROMIUM.some(existsSync)) return;
  if (isRootOnDebian()) {
    console.log('Installing Chromium from Debian (once) …');
    if (
      apt('update') &&
      apt('install', '--no-install-recommends', 'chromium', 'fonts-noto-core', 'fonts-noto-color-emoji')
    )
      return;
    console.error('Chromium could not be installed with apt-get; trying Playwright’s own.');
  }
  run(pinnedNode(), [playwrightCli, 'install', 'chromium-headless-shell', 'chromium']);
};
