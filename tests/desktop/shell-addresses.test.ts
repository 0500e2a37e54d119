import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDeepLink, placeOf } from '#main/electron/deep-link.ts';
import { externalAddress } from '#main/electron/external-address.ts';
import { isOwnAddress } from '#main/electron/own-address.ts';
import { OWN_SCHEME_RIGHTS, serveOwnScheme } from '#main/electron/own-protocol.ts';
import { fileForPath, pathInFolder } from '#main/electron/page-file.ts';
import { readStartRequest, startRequestSchema } from '#main/electron/start-request.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

const ULID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe('a deep link', () => {
  it.each([
    [`countersign://reply/${ULID}`, `/queue/first/${ULID}`],
    [`countersign://template/${ULID}/`, `/templates/${ULID}`],
    ['countersign://record/0', '/log/0'],
    ['countersign://record/1234', '/log/1234'],
  ])('leads to its place: %s', (link, place) => {
    expect(placeOf(parseDeepLink(link))).toBe(place);
  });

  it.each([
    `countersign://publish/${ULID}`,
    `countersign://reply/${ULID}?approve=1`,
    `countersign://reply/${ULID}#approve`,
    `countersign://reply/${ULID}/approve`,
    'countersign://reply/../../people',
    'countersign://reply/5',
    'countersign://record/05',
    'countersign://record/-1',
    'countersign://record/1e3',
    'countersign://record/9999999999999999',
    `countersign:reply/${ULID}`,
    `COUNTERSIGN://reply/${ULID}`,
    `https://example.com/countersign://reply/${ULID}`,
    ` countersign://reply/${ULID}`,
    `countersign://reply/${ULID}\n`,
    '',
  ])('is unknown and leads nowhere: %j', (link) => {
    expect(parseDeepLink(link)).toEqual({ kind: 'unknown' });
    expect(placeOf(parseDeepLink(link))).toBeNull();
  });
});

describe('an address is given to another program', () => {
  it.each([
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['mailto:desk@example.com', 'mailto:desk@example.com'],
  ])('as it was parsed: %s', (address, expected) => {
    expect(externalAddress(address)).toBe(expected);
  });

  it.each([
    'http://example.com/',
    'https://user@example.com/',
    'https://:secret@example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://example.com/share',
    'ms-msdt:/id',
    'app://countersign/',
    `countersign://reply/${ULID}`,
    'example.com',
    '',
  ])('never: %s', (address) => {
    expect(externalAddress(address)).toBeNull();
  });
});

describe('an address is the desk’s own', () => {
  it('with its scheme and host exactly', () => {
    expect(isOwnAddress('app://countersign/queue?a=1#b')).toBe(true);
  });

  it.each([
    'app://countersign.evil/',
    'app://evil/countersign',
    'app://countersign:1/',
    'app://me@countersign/',
    'app:countersign/',
    'https://countersign/',
    'blob:app://countersign/1',
    'about:blank',
    '',
  ])('but not as %s', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});

const servedFolder = (): string => {
  const parent = temporaryFolder();
  for (const name of ['renderer', 'renderer-other']) mkdirSync(join(parent, name));
  writeFileSync(join(parent, 'renderer', 'index.html'), '<div id="root" data-nonce="__NONCE__"></div>');
  writeFileSync(join(parent, 'renderer', 'a.js'), 'served');
  writeFileSync(join(parent, 'renderer-other', 'a.js'), 'not served');
  writeFileSync(join(parent, 'above.txt'), 'not served');
  return join(parent, 'renderer');
};

describe('a path of the desk’s page', () => {
  it.each([
    '/../above.txt',
    '/%2e%2e/above.txt',
    '/..%2fabove.txt',
    '/%2e%2e%2fabove.txt',
    '/..%5cabove.txt',
    '/..\\above.txt',
    '/a/..%2f..%2fabove.txt',
    '/..%2frenderer-other/a.js',
    '/%00above.txt',
    '/C:%5cabove.txt',
    '/%',
  ])('names nothing outside the folder: %s', (path) => {
    const folder = servedFolder();
    expect(pathInFolder(folder, path)).toBeNull();
    expect(fileForPath(folder, path)).toBeNull();
  });

  it('is decoded once', () => {
    const folder = servedFolder();
    expect(pathInFolder(folder, '/%252e%252e/above.txt')).toBe(join(folder, '%2e%2e', 'above.txt'));
  });

  it('names a file, or the page where it has no extension', () => {
    const folder = servedFolder();
    expect(fileForPath(folder, '/a.js')).toBe(join(folder, 'a.js'));
    expect(fileForPath(folder, '/queue/first')).toBe(join(folder, 'index.html'));
    expect(fileForPath(folder, '/none.js')).toBe(null);
  });
});

describe('the desk’s own scheme', () => {
  it('has the rights of a web address and no exemption', () => {
    expect(OWN_SCHEME_RIGHTS).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    });
  });

  it.each([
    ['GET', 'app://countersign/a.js', 200],
    ['GET', 'app://other/a.js', 404],
    ['GET', 'app://countersign/none.js', 404],
    ['POST', 'app://countersign/a.js', 405],
  ])('answers %s %s with %i, under the policy', async (method, url, status) => {
    const response = await serveOwnScheme(servedFolder())({ method, url });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('what a start asks for', () => {
  it('is read among Chromium’s own switches', () => {
    const link = `countersign://reply/${ULID}`;
    expect(
      readStartRequest(['--no-sandbox', '.', '--workspace', 'desk', '--password-store=basic', link], '/home'),
    ).toEqual({ workspace: '/home/desk', link });
  });

  it('is nothing where nothing is named', () => {
    expect(readStartRequest(['.', '--workspace='], '/home')).toEqual({ workspace: null, link: null });
  });

  it('is judged again by the start that it is handed to', () => {
    expect(startRequestSchema.safeParse({ workspace: '/a', link: null, decide: true }).success).toBe(false);
    expect(startRequestSchema.safeParse({ workspace: null, link: 'x'.repeat(2_001) }).success).toBe(false);
    expect(startRequestSchema.safeParse({ workspace: null, link: null }).success).toBe(true);
  });
});
