import { toHex } from '#workflows/journal/bytes.ts';

/**
 * The y of the points of small order, reduced and not, as they are encoded but for the sign of x (RFC 8032 section 5.1.2).
 * They are refused here because OpenSSL 3.0 takes them and OpenSSL 3.5 does not: a record must not hold on one Node and
 * fail on another.
 */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Whether a point is of small order, however it is encoded. Precondition: its 32 bytes come first. */
export const isOfSmallOrder = (point: Uint8Array): boolean => {
  const y = point.slice(0, 32);
  y[31] = (y[31] ?? 0) & 0x7f;
  return SMALL_ORDER.has(toHex(y));
};
