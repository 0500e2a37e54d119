import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeskHost } from '#main/core/desk-host.ts';
import { plainSample } from './plain-sample.ts';
import { startHttpHost, type HttpHost } from '#main/server/http-host.ts';
import { removeFolder } from '../core/base-workspace.ts';

export const CONTROL_SECRET = 'the secret of this start';

/** A page as the build leaves it, with the mark that each answer puts its nonce in the place of. */
const PAGE = '<!doctype html><html><head><meta name="csp-nonce" content="__NONCE__"></head><body></body></html>';

const makeRenderer = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-renderer-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'index.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'beside the assets');
  return folder;
};

/** The browser host on a free port, with a small page of its own. */
export const serverOf = async (host: DeskHost): Promise<HttpHost> => {
  const rendererFolder = makeRenderer();
  const options = {
    host,
    makeSample: plainSample,
    rendererFolder,
    version: '1.2.3',
    port: 0,
    controlSecret: CONTROL_SECRET,
  };
  const server = await startHttpHost(options);
  return {
    port: server.port,
    launchAddress: () => server.launchAddress(),
    close: async () => {
      await server.close();
      removeFolder(rendererFolder);
    },
  };
};

/** A browser that was let in: its cookie, and the header of the desk's own page. */
export interface Browser {
  readonly origin: string;
  readonly sessionId: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const browserOf = async (server: HttpHost): Promise<Browser> => {
  const answer = await fetch(server.launchAddress(), { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [, sessionId = ''] = cookie.split('=');
  return {
    origin: `http://127.0.0.1:${String(server.port)}`,
    sessionId: decodeURIComponent(sessionId),
    headers: { cookie, 'x-countersign': '1' },
  };
};
