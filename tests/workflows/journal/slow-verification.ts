import { createHash } from 'node:crypto';

type Bytes = Uint8Array;

const HASH = (...parts: readonly Bytes[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const node = (left: Bytes, right: Bytes): Buffer => HASH(Buffer.of(1), left, right);

const isOdd = (number: bigint): boolean => number % 2n === 1n;

/**
 * RFC 9162 section 2.1.3.2, step by step in its own words and names; it shares no code with the program.
 * The lengths of hashes are no part of the RFC's steps: they are 32 here.
 */
export const slowIsIncluded = (
  leaf_index: bigint,
  tree_size: bigint,
  leaf_hash: Bytes,
  inclusion_path: readonly Bytes[],
  root_hash: Bytes,
): boolean => {
  if (leaf_index >= tree_size) return false;
  let fn = leaf_index;
  let sn = tree_size - 1n;
  let r: Bytes = leaf_hash;
  for (const p of inclusion_path) {
    if (sn === 0n) return false;
    if (isOdd(fn) || fn === sn) {
      r = node(p, r);
      if (!isOdd(fn)) {
        do {
          fn >>= 1n;
          sn >>= 1n;
        } while (!isOdd(fn) && fn !== 0n);
      }
    } else {
      r = node(r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && Buffer.compare(r, root_hash) === 0;
};

/** RFC 9162 section 2.1.4.2 in the same way; `first` is at least 1. */
export const slowIsConsistent = (
  first: bigint,
  first_hash: Bytes,
  second: bigint,
  second_hash: Bytes,
  path: readonly Bytes[],
): boolean => {
  if (first === second) return path.length === 0 && Buffer.compare(first_hash, second_hash) === 0;
  if (first > second || path.length === 0) return false;
  const isPowerOfTwo = (first & (first - 1n)) === 0n;
  const consistency_path = isPowerOfTwo ? [first_hash, ...path] : path;
  let fn = first - 1n;
  let sn = second - 1n;
  while (isOdd(fn)) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = consistency_path[0]!;
  let sr = consistency_path[0]!;
  for (const c of consistency_path.slice(1)) {
    if (sn === 0n) return false;
    if (isOdd(fn) || fn === sn) {
      fr = node(c, fr);
      sr = node(c, sr);
      if (!isOdd(fn)) {
        do {
          fn >>= 1n;
          sn >>= 1n;
        } while (!isOdd(fn) && fn !== 0n);
      }
    } else {
      sr = node(sr, c);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return Buffer.compare(fr, first_hash) === 0 && Buffer.compare(sr, second_hash) === 0 && sn === 0n;
};
