import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { build } from 'vite';
import { startDesktop, type Desktop, type DesktopStart } from './desktop.ts';
import { ensureBuilt } from './ensure-built.ts';
import type * as pageClient from './page-client.ts';

export { expect };

/** What the preload exposes. */
interface Bridge {
  readonly host: string;
  readonly platform: string;
  readonly onMenu: (listener: (command: string) => void) => () => void;
}

/** A page that the specs have taken hold of. */
export interface TestedWindow {
  readonly countersign: Bridge;
  /** The specs' own client, put there by {@link toBarePage}. */
  readonly deskClient: typeof pageClient;
  /** What a spec keeps in the page from one step to the next. */
  readonly kept: Record<string, unknown>;
}

interface Fixtures {
  /** A folder of the test's own, gone afterwards. */
  readonly folder: string;
  /** Starts the program; it is ended with the test. Without `home` each start of a test shares one. */
  readonly start: (options?: Partial<DesktopStart>) => Promise<Desktop>;
  /** The shared program, with its window loaded anew, for specs that leave it as it was. */
  readonly desktop: Desktop;
}

interface WorkerFixtures {
  /** One program for many specs: starting one takes seconds. */
  readonly shared: Desktop;
  /** The specs' client as a script. */
  readonly clientScript: string;
}

const bundleClient = async (): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'page-client.ts'), formats: ['iife'], name: 'deskClient' },
    },
  });
  const [output] = Array.isArray(result) ? result : [];
  const [chunk] = output?.output ?? [];
  if (!chunk) throw new Error('the client of the specs was not bundled');
  return chunk.code;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  clientScript: [
    async ({}, use) => {
      ensureBuilt();
      await use(await bundleClient());
    },
    { scope: 'worker', auto: true },
  ],
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-desktop-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ folder }, use) => {
    const started: Desktop[] = [];
    await use(async (options) => {
      const desktop = await startDesktop({ home: join(folder, 'home'), ...options });
      started.push(desktop);
      return desktop;
    });
    await Promise.all(started.map((desktop) => desktop.end()));
  },
  shared: [
    async ({}, use) => {
      ensureBuilt();
      const home = mkdtempSync(join(tmpdir(), 'countersign-desktop-'));
      const desktop = await startDesktop({ home });
      await use(desktop);
      await desktop.end();
      rmSync(home, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  desktop: async ({ shared }, use) => {
    // The stand-in closes a denied window only after Chromium has made it; until then it is in front.
    await expect.poll(() => shared.windows()).toBe(1);
    await shared.page.goto(shared.address('app://countersign/'));
    await use(shared);
  },
});

/**
 * Takes a page to a document of the desk's own that runs no scripts, so that the one connection of this load is the
 * test's, and puts the specs' client there.
 */
export const toBarePage = async (page: Page, clientScript: string): Promise<void> => {
  const picture = await page.locator('link[rel="icon"]').getAttribute('href');
  await page.goto(new URL(picture ?? '', page.url()).href);
  await page.evaluate(`globalThis.kept = {}; ${clientScript}; globalThis.deskClient = deskClient; undefined`);
};
