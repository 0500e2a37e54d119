import type { CommandReceipt } from '#workflows/contract/base.ts';
import { refuse, RefusalError, throwIfRefused } from '#workflows/errors.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { ReviewKind, Role } from '#workflows/people/roles.ts';
import { isPaused } from '#workflows/publishing/pause.replay.ts';
import type { DecisionEvent } from '#workflows/reply/reply.events.ts';
import { isAllowedReleaser, liesAhead, mayDecide, mayRelease } from '#workflows/reply/reply.rules.ts';
import type { DraftRecord } from '../draft-record.ts';
import type { Desk } from '../desk.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { actingRole, confirmPassphrase, type Viewer } from '../viewer.ts';
import { withEligible } from '../views/acts.ts';
import { requireReply } from '../views/reply-view.ts';
import { eligibleFor, releasersOf } from '../views/waiting.ts';
import { byPerson, onReply } from './command.ts';
import { targetReply } from './reply-target.ts';
import { sealText } from './triage-commands.ts';

interface Target {
  readonly commandId: string;
  readonly reply: ReplyId;
  readonly version: number;
  readonly passphrase?: string | undefined;
}

interface DecisionInput extends Target {
  readonly review: ReviewKind;
  readonly revision: number;
  readonly contentHash: string;
}

const RECORD_OF_DECISION = {
  approve: 'reply.approved',
  requestChanges: 'reply.changesRequested',
  reject: 'reply.rejected',
} as const;

/** Refused unless the rules of the machine allow it; the refusal names who can decide instead (invariants 1 and 2). */
const checkDecision = (desk: Desk, entry: ReplyEntry, event: DecisionEvent): void => {
  const refusal = mayDecide(entry.state.context, event);
  if (refusal) throw new RefusalError(withEligible(desk, entry, event.review, refusal));
};

/**
 * Decides a review: signed, bound to the content's hash, after the passphrase.
 * @throws RefusalError for the author, an editor, whoever filled the other review, a stale revision, …
 */
const decide = async (
  desk: Desk,
  viewer: Viewer,
  type: DecisionEvent['type'],
  input: DecisionInput & { text: string },
): Promise<CommandReceipt> => {
  const { review, revision, contentHash } = input;
  const eventOf = (): DecisionEvent => ({
    type,
    actor: { person: viewer.person, role: review },
    at: desk.now(),
    review,
    revision,
    contentHash,
  });
  if (!viewer.roles.includes(review)) {
    const who = eligibleFor(desk, requireReply(desk, input.reply), review).map(({ name }) => name);
    throw new RefusalError(refuse('FORBIDDEN', 'notAReviewer', { who, review }));
  }
  // Refused before the passphrase is asked for, and once more on the state as it is when it is recorded.
  if (desk.journal.recordsOfCommand(input.commandId) === null)
    checkDecision(desk, requireReply(desk, input.reply), eventOf());
  await confirmPassphrase(desk, viewer, input.passphrase);
  return onReply(desk, viewer, input, () => {
    const entry = targetReply(desk, input);
    checkDecision(desk, entry, eventOf());
    const template = entry.revisions.at(-1)?.template?.template;
    return {
      drafts: [
        {
          type: RECORD_OF_DECISION[type],
          subject: entry.id,
          by: { role: review },
          data: { review, revision, contentHash },
          ...sealText(entry, input.text),
        },
      ],
      reads: ['policy', 'publishing', viewer.person, ...(template ? [template] : [])],
      subject: entry.id,
    };
  });
};

export const approve = (
  desk: Desk,
  viewer: Viewer,
  input: DecisionInput & { comment: string },
): Promise<CommandReceipt> => decide(desk, viewer, 'approve', { ...input, text: input.comment });

export const requestChanges = (
  desk: Desk,
  viewer: Viewer,
  input: DecisionInput & { reason: string },
): Promise<CommandReceipt> => decide(desk, viewer, 'requestChanges', { ...input, text: input.reason });

export const reject = (
  desk: Desk,
  viewer: Viewer,
  input: DecisionInput & { reason: string },
): Promise<CommandReceipt> => decide(desk, viewer, 'reject', { ...input, text: input.reason });

/** Roles that send what is approved. */
export const RELEASERS: readonly Role[] = ['publisher', 'agent', 'comms'];

/** The publication that the content goes out under: releasing the same again goes on with the same one and its key. */
const publicationFor = (desk: Desk, entry: ReplyEntry, contentHash: string): `publication/${string}` => {
  for (const publication of desk.tables.publications.ofReply(entry.id)) {
    if (publication.succeededSeq !== null) continue;
    const { data } = desk.journal.read(publication.payloadSeq);
    if (data.contentHash === contentHash) return publication.id;
  }
  return entry.state.context.publication ?? desk.newId('publication');
};

interface ReleaseInput extends Target {
  readonly contentHash: string;
}

const checkRelease = (
  desk: Desk,
  entry: ReplyEntry,
  draft: { role: Role; person: Viewer['person']; input: ReleaseInput },
): void => {
  const { role, person, input } = draft;
  const { context } = entry.state;
  const event = {
    type: 'release',
    actor: { person, role },
    at: desk.now(),
    contentHash: input.contentHash,
    publication: 'publication/',
  } as const;
  const refusal = mayRelease(context, event);
  if (!refusal) return;
  const isReleaser = isAllowedReleaser(context, event) === null;
  if (isReleaser) throw new RefusalError(refusal);
  throw new RefusalError({
    ...refusal,
    values: { ...refusal.values, who: releasersOf(desk, entry).map(({ name }) => name) },
  });
};

