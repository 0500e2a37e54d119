import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromUtf8, toBase64 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { noteKey, verifyNote } from '#workflows/journal/signed-note.ts';
import { JournalVerifier, type Problem } from '#workflows/journal/verify.ts';
import { isKnownType, readKnownRecord } from '#workflows/records.ts';
import { nodeCrypto } from './node-crypto.ts';
import { RecordPlaces } from './record-places.ts';
import { listSegments, readSegmentLines, type SegmentFile } from './segment-files.ts';
import type { Location } from './segment-store.ts';
import { verifyWorkspace } from './verify-workspace.ts';

/** A place in the segments from which on nothing is kept. */
export interface CutPoint {
  readonly segment: number;
  readonly offset: number;
}

/** What a start-up found in a journal's files. */
export interface OpenedJournal {
  readonly verifier: JournalVerifier;
  readonly segments: SegmentFile[];
  readonly places: RecordPlaces;
  /** Records that the checkpoint on the disk covers. */
  readonly covered: number;
  /** Damage at or before the checkpoint, or records of a newer program: nothing may be appended. */
  readonly readOnly: Problem | null;
  /** Where bytes begin, beyond the checkpoint, that are no whole valid command. */
  readonly cut: CutPoint | null;
}

interface CheckpointOnDisk {
  readonly text: string;
  readonly size: number;
  readonly root: string;
}

const damage = (seq: number | null, code: Problem['code'], message: string): Problem => ({ seq, code, message });

const readCheckpoint = (folder: string): CheckpointOnDisk | Problem => {
  let text: string;
  try {
    text = readFileSync(join(folder, 'journal', 'checkpoint'), 'utf8');
  } catch {
    return damage(null, 'unreadable', 'journal/checkpoint is missing or cannot be read');
  }
  const parsed = parseSignedCheckpoint(text);
  return parsed
    ? { text, size: Number(parsed.checkpoint.size), root: toBase64(parsed.checkpoint.root) }
    : damage(null, 'bad-checkpoint-signature', 'journal/checkpoint is no signed checkpoint');
};

const isProblem = (value: CheckpointOnDisk | Problem): value is Problem => 'code' in value;

/** The checkpoint must be signed by the key that the journal itself names, and give the journal's root. */
const judgeCheckpoint = (checkpoint: CheckpointOnDisk, verifier: JournalVerifier): Problem | null => {
  const parsed = parseSignedCheckpoint(checkpoint.text);
  const { registry, tree } = verifier.state;
  if (tree.size === 0) return damage(0, 'size-mismatch', 'there are no records');
  const key = registry.checkpointKeyAt(checkpoint.size);
  if (!parsed || !key || !registry.origin || parsed.checkpoint.origin !== registry.origin) {
    return damage(null, 'wrong-checkpoint-key', 'the checkpoint is not of this journal');
  }
  if (verifyNote(parsed.note, noteKey(registry.origin, key, nodeCrypto), nodeCrypto) !== 'verified') {
    return damage(null, 'bad-checkpoint-signature', 'the checkpoint is not signed by the workspace’s key');
  }
  if (checkpoint.size > tree.size) {
    return damage(
      tree.size,
      'size-mismatch',
      `the checkpoint covers ${String(checkpoint.size)} records, fewer are here`,
    );
  }
  if (verifier.state.isContinued(checkpoint.size - 1)) {
    return damage(checkpoint.size - 1, 'bad-command', 'the checkpoint ends inside a command');
  }
  return toBase64(tree.root(checkpoint.size)) === checkpoint.root
    ? null
    : damage(null, 'root-mismatch', 'the records give another root than the checkpoint');
};

/** A line that the checkpoint covers is only parsed: its hash is judged with the root, before anything relies on it. */
const parseCovered = (bytes: Uint8Array): JournalRecord | null => {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '') as JournalRecord;
  } catch {
    return null;
  }
};

class Opening {
  readonly verifier = new JournalVerifier(nodeCrypto);
  readonly places = new RecordPlaces();
  readOnly: Problem | null = null;
  /** Where the command begins that the next line belongs to. */
  #commandStart: CutPoint & { readonly seq: number } = { segment: 0, offset: 0, seq: 0 };

  get commandStart(): CutPoint & { readonly seq: number } {
    return this.#commandStart;
  }

