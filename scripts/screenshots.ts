// Takes a picture of every screen and of each state of a pane, on the sample workspace, into docs/screenshots/.
// `npm run screenshots` sets up what it needs and runs it with the pinned Node.
import { rmSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import type { DeskClient } from '#workflows/contract/contract.ts';
import { clientOf } from '../tests/browser/desk-client.ts';
import { makeSampleHome, runDesk, runSample, type SampleDesk } from '../tests/browser/running-desk.ts';
import { systemChromium } from '../tests/browser/system-chromium.ts';
import { Album, LOOKS, settled, type Look } from './screenshots/album.ts';
import { SCREENS, type Screen } from './screenshots/screens.ts';
import * as states from './screenshots/states.ts';

const album = new Album(process.argv.slice(2));

const BRITISH = { ...process.env, LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB' } as Record<string, string>;

/** What could not be taken; the rest is taken all the same. */
const failures: string[] = [];

interface Visit {
  readonly screen: Screen;
  readonly look: Look;
  readonly desk: DeskClient;
  readonly origin: string;
}

const takeScreen = async (page: Page, { screen, look, desk, origin }: Visit): Promise<void> => {
  page.setDefaultTimeout(10_000);
  try {
    await page.goto(new URL(await screen.address(desk), origin).href);
    await settled(page);
    if (screen.open) {
      await screen.open(page, look, desk);
      await settled(page);
    }
    await album.take(page, screen.name, look);
  } catch (error) {
    failures.push(`${screen.name}-${look.name}: ${String(error)}`);
  }
};

const takeLook = async (sample: SampleDesk, look: Look): Promise<void> => {
  const wanted = SCREENS.filter(
    ({ name, isNarrowOnly }) => album.isWanted(name, look) && (look.isNarrow || !isNarrowOnly),
  );
  for (const who of new Set(wanted.map(({ as }) => as))) {
    const door = await sample.as(who, look.options);
    const desk = await clientOf(door);
    for (const screen of wanted.filter(({ as }) => as === who)) {
      const page = await door.context().newPage();
      await takeScreen(page, { screen, look, desk, origin: door.url() });
      await page.close();
    }
    await door.context().close();
  }
};

const takeScreens = async (sample: SampleDesk): Promise<void> => {
  await Promise.all(LOOKS.map((look) => takeLook(sample, look)));
};

const system = systemChromium();
// Date fields are written in the browser's own language, not the page's.
const browser = await chromium.launch({ ...system, args: [...(system.args ?? []), '--lang=en-GB'], env: BRITISH });
const home = await makeSampleHome(browser);
const onSample = (
  take: (sample: SampleDesk, into: Album) => Promise<void>,
  change?: (folder: string) => void,
): Promise<void> => runSample(browser, home, (sample) => take(sample, album), change);
try {
  await onSample(takeScreens);
  await onSample(async (sample) => {
    await states.takePaneStates(sample, album);
    await states.takeSampleSignIn(sample, album);
    await states.takeChangedElsewhere(sample, album);
    await states.takePaused(sample, album);
  });
  await onSample(states.takeOffline);
  await onSample(states.takeReadOnly, states.damage);
  await runDesk(browser, (desk) => states.takeStart(desk, album));
} finally {
  rmSync(home, { recursive: true, force: true });
  await browser.close();
}
if (failures.length > 0) {
  console.error(`Not taken:\n${failures.join('\n')}`);
  process.exit(1);
}
