import type { LogFilter, LogRow, RecordView } from '#workflows/contract/journal.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { kindOf, type ReplyId } from '#workflows/identifiers.ts';
import { equalBytes, fromBase64, fromUtf8, toHex } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { isIncluded } from '#workflows/journal/merkle.ts';
import { signedBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { noteKey, verifyNote } from '#workflows/journal/signed-note.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { Desk } from '../desk.ts';
import { actorView } from './references.ts';
import { contentHashIn, recordsOfStory, storyValues, textWith } from './story.ts';

const known = (record: JournalRecord): KnownRecord => {
  const reading = readKnownRecord(record);
  if (!reading.ok) throw new RefusalError(refuse('DATA_TOO_NEW', 'recordNotKnown'));
  return reading.record;
};

const replyOfRecord = (record: KnownRecord): ReplyId | null => {
  if (kindOf(record.subject) === 'reply') return record.subject as ReplyId;
  return 'reply' in record.data && record.data.reply ? record.data.reply : null;
};

/** What a record is about, in words: the customer's handle, a template's or person's name. */
const aboutOf = (desk: Desk, record: KnownRecord): LogRow['on'] => {
  const reply = replyOfRecord(record);
  if (reply) {
    const entry = desk.tables.replies.get(reply);
    const capture = entry ? desk.texts.capture(entry.mention)?.capture : null;
    return { kind: 'reply', name: capture?.post.author.handle ?? null };
  }
  const values = storyValues(desk, record);
  const name = values.name;
  return { kind: kindOf(record.subject), name: typeof name === 'string' && name !== '' ? name : null };
};

const logRow = (desk: Desk, record: KnownRecord): LogRow => ({
  seq: record.seq,
  at: record.at,
  actor: actorView(desk, record.actor),
  type: record.type,
  subject: record.subject,
  on: aboutOf(desk, record),
  contentHash: contentHashIn(record),
});

/** One page of the log under a filter, newest first, and how much each view holds under it. */
export const logView = (desk: Desk, filter: LogFilter, page: { offset: number; limit: number }) => {
  const { total, entries } = desk.log.find(filter, page);
  return {
    total,
    rows: entries.map(({ seq }) => logRow(desk, known(desk.journal.read(seq)))),
    counts: desk.log.count(filter),
    people: [...desk.tables.people.values()]
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
};

const isSignatureValid = (desk: Desk, record: JournalRecord): boolean => {
  const { sig, actor } = record;
  const { registry, origin } = desk.journal;
  if (!sig || !isPersonActor(actor) || registry.state.keys[sig.key]?.person !== actor.person) return false;
  const key = registry.publicKey(sig.key);
  const value = fromBase64(sig.value);
  return key !== null && value !== null && nodeCrypto.verifyEd25519(key, signedBytes(record, origin), value);
};

/** The proof of a record, worked out anew from the bytes on the disk: nothing here is taken on trust. */
const proofOf = (desk: Desk, seq: number): RecordView['proof'] => {
  const evidence = desk.journal.proveInclusion(seq);
  const bytes = desk.journal.readBytes(seq);
  const leafHash = nodeCrypto.sha256(Uint8Array.of(0, ...bytes));
  const parsed = parseSignedCheckpoint(evidence.checkpoint);
  const key = desk.journal.registry.checkpointKeyAt(evidence.size);
  const verdict =
    parsed && key ? verifyNote(parsed.note, noteKey(desk.journal.origin, key, nodeCrypto), nodeCrypto) : 'absent';
  const root = parsed?.checkpoint.root ?? new Uint8Array();
  return {
    leafHash: toHex(leafHash),
    size: evidence.size,
    path: evidence.path.map(toHex),
    checkpoint: evidence.checkpoint,
    isCheckpointSigned: verdict === 'verified',
    isValid:
      equalBytes(leafHash, evidence.leafHash) &&
      isIncluded({ leafHash, index: BigInt(seq), size: BigInt(evidence.size), proof: evidence.path, root }, nodeCrypto),
  };
};

/** Where the content that a decision approved was sent and read back. */
const sentOf = (desk: Desk, record: KnownRecord): RecordView['sent'] => {
  const contentHash = contentHashIn(record);
  const reply = replyOfRecord(record);
  if (contentHash === null || !reply) return null;
  for (const publication of desk.tables.publications.values()) {
    if (publication.reply !== reply || publication.succeededSeq === null) continue;
    const { data } = desk.journal.read(publication.payloadSeq);
    if (data.contentHash !== contentHash) continue;
    const { observation, succeededSeq } = publication;
    return { seq: succeededSeq, readbackSeq: observation?.seq ?? null, outcome: observation?.outcome ?? null };
  }
  return null;
};

const NEIGHBOURS = 3;

const neighboursOf = (desk: Desk, record: KnownRecord): RecordView['neighbours'] => {
  const reply = replyOfRecord(record);
  const entry = reply ? desk.tables.replies.get(reply) : undefined;
  if (!entry) return [];
  const story = recordsOfStory(desk, entry);
  const place = story.findIndex(({ seq }) => seq === record.seq);
  return story.slice(Math.max(0, place - NEIGHBOURS), place + NEIGHBOURS + 1).map((neighbour) => ({
    seq: neighbour.seq,
    type: neighbour.type,
    actor: actorView(desk, neighbour.actor),
    values: storyValues(desk, known(neighbour)),
  }));
};

/** Everything about one record, with its proof. @throws RefusalError `NOT_FOUND` */
export const recordView = (desk: Desk, seq: number): RecordView => {
  if (seq >= desk.journal.size) throw new RefusalError(refuse('NOT_FOUND', 'recordNotFound'));
  const record = known(desk.journal.read(seq));
  const { sig } = record;
  return {
    seq,
    at: record.at,
    type: record.type,
    subject: record.subject,
    actor: actorView(desk, record.actor),
    values: storyValues(desk, record),
    text: textWith(desk, record),
    contentHash: contentHashIn(record),
    reads: Object.entries(record.reads ?? {}).map(([subject, count = 0]) => ({ subject, count })),
    reply: replyOfRecord(record),
    source: fromUtf8(desk.journal.readBytes(seq)) ?? '',
    signature: sig
      ? { keyId: sig.key, at: sig.at, auth: sig.auth, isValid: isSignatureValid(desk, desk.journal.read(seq)) }
      : null,
    proof: proofOf(desk, seq),
    sent: sentOf(desk, record),
    neighbours: neighboursOf(desk, record),
  };
};
