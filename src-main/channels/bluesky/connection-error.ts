/** Codes of Node's TLS that end a connection before a byte of the request has left. */
const CERTIFICATE_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  // The handshake found no common ground, or the other side speaks no TLS at all.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
  // undici gave up while it was still connecting.
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** System calls that come before the first byte: finding the address, opening the connection. */
const CALLS_BEFORE_SENDING = new Set(['getaddrinfo', 'connect', 'queryA', 'queryAaaa']);

const textOf = (error: object, name: string): string => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
};

/**
 * Whether a failure of `fetch` certainly came before any byte of the request was sent. Only what is known for certain counts:
 * a reset, a broken pipe or an unknown error does not.
 */
export const wasNeverSent = (error: unknown, depth = 0): boolean => {
  if (!(error instanceof Error) || depth > 5) return false;
  // Node tries the addresses of a host one after the other; each of them must have failed so.
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((each) => wasNeverSent(each, depth + 1));
  }
  if (CALLS_BEFORE_SENDING.has(textOf(error, 'syscall')) || CERTIFICATE_CODES.has(textOf(error, 'code'))) return true;
  return wasNeverSent(error.cause, depth + 1);
};

/** The innermost error code, `ECONNREFUSED`; codes alone are told on, since messages may hold anything. */
export const codeOf = (error: unknown, depth = 0): string | null => {
  if (!(error instanceof Error) || depth > 5) return null;
  const inner: unknown = error instanceof AggregateError ? error.errors.at(0) : error.cause;
  const code = textOf(error, 'code');
  return codeOf(inner, depth + 1) ?? (/^[A-Z][A-Z0-9_]{1,80}$/.test(code) ? code : null);
};
