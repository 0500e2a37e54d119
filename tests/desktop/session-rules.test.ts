import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { restrictSession } from '#main/electron/session-rules.ts';

type Ask = (contents: null, permission: string, answer: (granted: boolean) => void, details: object) => void;
type Check = (contents: null, permission: string, origin: string) => boolean;
type OnRequest = (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void;

const setUp = ({ isDevelopment = false } = {}) => {
  const handlers: { ask?: Ask; check?: Check; device?: () => boolean; file?: () => Response; onRequest?: OnRequest } =
    {};
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (ask: Ask) => (handlers.ask = ask),
    setPermissionCheckHandler: (check: Check) => (handlers.check = check),
    setDevicePermissionHandler: (device: () => boolean) => (handlers.device = device),
    protocol: { handle: (scheme: string, file: () => Response) => (scheme === 'file' ? (handlers.file = file) : null) },
    webRequest: { onBeforeRequest: (onRequest: OnRequest) => (handlers.onRequest = onRequest) },
  });
  restrictSession(session as unknown as Session, { isDevelopment, logger: pino({ level: 'silent' }) });
  const grants = (permission: string, address: string): [boolean | undefined, boolean | undefined] => {
    let asked: boolean | undefined;
    handlers.ask?.(null, permission, (granted) => (asked = granted), { requestingUrl: address });
    return [asked, handlers.check?.(null, permission, address)];
  };
  const loads = (url: string): boolean | undefined => {
    let isLoaded: boolean | undefined;
    handlers.onRequest?.({ url }, ({ cancel }) => (isLoaded = !cancel));
    return isLoaded;
  };
  const downloads = (url: string): boolean => {
    let isPrevented = false;
    session.emit('will-download', { preventDefault: () => (isPrevented = true) }, { getURL: () => url });
    return !isPrevented;
  };
  return { handlers, grants, loads, downloads };
};

describe('the session', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'fullscreen',
    'hid',
    'midiSysex',
    'openExternal',
    'pointerLock',
    'serial',
    'usb',
    'a permission that is not known yet',
  ])('grants the desk’s own page no %s, asked or checked', (permission) => {
    expect(setUp().grants(permission, 'app://countersign/')).toEqual([false, false]);
  });

  it('grants writing text to the clipboard to the desk’s own page alone', () => {
    const { grants } = setUp();
    expect(grants('clipboard-sanitized-write', 'app://countersign/')).toEqual([true, true]);
    expect(grants('clipboard-sanitized-write', 'https://example.com/')).toEqual([false, false]);
    expect(grants('clipboard-sanitized-write', '')).toEqual([false, false]);
  });

  it('grants no device', () => {
    expect(setUp().handlers.device?.()).toBe(false);
  });

  it('serves no file', () => {
    expect(setUp().handlers.file?.().status).toBe(403);
  });

  it('loads the desk and what its page made itself, and nothing of the network', () => {
    const { loads } = setUp();
    for (const url of ['app://countersign/assets/a.js', 'data:image/png;base64,AA', 'blob:app://countersign/1']) {
      expect(loads(url), url).toBe(true);
    }
    for (const url of [
      'https://example.com/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'app://other/',
      'devtools://a/',
    ]) {
      expect(loads(url), url).toBe(false);
    }
  });

  it('loads the developer tools in development alone', () => {
    expect(setUp({ isDevelopment: true }).loads('devtools://devtools/a.html')).toBe(true);
    expect(setUp({ isDevelopment: true }).loads('https://example.com/')).toBe(false);
  });

  it('downloads what the page made, and nothing else', () => {
    const { downloads } = setUp();
    expect(downloads('blob:app://countersign/1')).toBe(true);
    expect(downloads('blob:app://countersign.evil/1')).toBe(false);
    expect(downloads('app://countersign/index.html')).toBe(false);
    expect(downloads('https://example.com/a.exe')).toBe(false);
  });
});
