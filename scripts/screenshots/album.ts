import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { ROOT } from '../../tests/desktop/ensure-built.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');

/** A size of the window and a theme: each picture is taken once in each, on a page that was never another. */
export interface Look {
  readonly name: string;
  readonly isNarrow: boolean;
  readonly options: BrowserContextOptions;
}

export const LOOKS: readonly Look[] = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
].flatMap((viewport) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${String(viewport.width)}x${String(viewport.height)}-${colorScheme}`,
    isNarrow: viewport.width < 1200,
    options: { viewport, colorScheme, reducedMotion: 'reduce', locale: 'en-GB' },
  })),
);

/** Where `pngquant` is installed, it makes a picture a third as large; elsewhere pictures stay as they are. */
const makeSmall = (path: string): void => {
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--strip', '--ext', '.png', '128', '--', path]);
};

/** Where the pictures go, and which of them are taken. */
export class Album {
  readonly #parts: readonly string[];

  /** @param parts parts of names; without any, everything is taken anew */
  constructor(parts: readonly string[]) {
    this.#parts = parts;
    if (parts.length === 0) rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
  }

  isWanted(name: string, look: Look): boolean {
    const full = `${name}-${look.name}`;
    return this.#parts.length === 0 || this.#parts.some((part) => full.includes(part));
  }

  /** Takes the picture of a page as it stands, once its fonts are there and nothing on it is loading any more. */
  async take(page: Page, name: string, look: Look): Promise<void> {
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const path = join(FOLDER, `${name}-${look.name}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    makeSmall(path);
  }
}

/** So long nothing may change on a page before it counts as settled, in milliseconds. */
const QUIET = 300;

/** Waits until a screen has its heading, shows what it loaded, and has stopped changing. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('h1, h2').first().waitFor({ state: 'attached' });
  await page.evaluate(
    (quiet) =>
      new Promise<void>((resolve) => {
        const done = (): void => {
          // Whatever is still loading changes the page again.
          if (document.querySelector('.skeleton') !== null) return;
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(done, quiet);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, quiet);
        });
        observer.observe(document.body, { childList: true, subtree: true, attributes: true });
      }),
    QUIET,
  );
};