const refuseWhilePaused = (desk: Desk): void => {
  if (isPaused(desk.tables.pause.get().state)) throw new RefusalError(refuse('PUBLISHING_PAUSED', 'publishingPaused'));
};

/** Releases an approved reply: the outbox sends it as soon as it can. Refused while publishing is paused. */
export const release = async (desk: Desk, viewer: Viewer, input: ReleaseInput): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, RELEASERS);
  if (desk.journal.recordsOfCommand(input.commandId) === null) {
    refuseWhilePaused(desk);
    checkRelease(desk, requireReply(desk, input.reply), { role, person: viewer.person, input });
  }
  await confirmPassphrase(desk, viewer, input.passphrase);
  return onReply(desk, viewer, input, () => {
    refuseWhilePaused(desk);
    const entry = targetReply(desk, input);
    checkRelease(desk, entry, { role, person: viewer.person, input });
    const publication = publicationFor(desk, entry, input.contentHash);
    return releaseDecision(entry, {
      type: 'reply.released',
      subject: entry.id,
      by: { role },
      data: { contentHash: input.contentHash, publication },
    });
  });
};

const releaseDecision = (entry: ReplyEntry, draft: DraftRecord) => ({
  drafts: [draft],
  reads: ['policy', 'publishing', entry.channel] as const,
  subject: entry.id,
});

/** Releases an approved reply for a later time. */
export const schedule = async (
  desk: Desk,
  viewer: Viewer,
  input: ReleaseInput & { scheduledFor: string },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, RELEASERS);
  await confirmPassphrase(desk, viewer, input.passphrase);
  return onReply(desk, viewer, input, () => {
    const entry = targetReply(desk, input);
    checkRelease(desk, entry, { role, person: viewer.person, input });
    const { contentHash, scheduledFor } = input;
    const publication = publicationFor(desk, entry, contentHash);
    const event = { actor: { person: viewer.person, role }, at: desk.now(), contentHash, publication, scheduledFor };
    throwIfRefused(liesAhead(entry.state.context, { type: 'schedule', ...event }));
    return releaseDecision(entry, {
      type: 'reply.scheduled',
      subject: entry.id,
      by: { role },
      data: { contentHash, publication, scheduledFor },
    });
  });
};

export const unschedule = (desk: Desk, viewer: Viewer, input: Target): Promise<CommandReceipt> =>
  onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, RELEASERS);
    const entry = targetReply(desk, input);
    return { drafts: [{ type: 'reply.unscheduled', subject: entry.id, by: { role }, data: {} }], subject: entry.id };
  });

/** A person has looked, and says whether a post whose outcome is unknown is there. */
export const confirmByHand = async (
  desk: Desk,
  viewer: Viewer,
  input: Target & { isThere: boolean; address: string },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, RELEASERS);
  await confirmPassphrase(desk, viewer, input.passphrase);
  return onReply(desk, viewer, input, () => {
    const entry = targetReply(desk, input);
    const id = entry.state.context.publication;
    const publication = id ? desk.tables.publications.get(id) : undefined;
    if (!publication) throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'notPossibleNow'));
    if (input.isThere && input.address === '') throw new RefusalError(refuse('INVALID_INPUT', 'addressNeeded'));
    const { address, isThere } = input;
    return {
      drafts: [
        {
          type: 'publication.confirmedByHand',
          subject: publication.id,
          by: { role },
          data: {
            reply: entry.id,
            operation: publication.operation,
            attempt: publication.state.context.attempts,
            isThere,
            receipt: isThere ? { id: address, revision: null, address } : null,
          },
        },
      ],
      reads: [entry.id],
      subject: entry.id,
    };
  });
};

/** A hold keeps a reply's data from being erased. */
export const placeHold = async (
  desk: Desk,
  viewer: Viewer,
  input: Target & { reason: string },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, ['legal']);
  await confirmPassphrase(desk, viewer, input.passphrase);
  return onReply(desk, viewer, input, () => {
    const entry = targetReply(desk, input);
    const hold = desk.newId('hold');
    return {
      drafts: [
        {
          type: 'hold.placed',
          subject: hold,
          by: { role },
          data: { replies: [entry.id] },
          seal: [{ under: entry.customer, value: { text: input.reason } }],
        },
      ],
      subject: entry.id,
    };
  });
};

export const liftHold = async (desk: Desk, viewer: Viewer, input: Target): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, ['legal']);
  await confirmPassphrase(desk, viewer, input.passphrase);
  return byPerson(desk, viewer, input.commandId, () => {
    const entry = targetReply(desk, input);
    const hold = [...desk.tables.holds.values()].find(
      ({ replies, isLifted }) => !isLifted && replies.includes(entry.id),
    );
    if (!hold) throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'notPossibleNow'));
    return { drafts: [{ type: 'hold.lifted', subject: hold.id, by: { role }, data: {} }], subject: entry.id };
  });
};
