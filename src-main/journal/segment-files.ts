import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_RECORD_BYTES } from '#workflows/journal/record.ts';

/** A new segment is begun at this length. */
export const SEGMENT_BYTES = 64 * 1024 * 1024;

const SEGMENT_NAME = /^(\d{20})\.jsonl$/;

export interface SegmentFile {
  readonly path: string;
  /** `seq` of its first record, from its name. */
  readonly firstSeq: number;
}

export const segmentName = (firstSeq: number): string => `${String(firstSeq).padStart(20, '0')}.jsonl`;

/** The segments of a `journal/` folder in the order of their records. @throws as `readdir` does */
export const listSegments = async (journalFolder: string): Promise<SegmentFile[]> => {
  const entries = await readdir(journalFolder, { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const { name } = entry;
      // A folder is no segment, whatever somebody has called it.
      if (entry.isDirectory()) return [];
      const match = SEGMENT_NAME.exec(name);
      return match ? [{ path: join(journalFolder, name), firstSeq: Number(match[1]) }] : [];
    })
    .sort((a, b) => a.firstSeq - b.firstSeq);
};

/** One line of a segment: a record's leaf bytes, or what remains at the end without its LF. */
export interface SegmentLine {
  readonly bytes: Uint8Array;
  /** Place of its first byte in the file. */
  readonly offset: number;
  /** Whether the LF that ends a whole record was there. */
  readonly isWhole: boolean;
}

/** No line is gathered beyond this; a longer one is handed over in its length alone, to be refused. */
const LONGEST_LINE = MAX_RECORD_BYTES + 1;

/**
 * Reads a segment line by line without holding more than a chunk and a line in memory.
 * NUL bytes at the very end (preallocated space) are not a line. @throws as reading a file does
 * @param from where a line begins, in bytes
 */
export async function* readSegmentLines(path: string, from = 0): AsyncGenerator<SegmentLine> {
  for await (const lines of readSegmentChunks(path, { from })) yield* lines;
}

interface ChunkOptions {
  /** Where a line begins, in bytes; 0 where absent. */
  readonly from?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The same, all lines of a chunk at once: waiting for each costs more than judging its hashes.
 * @throws as reading a file does, and when the signal says so
 */
export async function* readSegmentChunks(
  path: string,
  { from = 0, signal }: ChunkOptions = {},
): AsyncGenerator<SegmentLine[]> {
  const stream = createReadStream(path, {
    highWaterMark: 1024 * 1024,
    start: from,
    ...(signal ? { signal } : {}),
  }) as AsyncIterable<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  let offset = from;
  let isInHole = false;
  for await (const chunk of stream) {
    if (isInHole) {
      if (isAllNul(chunk)) continue;
      yield [{ bytes: chunk.subarray(0, LONGEST_LINE), offset, isWhole: false }];
      return;
    }
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const lines: SegmentLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10, start); end >= 0; end = bytes.indexOf(10, start)) {
      lines.push({ bytes: bytes.subarray(start, end), offset: offset + start, isWhole: true });
      start = end + 1;
    }
    if (lines.length > 0) yield lines;
    rest = bytes.subarray(start);
    offset += start;
    if (rest.length > LONGEST_LINE * 16 && !isAllNul(rest)) break;
    if (rest.length > LONGEST_LINE * 16) {
      rest = Buffer.alloc(0);
      isInHole = true;
    }
  }
  if (rest.length > 0 && !isAllNul(rest)) yield [{ bytes: trimNul(rest), offset, isWhole: false }];
}

const isAllNul = (bytes: Uint8Array): boolean => {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
};

/** Without the NUL bytes at the end, which are room that was made for records. */
const trimNul = (bytes: Buffer): Buffer => {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
};
