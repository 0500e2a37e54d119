import { ulidSchema, type CustomerId, type PersonId } from '#workflows/identifiers.ts';
import { concatBytes, toHex, utf8 } from '#workflows/journal/bytes.ts';
import { EXPORT_FORMAT, manifestBytes, type ExportScope, type Revealed } from '#workflows/journal/export-manifest.ts';
import { formatNoteKey, noteKey } from '#workflows/journal/signed-note.ts';
import { readLeaf, type JournalRecord } from '#workflows/journal/record.ts';
import { formatTlogProof, TLOG_PROOF_EXTENSION } from '#workflows/journal/tlog-proof.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import type { Time } from '#workflows/time.ts';
import type { Desk } from '../core/desk.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { SEGMENT_BYTES, segmentName } from '../journal/segment-files.ts';
import { carryEvidence, evidenceOf } from './carried-evidence.ts';
import type { ExportFolder } from './export-folder.ts';
import { indexPage, readmeText, rowOf, type ExportFacts } from './folder-page.ts';
import { inTurns, upTo } from './in-turns.ts';
import { placeName, Revelation } from './reveal.ts';
import { sliceRecords, type SliceRecords } from './slice-records.ts';
import { carryVerifier } from './verifier-script.ts';

export interface ExportRequest {
  readonly scope: ExportScope;
  readonly revealed: Revealed;
  readonly exportedBy: PersonId;
}

/** What an export came to. */
export interface ExportSummary {
  readonly asked: number;
  readonly support: number;
  readonly size: number;
  readonly files: number;
  readonly exportedAt: Time;
  /** Hex SHA-256 of record 0's leaf bytes. */
  readonly fingerprint: string;
  /** Hex SHA-256 of `export.json`. */
  readonly hash: string;
  /** Of whom it opens something. */
  readonly opened: readonly CustomerId[];
}

const NEWLINE = Uint8Array.of(10);

/** What an export needs of the journal as it stood when it began; records that come meanwhile are not in it. */
interface Frozen {
  readonly desk: Desk;
  readonly target: ExportFolder;
  readonly size: number;
  readonly checkpoint: string;
  readonly revelation: Revelation;
  readonly evidence: Set<string>;
}

const readRecord = (bytes: Uint8Array, seq: number): JournalRecord => {
  const reading = readLeaf(bytes);
  if (!reading.ok) throw new Error(`record ${String(seq)} cannot be read: ${reading.message}`);
  return reading.record;
};

/** Takes from a record that was asked for what goes along with it. */
const takeAlong = async ({ revelation, evidence }: Frozen, record: JournalRecord): Promise<void> => {
  for (const name of evidenceOf(record)) evidence.add(name);
  await revelation.take(record);
};

/** The lines of one segment; says where the next begins. */
async function* segmentLines(frozen: Frozen, from: number, end: { seq: number }): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const offset of inTurns(upTo(frozen.size - from))) {
    const seq = from + offset;
    const leaf = frozen.desk.journal.readBytes(seq);
    if (bytes > 0 && bytes + leaf.length + 1 > (frozen.desk.options.segmentBytes ?? SEGMENT_BYTES)) return;
    bytes += leaf.length + 1;
    end.seq = seq + 1;
    yield concatBytes(leaf, NEWLINE);
    await takeAlong(frozen, readRecord(leaf, seq));
  }
}

const writeJournal = async (frozen: Frozen): Promise<SliceRecords> => {
  const end = { seq: 0 };
  while (end.seq < frozen.size) {
    const from = end.seq;
    await frozen.target.file(`journal/${segmentName(from)}`, segmentLines(frozen, from, end));
  }
  return { asked: [], support: [] };
};

