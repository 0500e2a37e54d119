// Takes a picture of every screen and of each state of a pane, on the sample workspace, into docs/screenshots/.
// Run it with the pinned Node: node scripts/screenshots.ts
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { clientOf } from '../tests/browser/desk-client.ts';
import { makeSampleHome, runSample, type SampleDesk } from '../tests/browser/running-desk.ts';
import { SCREEN_CASES } from '../tests/browser/screen-cases.ts';
import { systemChromium } from '../tests/browser/system-chromium.ts';
import { ensureBuilt, ROOT } from '../tests/desktop/ensure-built.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const THEMES = ['light', 'dark'] as const;

const settled = async (page: Page): Promise<void> => {
  await page.locator('.shell-content h1, .shell-content h2').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
};

/** One picture for each size and theme. */
const takePictures = async (page: Page, name: string, wait: (page: Page) => Promise<void> = settled): Promise<void> => {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      await wait(page);
      const file = `${name}-${String(size.width)}-${colorScheme}.png`;
      await page.screenshot({ path: join(FOLDER, file), animations: 'disabled', caret: 'hide' });
    }
  }
};

const takeScreens = async (sample: SampleDesk): Promise<void> => {
  for (const who of new Set(SCREEN_CASES.map(({ as }) => as))) {
    const page = await sample.as(who);
    const desk = await clientOf(page);
    for (const { name, address, as } of SCREEN_CASES) {
      if (as !== who) continue;
      await page.goto(new URL(await address(desk), page.url()).href);
      await takePictures(page, name);
    }
    await page.context().close();
  }
};

const inSight = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();

/** States that a pane can be in besides having something to show. */
const takeStates = async (sample: SampleDesk): Promise<void> => {
  const page = await sample.as('Jonas Brandt');
  const at = (path: string): string => new URL(path, page.url()).href;
  const listCalls = /\/rpc\/reply\/list/;

  await page.goto(at('/queue/open?search=nothing-of-that-name'));
  await takePictures(page, 'state-empty', inSight('.queue-pane .blank'));
  await page.goto(at('/queue/open/01J00000000000000000000000'));
  await takePictures(page, 'state-not-found', inSight('.reply-pane .blank'));
  await page.route(listCalls, () => new Promise(() => undefined));
  await page.goto(at('/queue/open'));
  await takePictures(page, 'state-loading', inSight('.queue-pane .skeleton'));
  await page.unroute(listCalls);
  await page.route(listCalls, (route) => route.fulfill({ status: 500, body: '{}' }));
  await page.goto(at('/queue/open'));
  await takePictures(page, 'state-error', inSight('.queue-pane .blank'));
  await page.unroute(listCalls);

  const agent = SCREEN_CASES.find(({ name }) => name === 'reply-drafting');
  await page.goto(at((await agent?.address(await clientOf(page))) ?? '/'));
  await settled(page);
  await sample.process.kill();
  await takePictures(page, 'state-offline', inSight('.banner:has-text("Offline")'));
};

/** Another number in a record that is long signed: the desk opens read-only. */
const damage = (folder: string): void => {
  const journal = join(folder, 'journal');
  const [first] = readdirSync(journal)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  const path = join(journal, first ?? '');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"seq":20,', '"seq":21,'));
};

ensureBuilt();
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch(systemChromium());
const home = await makeSampleHome(browser);
try {
  await runSample(browser, home, takeScreens);
  await runSample(browser, home, takeStates);
  await runSample(
    browser,
    home,
    async (sample) => {
      const page = await sample.as('Ingrid Solberg');
      await takePictures(page, 'state-read-only', inSight('.banner:has-text("Read-only")'));
    },
    damage,
  );
} finally {
  rmSync(home, { recursive: true, force: true });
  await browser.close();
}
