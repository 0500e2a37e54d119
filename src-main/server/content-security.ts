/**
 * The policy that every page of the desk is served under, by the browser host and the desktop alike. Styles made while
 * running carry the nonce; scripts come from files alone.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The policy of every answer that is no page of the desk: nothing in it may load or run anything. */
export const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'";

/** Headers beside it. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Where the built page takes its nonce from. */
export const NONCE_MARK = '__NONCE__';

/** The same for a page that has a few lines of style in itself. */
export const nothingButStyle = (nonce: string): string => `${NOTHING_ALLOWED}; style-src 'nonce-${nonce}'`;