const writeSlice = async (frozen: Frozen, scope: Exclude<ExportScope, { of: 'journal' }>): Promise<SliceRecords> => {
  const { desk, target, size, checkpoint } = frozen;
  const slice = await sliceRecords(desk, scope, size);
  const support = new Set(slice.support);
  const all = [...slice.asked, ...slice.support].sort((a, b) => a - b);
  for await (const seq of inTurns(all)) {
    const leaf = desk.journal.readBytes(seq);
    const { path } = desk.journal.proveInclusion(seq, size);
    await target.file(`records/${placeName(seq)}.json`, [leaf]);
    const bundle = formatTlogProof({ index: BigInt(seq), path, checkpoint });
    await target.file(`records/${placeName(seq)}${TLOG_PROOF_EXTENSION}`, [utf8(bundle)]);
    if (!support.has(seq)) await takeAlong(frozen, readRecord(leaf, seq));
  }
  return slice;
};

async function* rowsOf({ desk }: Frozen, { asked, support }: SliceRecords): AsyncGenerator<string> {
  const isSupport = new Set(support);
  for await (const seq of inTurns([...asked, ...support].sort((a, b) => a - b))) {
    const record = desk.journal.read(seq);
    const who = isPersonActor(record.actor) ? desk.nameOf(record.actor.person) : null;
    yield rowOf(record, who, isSupport.has(seq));
  }
}

async function* asUtf8(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield utf8(text);
}

/**
 * Writes an export of the journal as it stands now into a folder; `export.json` is the last file.
 * @throws RefusalError `NOT_FOUND` for a reply that is not there; otherwise as the storage does
 */
export const writeExport = async (
  desk: Desk,
  target: ExportFolder,
  { scope, revealed, exportedBy }: ExportRequest,
): Promise<ExportSummary> => {
  const { journal } = desk;
  const size = journal.size;
  const frozen: Frozen = {
    desk,
    target,
    size,
    checkpoint: journal.checkpoint(),
    revelation: new Revelation(desk, target, revealed),
    evidence: new Set(),
  };
  const root = journal.root(size);
  const exportedAt = desk.now();
  const vkey = noteKey(journal.origin, journal.registry.checkpointKeyAt(size) ?? new Uint8Array(32), nodeCrypto);
  const fingerprint = toHex(nodeCrypto.sha256(journal.readBytes(0)));
  await target.file('journal/checkpoint', [utf8(frozen.checkpoint)]);
  const outcome = await desk.stamping.stampForExport(frozen.checkpoint);
  if (outcome) await target.file(`timestamps/${String(size)}.tsr`, [outcome.stamped.reply]);
  await target.file('keys/workspace.vkey', [utf8(`${formatNoteKey(vkey)}\n`)]);
  const isWhole = scope.of === 'journal';
  const slice = isWhole ? await writeJournal(frozen) : await writeSlice(frozen, scope);
  const absentEvidence = await carryEvidence(desk.folder, frozen.evidence, target);
  const asked = isWhole ? size : slice.asked.length;
  const facts: ExportFacts = {
    name: desk.tables.workspace.get()?.name ?? '',
    workspace: journal.origin,
    scope,
    exportedBy: desk.nameOf(exportedBy),
    exportedAt,
    asked,
    support: slice.support.length,
    size,
    root,
    fingerprint,
    revealed,
    stamp: outcome ? { at: outcome.at, authority: outcome.authority } : null,
    hasVerifier: await carryVerifier(target),
  };
  await target.file('index.html', asUtf8(indexPage(facts, isWhole ? null : rowsOf(frozen, slice))));
  await target.file('README.txt', [utf8(readmeText(facts))]);
  const manifest = manifestBytes(
    {
      format: EXPORT_FORMAT,
      workspace: ulidSchema.parse(journal.origin.slice(journal.origin.indexOf('/') + 1)),
      scope,
      exportedAt,
      exportedBy,
      size,
      root,
      fingerprint,
      records: asked + slice.support.length,
      support: [...slice.support],
      revealed,
      absentEvidence,
      files: [...target.files],
    },
    nodeCrypto,
  );
  const { sha256: hash } = await target.file('export.json', [manifest]);
  const opened = frozen.revelation.customers;
  const files = target.files.length;
  return { asked, support: slice.support.length, size, files, exportedAt, fingerprint, hash, opened };
};
