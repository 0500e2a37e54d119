import type { Session } from 'electron';
import type { Logger } from 'pino';
import { isOwnAddress, OWN_ORIGIN } from './own-address.ts';

/** The one permission that a page has: writing text to the clipboard. Electron grants all others by default. */
const isGranted = (permission: string, address: string): boolean =>
  permission === 'clipboard-sanitized-write' && isOwnAddress(address);

/** What a page may load: itself, and what it made itself. Developer tools load their own in development. */
const isLoadable = (address: string, isDevelopment: boolean): boolean => {
  const scheme = URL.parse(address)?.protocol;
  if (scheme === 'data:' || scheme === 'blob:') return true;
  if (isDevelopment && (scheme === 'devtools:' || scheme === 'chrome-extension:')) return true;
  return isOwnAddress(address);
};

/**
 * Denies a session every permission, the network, the file system and downloads, but for what is named here.
 * Precondition: the app is ready.
 */
export const restrictSession = (
  session: Session,
  { isDevelopment, logger }: { isDevelopment: boolean; logger: Logger },
): void => {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) => {
    const granted = isGranted(permission, requestingUrl);
    if (!granted) logger.warn({ what: permission }, 'the page asked for what it may not have');
    callback(granted);
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.protocol.handle('file', () => new Response('Files are not served.', { status: 403 }));
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !isLoadable(url, isDevelopment) }));
  session.on('will-download', (event, item) => {
    // Exports are made by the page; everything else would be somebody else's file.
    if (item.getURL().startsWith(`blob:${OWN_ORIGIN}/`)) return;
    event.preventDefault();
    logger.warn({ what: 'download' }, 'the page asked for what it may not have');
  });
};
