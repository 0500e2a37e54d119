import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DESKTOP_KIND, NEEDS_ELECTRON } from './desktop.ts';
import { expect, test } from './desktop.fixture.ts';
import { ROOT } from './ensure-built.ts';

const PRELOAD_FOLDER = join(ROOT, 'out', 'preload');

test.describe('the preload', () => {
  test('is one file of CommonJS', () => {
    expect(readdirSync(PRELOAD_FOLDER)).toEqual(['preload.cjs']);
    const bundle = readFileSync(join(PRELOAD_FOLDER, 'preload.cjs'), 'utf8');
    expect(bundle).not.toMatch(/(?:^|[;}\s])(?:import|export)\s*[\w{*"']|\bimport\s*\(/u);
  });

  test('requires Electron and nothing else, and exposes three members by one name', () => {
    const required: string[] = [];
    const exposed: [string, object][] = [];
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, api: object) => exposed.push([name, api]) },
      ipcRenderer: {},
    };
    runInNewContext(readFileSync(join(PRELOAD_FOLDER, 'preload.cjs'), 'utf8'), {
      require: (name: string) => {
        required.push(name);
        return electron;
      },
      process: { platform: 'linux' },
      window: { addEventListener: () => undefined },
      module: { exports: {} },
      exports: {},
    });
    expect(new Set(required)).toEqual(new Set(['electron']));
    expect(exposed.map(([name, api]) => [name, Object.keys(api).sort()])).toEqual([
      ['countersign', ['host', 'onMenu', 'platform']],
    ]);
  });

  test('holds no schema library, which the policy would not let run', () => {
    expect(readFileSync(join(PRELOAD_FOLDER, 'preload.cjs')).byteLength).toBeLessThan(2_000);
  });
});

test.describe('the program', () => {
  test('asks for Chromium’s sandbox in every process', async ({ desktop }) => {
    expect(await desktop.evaluate(({ app }) => app.commandLine.hasSwitch('enable-sandbox'), null)).toBe(true);
  });

  test('asks for a window with every wall up', async ({ desktop }) => {
    test.skip(DESKTOP_KIND === 'Electron', 'Electron does not tell what a window was made with');
    const preferences = await desktop.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows() as unknown as { options: { webPreferences: object } }[];
      return { ...window?.options.webPreferences };
    }, null);
    expect(preferences).toEqual({
      preload: join(PRELOAD_FOLDER, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools: true,
    });
  });

  test('gives its page an origin of its own, in a secure context with storage', async ({ desktop: { page } }) => {
    test.skip(DESKTOP_KIND === 'stand-in', NEEDS_ELECTRON);
    const known = await page.evaluate(() => {
      localStorage.setItem('tested', 'yes');
      return [window.origin, window.isSecureContext, localStorage.getItem('tested')];
    });
    expect(known).toEqual(['app://countersign', true, 'yes']);
  });

  test('sees its page in the top frame, at the exact origin', async ({ desktop }) => {
    test.skip(DESKTOP_KIND === 'stand-in', NEEDS_ELECTRON);
    const frame = await desktop.evaluate(({ BrowserWindow }) => {
      const mainFrame = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame;
      return [mainFrame?.origin, mainFrame?.parent];
    }, null);
    expect(frame).toEqual(['app://countersign', null]);
  });

  test('runs its page in a world apart from the preload', async ({ desktop: { page } }) => {
    test.skip(DESKTOP_KIND === 'stand-in', NEEDS_ELECTRON);
    const isChangeable = await page.evaluate(() => {
      const { countersign } = window as unknown as { countersign: { host: string } };
      try {
        countersign.host = 'changed';
      } catch {
        // A frozen copy throws in strict code, and stays as it is elsewhere.
      }
      return countersign.host === 'changed';
    });
    expect(isChangeable).toBe(false);
  });
});
