import { contentHashOf } from '#workflows/content/content.ts';
import type { Content } from '#workflows/content/content.ts';
import type { PublicationId, ReplyId } from '#workflows/identifiers.ts';
import { fromBase64 } from '#workflows/journal/bytes.ts';
import { signedBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import { isPaused, publishingIsOn, stepPause, toPauseEvent } from '#workflows/publishing/pause.replay.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import { sealedRevisionSchema } from '#workflows/reply/reply.records.ts';
import { openReply, stepReply, toReplyEvent, type ReplyState } from '#workflows/reply/reply.replay.ts';
import { isFullyApproved } from '#workflows/reply/reply.rules.ts';
import type { Journal } from '../journal/journal.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import type { Seals } from '../keys/seals.ts';

/** The journal itself does not bear out that this may be sent. */
export class PreflightError extends Error {
  override name = 'PreflightError';
}

export interface Preflight {
  readonly content: Content;
  readonly state: ReplyState;
}

const readChecked = (journal: Journal, seq: number): KnownRecord => {
  const record = journal.read(seq);
  if (isPersonActor(record.actor)) checkSignature(journal, record);
  const reading = readKnownRecord(record);
  if (!reading.ok) throw new PreflightError(`record ${String(seq)}: ${reading.message}`);
  return reading.record;
};

const checkSignature = (journal: Journal, record: JournalRecord): void => {
  const { sig, actor, seq } = record;
  const { registry } = journal;
  const owner = sig ? registry.state.keys[sig.key]?.person : undefined;
  const publicKey = sig ? registry.publicKey(sig.key) : null;
  const value = sig ? fromBase64(sig.value) : null;
  const isOwn = isPersonActor(actor) && owner === actor.person;
  if (
    !isOwn ||
    !publicKey ||
    !value ||
    !nodeCrypto.verifyEd25519(publicKey, signedBytes(record, journal.origin), value)
  ) {
    throw new PreflightError(`the signature of record ${String(seq)} does not hold`);
  }
};

const isPausedInJournal = (journal: Journal): boolean => {
  let state = publishingIsOn();
  for (const seq of journal.placesOf('publishing')) {
    const event = toPauseEvent(readChecked(journal, seq));
    state = (event ? stepPause(state, event) : null) ?? state;
  }
  return isPaused(state);
};

/** The version of the policy that a route names must have been approved in the journal; 0 is the program's own. */
const checkPolicy = (journal: Journal, version: number): void => {
  if (version === 0) return;
  const approved = new Set<string>();
  for (const seq of journal.placesOf('policy')) {
    const record = readChecked(journal, seq);
    if (record.type === 'policy.approved' && record.data.version === version) approved.add(record.data.review);
    if (record.type === 'policy.revised' && record.data.version === version) approved.clear();
  }
  if (approved.size < 2) throw new PreflightError(`policy ${String(version)} is not approved in the journal`);
};

/**
 * Reads a reply's records, the policy and the pause again from the journal's files, checks their signatures, and replays
 * them (JOURNAL.md: snapshots are never trusted for what cannot be undone). Holds, which change nothing about sending,
 * are left out.
 * @param publications every publication of the reply so far
 * @returns what was approved, opened from the record that holds it
 * @throws PreflightError when the journal does not bear it out
 */
export const preflight = (
  reply: ReplyId,
  publications: readonly PublicationId[],
  { journal, seals }: { journal: Journal; seals: Seals },
): Preflight => {
  if (isPausedInJournal(journal)) throw new PreflightError('publishing is paused');
  const places = [reply, ...publications].flatMap((subject) => [...journal.placesOf(subject)]).sort((a, b) => a - b);
  let state = openReply();
  let revised: KnownRecord | null = null;
  for (const seq of places) {
    const record = readChecked(journal, seq);
    if (record.type === 'reply.revised') revised = record;
    const event = record.type === 'reply.opened' ? null : toReplyEvent(record);
    if (!event) continue;
    const next = stepReply(state, event);
    // A readback of a reply that is being corrected leaves its state; every other event must be taken.
    if (!next && event.type !== 'publicationObserved') throw new PreflightError(`record ${String(seq)} breaks a rule`);
    state = next ?? state;
  }
  if (!revised || !isFullyApproved(state.context)) throw new PreflightError('the content is not approved');
  checkPolicy(journal, state.context.route?.policy ?? 0);
  const sealed = seals.open(revised, sealedRevisionSchema);
  if (!sealed) throw new PreflightError('the content cannot be opened');
  if (contentHashOf(sealed.content, nodeCrypto) !== state.context.contentHash) {
    throw new PreflightError('the content has another hash than was approved');
  }
  return { content: sealed.content, state };
};
