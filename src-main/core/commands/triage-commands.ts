import type { CommandReceipt } from '#workflows/contract/base.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { EDITING_ROLES } from '#workflows/reply/reply.events.ts';
import type { TRIAGE_OUTCOMES } from '#workflows/reply/reply.records.ts';
import type { ToSeal } from '../../keys/seals.ts';
import type { Desk } from '../desk.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { actingRole, type Viewer } from '../viewer.ts';
import { requireReply } from '../views/reply-view.ts';
import { onReply } from './command.ts';
import { targetOfAny, targetReply } from './reply-target.ts';

interface Target {
  readonly commandId: string;
  readonly reply: ReplyId;
  readonly version: number;
}

/** Free text about a customer's matter, sealed under their key; nothing where none was given. */
export const sealText = (entry: ReplyEntry, text: string): { seal?: ToSeal[] } =>
  text === '' ? {} : { seal: [{ under: entry.customer, value: { text } }] };

/** Takes a reply: it is this person's to answer. */
export const claim = (desk: Desk, viewer: Viewer, input: Target): Promise<CommandReceipt> =>
  assign(desk, viewer, { ...input, to: viewer.person });

export const handOver = (
  desk: Desk,
  viewer: Viewer,
  input: Target & { to: PersonId | null },
): Promise<CommandReceipt> => assign(desk, viewer, input);

const checkAssignee = (desk: Desk, to: PersonId | null): void => {
  const roles = to === null ? [] : (desk.tables.people.get(to)?.roles ?? []);
  if (to !== null && !EDITING_ROLES.some((editing) => roles.includes(editing))) {
    throw new RefusalError(refuse('INVALID_INPUT', 'cannotTakeOver'));
  }
};

const assign = (desk: Desk, viewer: Viewer, input: Target & { to: PersonId | null }): Promise<CommandReceipt> =>
  onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    checkAssignee(desk, input.to);
    const entry = targetReply(desk, input);
    if (entry.state.context.assignee === input.to) return { drafts: [], subject: entry.id };
    return {
      drafts: [{ type: 'reply.claimed', subject: entry.id, by: { role }, data: { person: input.to } }],
      subject: entry.id,
    };
  });

/** Says what becomes of a customer's post: watched, not answered, answered in private, or part of another reply. */
export const triage = (
  desk: Desk,
  viewer: Viewer,
  input: Target & {
    outcome: (typeof TRIAGE_OUTCOMES)[number];
    reason: string;
    until: string | null;
    into: ReplyId | null;
  },
): Promise<CommandReceipt> =>
  onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const entry = targetReply(desk, input);
    const { outcome, until, into, reason } = input;
    if (outcome === 'noResponse' && reason === '') throw new RefusalError(refuse('INVALID_INPUT', 'reasonNeeded'));
    if (outcome === 'merged') checkMerge(desk, entry, into);
    if (until !== null && until <= desk.now()) throw new RefusalError(refuse('INVALID_INPUT', 'scheduleInPast'));
    return {
      drafts: [
        {
          type: 'reply.triaged',
          subject: entry.id,
          by: { role },
          data: { outcome, until: outcome === 'monitoring' ? until : null, into: outcome === 'merged' ? into : null },
          ...sealText(entry, reason),
        },
      ],
      subject: entry.id,
    };
  });

const checkMerge = (desk: Desk, entry: ReplyEntry, into: ReplyId | null): void => {
  if (into === null || into === entry.id) throw new RefusalError(refuse('INVALID_INPUT', 'mergeNeedsOther'));
  requireReply(desk, into);
};

export const close = (desk: Desk, viewer: Viewer, input: Target): Promise<CommandReceipt> =>
  onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const entry = targetOfAny(desk, input);
    return { drafts: [{ type: 'reply.closed', subject: entry.id, by: { role }, data: {} }], subject: entry.id };
  });
