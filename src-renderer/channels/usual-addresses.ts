/** Where Bluesky's own accounts sign in, what shows its threads, and what resolves its identities. */
export const USUAL_SERVICE = 'https://bsky.social';
export const USUAL_APP_VIEW = 'https://public.api.bsky.app';
export const USUAL_DIRECTORY = 'https://plc.directory';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An address as it was meant: without a scheme it is one of the web. */
export const completeAddress = (typed: string): string => {
  const address = typed.trim();
  return address === '' || address.includes('://') ? address : `https://${address}`;
};

/** Whether it is the address of a server and nothing more: `https:`, or `http:` on this machine. */
export const isServerAddress = (typed: string): boolean => {
  const address = completeAddress(typed);
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, pathname, search, hash, username } = new URL(address);
  const isBare = pathname === '/' && search === '' && hash === '' && username === '';
  return isBare && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
};
