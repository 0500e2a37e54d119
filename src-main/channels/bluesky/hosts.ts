const NOT_PUBLIC = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|onion|alt|invalid)$/;

/** Whether a URL's host (as `URL.hostname` spells it) is this machine itself. */
export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** A name of the public internet: no IP address, no bare name, none of the names that stay inside a network. */
export const isPublicName = (hostname: string): boolean =>
  /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(hostname) && !NOT_PUBLIC.test(hostname);

/**
 * The origin of a server that this workspace's own people have named: `https:` anywhere, `http:` on this machine alone.
 * `null` for everything else, for addresses with credentials and for those with a path.
 */
export const originOf = (address: string): string | null => {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') {
    return null;
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))) return url.origin;
  return null;
};

/**
 * The origin of a server that a stranger has named, in a DID document or by a handle. Hostile: it must be a public name, so
 * that no customer makes this machine ask around inside its own network.
 * @param allowsLoopback only where our own account is on this machine too, which is a development network
 */
export const strangersOriginOf = (address: string, allowsLoopback: boolean): string | null => {
  const origin = originOf(address);
  if (origin === null) return null;
  const { hostname } = new URL(origin);
  return isPublicName(hostname) || (allowsLoopback && isLoopbackHost(hostname)) ? origin : null;
};
