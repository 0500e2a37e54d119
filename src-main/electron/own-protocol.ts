import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { CustomScheme } from 'electron';
import { contentSecurityPolicy, NONCE_MARK, SECURITY_HEADERS } from '../server/content-security.ts';
import { isOwnAddress, OWN_SCHEME } from './own-address.ts';
import { fileForPath } from './page-file.ts';

/** Registered before `ready`: like `https` in all that protects a page, and exempt from nothing. */
export const OWN_SCHEME_RIGHTS: CustomScheme = {
  scheme: OWN_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Any answer, refusals too, is under the policy: its text stands on the desk's own origin. */
const answer = (
  status: number,
  content: string | Uint8Array<ArrayBuffer>,
  { nonce = '', headers = {} }: { nonce?: string; headers?: Record<string, string> } = {},
): Response =>
  new Response(content, {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'content-security-policy': contentSecurityPolicy(nonce || randomBytes(16).toString('base64')),
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
      ...headers,
    },
  });

const answerWithFile = async (path: string): Promise<Response> => {
  const type = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
  if (!path.endsWith('.html')) return answer(200, await readFile(path), { headers: { 'content-type': type } });
  const nonce = randomBytes(16).toString('base64');
  const page = (await readFile(path, 'utf8')).replaceAll(NONCE_MARK, nonce);
  return answer(200, page, { nonce, headers: { 'content-type': type } });
};

/**
 * Answers requests of the own scheme: GET of one folder, under the policy of every host.
 * @param folder of the built renderer, absolute
 */
export const serveOwnScheme =
  (folder: string) =>
  async (request: Pick<Request, 'method' | 'url'>): Promise<Response> => {
    if (!isOwnAddress(request.url)) return answer(404, 'There is nothing at this address.');
    if (request.method !== 'GET') {
      return answer(405, 'Only reading is possible here.', { headers: { allow: 'GET' } });
    }
    const file = fileForPath(folder, new URL(request.url).pathname);
    if (file === null) return answer(404, 'There is nothing at this address.');
    try {
      return await answerWithFile(file);
    } catch {
      return answer(404, 'There is nothing at this address.');
    }
  };
