import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { restrictContents } from '#main/electron/contents-rules.ts';

type OpenHandler = (details: { url: string }) => { action: string };

const setUp = () => {
  const opened: string[] = [];
  const logged: string[] = [];
  let openHandler: OpenHandler = () => ({ action: 'allow' });
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: OpenHandler) => {
      openHandler = handler;
    },
  });
  restrictContents(contents as unknown as WebContents, {
    openExternal: (address) => opened.push(address),
    logger: pino({ base: null, timestamp: false }, { write: (line) => void logged.push(line) }),
  });
  const isDenied = (event: string, details: object = {}): boolean => {
    let denied = false;
    contents.emit(event, { ...details, preventDefault: () => (denied = true) });
    return denied;
  };
  return { opened, logged, isDenied, open: (url: string) => openHandler({ url }) };
};

describe('contents of the program', () => {
  it('navigate on the desk’s own origin', () => {
    expect(setUp().isDenied('will-navigate', { url: 'app://countersign/log' })).toBe(false);
  });

  it.each([
    'https://example.com/',
    'app://other/',
    'file:///etc/passwd',
    'countersign://reply/01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'about:blank',
    'not an address',
  ])('do not navigate to %s', (url) => {
    expect(setUp().isDenied('will-navigate', { url })).toBe(true);
  });

  it('are not redirected, not even to the desk’s own origin', () => {
    expect(setUp().isDenied('will-redirect', { url: 'app://countersign/' })).toBe(true);
  });

  it('have no frames and no webviews', () => {
    const { isDenied } = setUp();
    expect(isDenied('will-frame-navigate', { url: 'app://countersign/', isMainFrame: false })).toBe(true);
    expect(isDenied('will-frame-navigate', { url: 'app://countersign/', isMainFrame: true })).toBe(false);
    expect(isDenied('will-attach-webview')).toBe(true);
  });

  it('open no window, whatever the address', () => {
    const { open, opened } = setUp();
    for (const url of ['https://example.com/a', 'mailto:a@example.com', 'file:///etc/passwd', 'app://countersign/']) {
      expect(open(url)).toEqual({ action: 'deny' });
    }
    expect(opened).toEqual(['https://example.com/a', 'mailto:a@example.com']);
  });

  it('are denied with a line in the log that has the scheme alone', () => {
    const { isDenied, open, logged } = setUp();
    isDenied('will-navigate', { url: 'https://example.com/?text=secret' });
    open('http://example.com/?text=secret');
    expect(logged).toHaveLength(2);
    expect(logged.join('')).toContain('"scheme":"https:"');
    expect(logged.join('')).not.toContain('secret');
  });
});
