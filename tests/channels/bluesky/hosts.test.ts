import { describe, expect, it } from 'vitest';
import { originOf, strangersOriginOf } from '#main/channels/bluesky/hosts.ts';

describe('A server that our own people name', () => {
  it.each([
    ['https://bsky.social', 'https://bsky.social'],
    ['https://bsky.social/', 'https://bsky.social'],
    ['https://PDS.Example:8443', 'https://pds.example:8443'],
    ['https://10.0.0.7', 'https://10.0.0.7'],
    ['http://localhost:2583', 'http://localhost:2583'],
    ['http://127.0.0.1:2583', 'http://127.0.0.1:2583'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://[::1]:2583', 'http://[::1]:2583'],
  ])('may be %s', (address, origin) => {
    expect(originOf(address)).toBe(origin);
  });

  it.each([
    '',
    'bsky.social',
    'http://bsky.social',
    'http://10.0.0.7',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'ftp://bsky.social',
    'file:///etc/passwd',
    'https://user@bsky.social',
    'https://user:word@bsky.social',
    'https://bsky.social/path',
    'https://bsky.social/?query',
    'https://bsky.social/#part',
  ])('may not be %j', (address) => {
    expect(originOf(address)).toBeNull();
  });
});

describe('A server that a stranger names', () => {
  it.each(['https://home.example', 'https://morel.us-east.host.bsky.network', 'https://xn--bcher-kva.example'])(
    'may be %s',
    (address) => {
      expect(strangersOriginOf(address, false)).toBe(address);
    },
  );

  it.each([
    'http://home.example',
    'https://localhost',
    'http://localhost:2583',
    'https://127.0.0.1',
    'https://10.1.2.3',
    'https://169.254.169.254',
    'https://0x7f000001',
    'https://2130706433',
    'https://[::1]',
    'https://[fd00::1]',
    'https://intranet',
    'https://router.local',
    'https://vault.internal',
    'https://nas.lan',
    'https://a.localhost',
    'https://home.example/path',
  ])('may not be %s', (address) => {
    expect(strangersOriginOf(address, false)).toBeNull();
  });

  it('may be this machine only in a development network', () => {
    expect(strangersOriginOf('http://localhost:2583', true)).toBe('http://localhost:2583');
    expect(strangersOriginOf('https://10.1.2.3', true)).toBeNull();
    expect(strangersOriginOf('http://home.example', true)).toBeNull();
  });
});
