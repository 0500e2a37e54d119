import type { Event, WebContents } from 'electron';
import type { Logger } from 'pino';
import { externalAddress } from './external-address.ts';
import { isOwnAddress } from './own-address.ts';

/** A scheme tells enough for a log; an address may hold what a customer wrote. */
const schemeOf = (address: string): string => URL.parse(address)?.protocol ?? 'none';

export interface ContentsRules {
  /** Hands an address that was found good to the person's browser or mail program. */
  readonly openExternal: (address: string) => void;
  readonly logger: Logger;
}

/**
 * Keeps contents on the desk's own origin, in one window, without frames. Applied to all contents that the program ever
 * makes. The page is hostile here: what it asks for is denied unless it is named.
 */
export const restrictContents = (contents: WebContents, { openExternal, logger }: ContentsRules): void => {
  const deny = (event: Pick<Event, 'preventDefault'>, what: string, address: string): void => {
    event.preventDefault();
    logger.warn({ what, scheme: schemeOf(address) }, 'the page asked for what it may not have');
  };
  contents.on('will-navigate', (details) => {
    if (!isOwnAddress(details.url)) deny(details, 'navigation', details.url);
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame) deny(details, 'frame', details.url);
  });
  // The own scheme redirects nowhere.
  contents.on('will-redirect', (details) => deny(details, 'redirect', details.url));
  contents.on('will-attach-webview', (event) => deny(event, 'webview', ''));
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url);
    if (address === null)
      logger.warn({ what: 'window', scheme: schemeOf(url) }, 'the page asked for what it may not have');
    else openExternal(address);
    return { action: 'deny' };
  });
};
