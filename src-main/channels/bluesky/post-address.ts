export const POST_COLLECTION = 'app.bsky.feed.post';

/** Where a post is: whose it is (a DID or a handle) and under which record key. */
export interface PostPlace {
  readonly authority: string;
  readonly key: string;
}

const HANDLE_PATTERN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** The two methods that the AT Protocol takes; a `did:web` of a path is none of its. */
const DID_PATTERN = /^did:(?:plc:[a-z2-7]{24}|web:[a-zA-Z0-9.-]{1,253}(?:%3A\d{1,5})?)$/;
const KEY_PATTERN = /^[a-zA-Z0-9_~.:-]{1,512}$/;

const PLACE_IN_WEB = /^\/profile\/([^/]+)\/post\/([^/]+)\/?$/;
const PLACE_IN_REPO = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([^/?#]+)$/;

export const isDid = (text: string): boolean => DID_PATTERN.test(text);
export const isHandle = (text: string): boolean => text.length <= 253 && HANDLE_PATTERN.test(text);

const placeOf = (authority: string, key: string): PostPlace | null => {
  if (!KEY_PATTERN.test(key) || key === '.' || key === '..') return null;
  if (isDid(authority)) return { authority, key };
  return isHandle(authority) ? { authority: authority.toLowerCase(), key } : null;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Reads an address of a post: `at://…/app.bsky.feed.post/…`, or `https://…/profile/…/post/…` of any host, since every
 * Bluesky web client spells it so and nothing is ever asked of that host. `null` for everything else.
 */
export const parsePostAddress = (address: string): PostPlace | null => {
  const text = address.trim();
  if (text.length > 2_000) return null;
  // Not by `URL`, which would take `did:plc` for a host and a port.
  if (text.startsWith('at://')) {
    const [, authority = '', key = ''] = PLACE_IN_REPO.exec(text) ?? [];
    return placeOf(authority, key);
  }
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  const [, authority = '', key = ''] = PLACE_IN_WEB.exec(url.pathname) ?? [];
  // The percent sign of `did:web:host%3A443` belongs to the name; other escapes are the browser's.
  return placeOf(isDid(authority) ? authority : decoded(authority), decoded(key));
};

/** The address of a post within the protocol. */
export const uriOf = (place: PostPlace): string => `at://${place.authority}/${POST_COLLECTION}/${place.key}`;

/** Where the public can see it. By DID rather than by handle, which may be another person's tomorrow. */
export const webAddressOf = (place: PostPlace): string =>
  `https://bsky.app/profile/${place.authority}/post/${place.key}`;

/** A post's place in the protocol's own spelling by DID, or `null`. For what servers name; hostile. */
export const placeOfUri = (uri: string): PostPlace | null => {
  const place = uri.startsWith('at://') ? parsePostAddress(uri) : null;
  return place !== null && isDid(place.authority) ? place : null;
};
