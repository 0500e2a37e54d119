import { textOf } from '#workflows/content/document.ts';
import type { TextVersion } from '#workflows/contract/history.contract.ts';
import type { ReplyView, StoryEntry } from '#workflows/contract/reply.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { fromUtf8, toHex } from '#workflows/journal/bytes.ts';
import { canonicalBytes } from '#workflows/journal/canonical.ts';
import type { Time } from '#workflows/time.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { Desk } from '../desk.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { ReplyEntry, RevisionEntry } from '../state/tables.ts';
import type { Viewer } from '../viewer.ts';
import { erasureOfReply } from '../views/erasure-view.ts';
import { countQueues, listQueue, type QueueRequest } from '../views/queue.ts';
import { personRef } from '../views/references.ts';
import { replyView, requireReply } from '../views/reply-view.ts';
import { storyOf } from '../views/story.ts';
import { policyView } from '../views/versions-view.ts';

/** Which record the desk is shown as of. */
export interface Moment {
  readonly asOf: number;
}

interface PastReply {
  asOf: number;
  at: Time;
  reply: ReplyView;
  story: StoryEntry[];
}

/** @throws RefusalError `NOT_FOUND` for a reply that is not there today either, or was not there yet */
const replyThen = (desk: Desk, past: DeskReading, id: ReplyId): ReplyEntry => {
  requireReply(desk, id);
  const entry = past.tables.replies.get(id);
  if (entry) return entry;
  const opened = desk.journal.placesOf(id)[0] ?? 0;
  throw new RefusalError(refuse('NOT_FOUND', 'replyNotYet', { seq: opened }));
};

/** A reply as of a record: what its screen showed then, its story so far, and nothing that could be done. */
export const pastReply = (
  desk: Desk,
  viewer: Viewer,
  { asOf, reply }: Moment & { readonly reply: ReplyId },
  signal?: AbortSignal,
): Promise<PastReply> =>
  desk.history.at(
    asOf,
    (past, at) => {
      const entry = replyThen(desk, past, reply);
      const then = replyView(past, entry, viewer);
      // Whoever was erased since is unreadable in the past as well, and the screen says why.
      const today = erasureOfReply(desk, entry);
      const erasure = today?.state === 'erased' ? today : then.erasure;
      const view = { ...then, erasure, acts: [], lastSeenRevision: null };
      return { asOf, at, reply: view, story: storyOf(past, entry) };
    },
    signal,
  );

const textVersion = (past: DeskReading, revision: RevisionEntry): TextVersion => {
  const sealed = past.texts.revision(revision.seq);
  const bytes = sealed ? canonicalBytes(sealed.content) : null;
  return {
    revision: revision.revision,
    seq: revision.seq,
    at: revision.at,
    by: personRef(past, revision.by),
    operation: revision.operation,
    contentHash: revision.contentHash,
    content:
      sealed && bytes
        ? {
            text: textOf(sealed.document),
            source: fromUtf8(bytes) ?? '',
            isValid: toHex(nodeCrypto.sha256(bytes)) === revision.contentHash,
          }
        : null,
  };
};

/** Every version of a reply's text by then, with the very bytes behind its fingerprint. */
export const textVersions = (
  desk: Desk,
  _viewer: Viewer,
  { asOf, reply }: Moment & { readonly reply: ReplyId },
  signal?: AbortSignal,
) =>
  desk.history.at(
    asOf,
    (past, at) => {
      const { revisions } = replyThen(desk, past, reply);
      return { asOf, at, versions: revisions.map((revision) => textVersion(past, revision)) };
    },
    signal,
  );

/** One page of a queue as of a record, and how much every queue of the person held. */
export const pastQueue = (desk: Desk, viewer: Viewer, input: Moment & QueueRequest, signal?: AbortSignal) =>
  desk.history.at(
    input.asOf,
    (past, at) => {
      const { total, items } = listQueue(past, viewer, input);
      const { atRiskMinutes } = past.policyInForce().content;
      return { asOf: input.asOf, at, counts: countQueues(past, viewer), atRiskMinutes, total, items };
    },
    signal,
  );

/** The policy in force as of a record, and the versions that there were. */
export const pastPolicy = (desk: Desk, viewer: Viewer, { asOf }: Moment, signal?: AbortSignal) =>
  desk.history.at(
    asOf,
    (past, at) => {
      const view = policyView(past, viewer);
      return { asOf, at, ...view, versions: view.versions.map(withoutActs), mayEdit: false };
    },
    signal,
  );

/** Nobody decides in the past. */
const withoutActs = <Version extends ReturnType<typeof policyView>['versions'][number]>(version: Version): Version => ({
  ...version,
  reviews: version.reviews.map((review) => ({ ...review, mayDecide: false, refusal: null })),
});
