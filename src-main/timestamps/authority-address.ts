import { isLoopbackHost, isPublicName } from '../channels/bluesky/hosts.ts';

/**
 * Whether time stamps may be asked for there: `https:` anywhere, since an admin named it, and `http:`, which most authorities
 * have, at names of the public internet and on this machine. What is sent is a hash and what comes back is signed, so that
 * nothing rests on the transport; but no plain request goes to a machine inside somebody's network.
 */
export const isAuthorityAddress = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, hash, hostname } = new URL(address);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && (isLoopbackHost(hostname) || isPublicName(hostname)));
};
