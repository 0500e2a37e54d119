import { textOf } from '#workflows/content/document.ts';
import type { RecordView } from '#workflows/contract/journal.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { equalBytes, fromBase64, fromUtf8, toBase64, toHex } from '#workflows/journal/bytes.ts';
import { canonicalBytes } from '#workflows/journal/canonical.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { isIncluded } from '#workflows/journal/merkle.ts';
import { NO_PARENT, parentBytes, signedBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { noteKey, verifyNote } from '#workflows/journal/signed-note.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { Desk } from '../desk.ts';
import { replyOf } from '../log-index.ts';
import { aboutOf, channelOf, requireKnown } from './about.ts';
import { actorView } from './references.ts';
import { contentHashIn, recordsOfStory, storyValues, textWith } from './story.ts';

const isSignatureValid = (desk: Desk, record: JournalRecord): boolean => {
  const { sig, actor } = record;
  const { registry, origin } = desk.journal;
  if (!sig || !isPersonActor(actor) || registry.state.keys[sig.key]?.person !== actor.person) return false;
  const key = registry.publicKey(sig.key);
  const value = fromBase64(sig.value);
  return key !== null && value !== null && nodeCrypto.verifyEd25519(key, signedBytes(record, origin), value);
};

const signatureOf = (desk: Desk, record: JournalRecord): RecordView['signature'] => {
  const { sig } = record;
  if (!sig) return null;
  const key = desk.journal.registry.publicKey(sig.key);
  return {
    keyId: sig.key,
    publicKey: key ? toBase64(key) : null,
    value: sig.value,
    at: sig.at,
    auth: sig.auth,
    isValid: isSignatureValid(desk, record),
  };
};

/** Which record of its subject it follows, and whether it names that record's hash. */
const chainOf = (desk: Desk, { subject, version, parent }: JournalRecord): RecordView['chain'] => {
  const previous = version === 0 ? null : (desk.journal.placesOf(subject)[version - 1] ?? null);
  const expected = previous === null ? NO_PARENT : toHex(nodeCrypto.sha256(parentBytes(desk.journal.read(previous))));
  return { version, parent, previous, isValid: expected === parent };
};

/** The text of a revision, and the bytes behind its fingerprint. */
const contentOf = (desk: Desk, record: KnownRecord): RecordView['content'] => {
  if (record.type !== 'reply.revised') return null;
  const sealed = desk.texts.revision(record.seq);
  if (!sealed) return null;
  const bytes = canonicalBytes(sealed.content);
  return {
    text: textOf(sealed.document),
    language: sealed.content.language,
    source: fromUtf8(bytes) ?? '',
    isValid: toHex(nodeCrypto.sha256(bytes)) === record.data.contentHash,
  };
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
  const reply = replyOf(record);
  if (contentHash === null || !reply) return null;
  for (const publication of desk.tables.publications.ofReply(reply)) {
    if (publication.succeededSeq === null) continue;
    const { data } = desk.journal.read(publication.payloadSeq);
    if (data.contentHash !== contentHash) continue;
    const { observation, succeededSeq } = publication;
    return { seq: succeededSeq, readbackSeq: observation?.seq ?? null, outcome: observation?.outcome ?? null };
  }
  return null;
};

const NEIGHBOURS = 3;

const neighboursOf = (desk: Desk, record: KnownRecord): RecordView['neighbours'] => {
  const reply = replyOf(record);
  const entry = reply ? desk.tables.replies.get(reply) : undefined;
  if (!entry) return [];
  const story = recordsOfStory(desk, entry);
  const place = story.findIndex(({ seq }) => seq === record.seq);
  return story.slice(Math.max(0, place - NEIGHBOURS), place + NEIGHBOURS + 1).map((neighbour) => ({
    seq: neighbour.seq,
    type: neighbour.type,
    actor: actorView(desk, neighbour.actor),
    values: storyValues(desk, requireKnown(neighbour)),
  }));
};

/** Everything about one record, with its proof. @throws RefusalError `NOT_FOUND` */
export const recordView = (desk: Desk, seq: number): RecordView => {
  if (seq >= desk.journal.size) throw new RefusalError(refuse('NOT_FOUND', 'recordNotFound'));
  const record = requireKnown(desk.journal.read(seq));
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
    reply: replyOf(record),
    on: aboutOf(desk, record),
    channel: channelOf(desk, record),
    source: fromUtf8(desk.journal.readBytes(seq)) ?? '',
    chain: chainOf(desk, desk.journal.read(seq)),
    content: contentOf(desk, record),
    signature: signatureOf(desk, desk.journal.read(seq)),
    proof: proofOf(desk, seq),
    sent: sentOf(desk, record),
    neighbours: neighboursOf(desk, record),
  };
};
