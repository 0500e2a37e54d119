import { fromUtf8 } from '#workflows/journal/bytes.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { JournalVerifier, type Problem } from '#workflows/journal/verify.ts';
import { isKnownType, readKnownRecord } from '#workflows/records.ts';
import { damage } from './checkpoint-on-disk.ts';
import { IndexedState } from './indexed-state.ts';
import type { JournalIndex } from './journal-index.ts';
import { nodeCrypto } from './node-crypto.ts';
import type { Location, SegmentStore } from './segment-store.ts';

/** A place in the segments from which on nothing is kept. */
export interface CutPoint {
  readonly segment: number;
  readonly offset: number;
}

/** A line that the checkpoint covers is only parsed: its hash is judged with the root, before anything relies on it. */
const parseCovered = (bytes: Uint8Array): JournalRecord | null => {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '') as JournalRecord;
  } catch {
    return null;
  }
};

/** While an index is built, what it has beyond this is put aside. */
const UNSAVED_COMMANDS = 20_000;

/** Takes a journal's lines into an index, and judges those that no checkpoint covers. */
export class Opening {
  readonly index: JournalIndex;
  readonly #state: IndexedState;
  #verifier: JournalVerifier | null = null;
  readOnly: Problem | null = null;
  /** Whether a record was refused for what the index says of those before it. */
  dependsOnIndex = false;
  /** Where the command begins that the next line belongs to. */
  #commandStart: CutPoint & { readonly seq: number };

  /** @param index empty, or as it was saved */
  constructor(index: JournalIndex, segments: SegmentStore) {
    this.index = index;
    this.#state = new IndexedState(index, segments);
    this.#commandStart = { ...endOfRecords(index), seq: index.size };
  }

  get commandStart(): CutPoint & { readonly seq: number } {
    return this.#commandStart;
  }

  /** @returns whether the record can be taken in; `false` ends the reading there */
  takeCovered(bytes: Uint8Array, location: Location): boolean {
    const place = this.index.size;
    const record = parseCovered(bytes);
    if (!record || typeof record !== 'object') {
      this.readOnly = damage(place, 'not-canonical', 'the record is not JSON');
      return false;
    }
    try {
      if (!this.#isKnown(record, place)) return false;
      this.index.add(record, bytes, location);
    } catch {
      this.readOnly = damage(place, 'bad-record', 'the record has not the form of one');
      return false;
    }
    this.#follow(location);
    return true;
  }

  /** @returns whether the record is sound; `false` ends the reading there, and the index may have it all the same */
  takeTail(bytes: Uint8Array, location: Location): boolean {
    const place = this.index.size;
    this.#verifier ??= this.#startJudging();
    this.#state.next = location;
    const known = this.#verifier.problems.length;
    const record = this.#verifier.add(bytes);
    if (!record) return false;
    const problems = this.#verifier.problems.slice(known);
    if (!isKnownType(record.type) && problems.every(({ code }) => code === 'bad-record')) this.#isKnown(record, place);
    else if (problems.length > 0) this.dependsOnIndex = true;
    else if (readKnownRecord(record).ok) {
      this.#follow(location);
      return true;
    }
    return false;
  }

  /** Whoever has proposed to lift the pause may not lift it: the records on it say who. */
  #startJudging(): JournalVerifier {
    const verifier = new JournalVerifier(nodeCrypto, this.#state);
    let newest = this.index.newestOf('publishing');
    const found: JournalRecord[] = [];
    while (newest !== null) {
      const record = this.#state.read(newest);
      found.unshift(record);
      if (record.type === 'publishing.paused') break;
      newest = this.index.at(newest).previous;
    }
    for (const record of found) verifier.recall(record);
    return verifier;
  }

  #follow({ segment, offset, length }: Location): void {
    const { index } = this;
    if (index.unsaved >= UNSAVED_COMMANDS) index.spill();
    if (index.openCommand === null) this.#commandStart = { segment, offset: offset + length + 1, seq: index.size };
  }

  /** A type that this program does not know is a newer program's: nothing is cut, nothing is added. */
  #isKnown(record: JournalRecord, seq: number): boolean {
    const reading = readKnownRecord(record);
    if (reading.ok) return true;
    const newer = reading.cause === 'unknownType' ? ': a newer version of Countersign wrote it' : '';
    this.readOnly ??= damage(seq, 'bad-record', `${reading.message}${newer}`);
    return false;
  }
}

/** Where the bytes begin that follow the records of an index. */
export const endOfRecords = (index: JournalIndex): CutPoint => {
  if (index.size === 0) return { segment: 0, offset: 0 };
  const { segment, offset, length } = index.at(index.size - 1);
  return { segment, offset: offset + length + 1 };
};

/** Length of the whole records in the last of so many segments. */
export const endOfLast = ({ index, segments }: { index: JournalIndex; segments: readonly unknown[] }): number => {
  const { segment, offset } = endOfRecords(index);
  return segment === segments.length - 1 ? offset : 0;
};