  /** @returns whether the record can be taken in; `false` ends the reading there */
  takeCovered(bytes: Uint8Array, location: Location): boolean {
    const record = parseCovered(bytes);
    if (!record || typeof record !== 'object') {
      this.readOnly = damage(this.verifier.size, 'not-canonical', 'the record is not JSON');
      return false;
    }
    try {
      this.verifier.trust(record, bytes);
    } catch {
      this.readOnly = damage(this.verifier.size - 1, 'bad-record', 'the record has not the form of one');
      return false;
    }
    return this.#index(record, location);
  }

  takeTail(bytes: Uint8Array, location: Location): boolean {
    const known = this.verifier.problems.length;
    const place = this.verifier.size;
    const record = this.verifier.add(bytes);
    if (!record) return false;
    const problems = this.verifier.problems.slice(known);
    if (!isKnownType(record.type)) {
      if (problems.every(({ code }) => code === 'bad-record')) this.#isKnown(record, place);
      return false;
    }
    return problems.length === 0 && readKnownRecord(record).ok && this.#index(record, location);
  }

  #index(record: JournalRecord, location: Location): boolean {
    const seq = this.places.size;
    this.places.add(record.subject, location);
    if (this.verifier.state.openCommand === null) {
      this.#commandStart = { segment: location.segment, offset: location.offset + location.length + 1, seq: seq + 1 };
    }
    return this.#isKnown(record, seq);
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

const readAll = async (
  segments: readonly SegmentFile[],
  covered: number,
  limit: number,
): Promise<{ opening: Opening; isComplete: boolean }> => {
  const opening = new Opening();
  for (const [segment, { path, firstSeq }] of segments.entries()) {
    if (firstSeq !== opening.verifier.size) return { opening, isComplete: false };
    for await (const { bytes, offset, isWhole } of readSegmentLines(path)) {
      if (opening.verifier.size >= limit) return { opening, isComplete: true };
      const line = new Uint8Array(bytes);
      const location = { segment, offset, length: line.length };
      if (!isWhole) return { opening, isComplete: false };
      const isCovered = opening.verifier.size < covered;
      if (!(isCovered ? opening.takeCovered(line, location) : opening.takeTail(line, location))) {
        return { opening, isComplete: false };
      }
    }
  }
  return { opening, isComplete: opening.verifier.state.openCommand === null };
};

/** The first bad record, in the words of a full verification. */
const findDamage = async (folder: string, problem: Problem): Promise<Problem> => {
  const { problems } = await verifyWorkspace(folder);
  return problems.find(({ seq }) => seq !== null) ?? (problem.seq === null ? problems[0] : problem) ?? problem;
};

/**
 * Reads a workspace's journal and classifies what it finds (JOURNAL.md, Durability and damage). Up to the checkpoint,
 * records are judged by its root; beyond it each is judged in full, and `cut` is where the first begins that is no part
 * of a whole valid command. Nothing is written.
 */
export const readJournalFiles = async (folder: string): Promise<OpenedJournal> => {
  const segments = await listSegments(join(folder, 'journal'));
  const checkpoint = readCheckpoint(folder);
  const covered = isProblem(checkpoint) ? 0 : checkpoint.size;

  const first = await readAll(
    segments,
    isProblem(checkpoint) ? Number.POSITIVE_INFINITY : covered,
    Number.POSITIVE_INFINITY,
  );
  let { opening } = first;
  const checkpointProblem = isProblem(checkpoint) ? checkpoint : judgeCheckpoint(checkpoint, opening.verifier);
  let readOnly = opening.readOnly;
  if (checkpointProblem) {
    const found = await findDamage(folder, checkpointProblem);
    if (found.seq !== readOnly?.seq) readOnly = found;
  } else if (readOnly) {
    ({ opening } = await readAll(segments, covered, readOnly.seq ?? covered));
  }

  let cut: CutPoint | null = null;
  if (!readOnly && !first.isComplete) {
    const { seq, segment, offset } = opening.commandStart;
    cut = { segment, offset };
    // The verifier has taken in part of what is cut: it is filled again with what is kept.
    ({ opening } = await readAll(segments, covered, seq));
  }
  const { verifier, places } = opening;
  return { verifier, segments, places, covered, readOnly, cut };
};
