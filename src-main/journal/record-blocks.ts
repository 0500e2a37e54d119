import { equalBytes } from '#workflows/journal/bytes.ts';
import { hashLeaf } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from './node-crypto.ts';
import type { IndexEntry } from './record-entries.ts';
import type { SegmentStore } from './segment-store.ts';

/** So much is read at once, in bytes. */
const BLOCK = 256 * 1024;

export interface PlacedBytes {
  readonly seq: number;
  readonly entry: IndexEntry;
  /** Leaf bytes as the disk has them; nobody has compared them with the hash yet. */
  readonly bytes: Uint8Array;
}

/** @throws Error when the bytes are not those of the index's hash */
export const asWritten = ({ seq, entry, bytes }: PlacedBytes): Uint8Array => {
  if (equalBytes(hashLeaf(bytes, nodeCrypto), entry.leafHash)) return bytes;
  throw new Error(`record ${String(seq)} on the disk is not the one that was written`);
};

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The entries from `from` on that lie behind each other in one segment, and fit into a block. */
const oneBlock = (at: (seq: number) => IndexEntry, { from, to }: Range): IndexEntry[] => {
  const first = at(from);
  const entries = [first];
  for (let seq = from + 1; seq < to; seq += 1) {
    const entry = at(seq);
    const isNear = entry.segment === first.segment && entry.offset + entry.length - first.offset <= BLOCK;
    if (!isNear) break;
    entries.push(entry);
  }
  return entries;
};

/**
 * The bytes of records that follow each other, many at a time: a system call for each costs more than taking it apart.
 * @param at where a record lies, by the index
 * @throws RangeError when a segment is shorter
 */
export function* readBlocks(
  segments: Pick<SegmentStore, 'read'>,
  at: (seq: number) => IndexEntry,
  { from, to }: Range,
): Generator<PlacedBytes, void> {
  for (let seq = from; seq < to;) {
    const entries = oneBlock(at, { from: seq, to });
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return;
    const { segment, offset: start } = first;
    const block = segments.read({ segment, offset: start, length: last.offset + last.length - start });
    for (const entry of entries) {
      yield { seq, entry, bytes: block.subarray(entry.offset - start, entry.offset - start + entry.length) };
      seq += 1;
    }
  }
}
