import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';

/** The leaf bytes of every record, from the files of a workspace. */
export const readLeaves = (workspace: string): Uint8Array[] => {
  const folder = join(workspace, 'journal');
  const segments = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  return segments.flatMap((name) =>
    readFileSync(join(folder, name), 'latin1')
      .split('\n')
      // The last segment may end in NUL bytes.
      .filter((line) => line.replaceAll('\0', '') !== '')
      .map((line) => Uint8Array.from(Buffer.from(line, 'latin1'))),
  );
};

export const parseLeaf = (leaf: Uint8Array): JournalRecord =>
  JSON.parse(Buffer.from(leaf).toString('utf8')) as JournalRecord;

/** @throws Error for a record that the program does not know */
export const asKnown = (record: JournalRecord): KnownRecord => {
  const reading = readKnownRecord(record);
  if (!reading.ok) throw new Error(`record ${String(record.seq)}: ${reading.message}`);
  return reading.record;
};

/** Every record, from the files. */
export const readRecords = (workspace: string): KnownRecord[] =>
  readLeaves(workspace).map((leaf) => asKnown(parseLeaf(leaf)));
