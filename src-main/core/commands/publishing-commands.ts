import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { PublishingView } from '#workflows/contract/publishing.contract.ts';
import { RefusalError, throwIfRefused } from '#workflows/errors.ts';
import type { Role } from '#workflows/people/roles.ts';
import { mayResume } from '#workflows/publishing/pause.machine.ts';
import type { Desk } from '../desk.ts';
import { actingRole, confirmPassphrase, peopleInRole, type Viewer } from '../viewer.ts';
import { workState } from '../views/waiting.ts';
import { byPerson } from './command.ts';

const PAUSERS: readonly Role[] = ['comms', 'legal', 'publisher'];
const RESUMERS: readonly Role[] = ['comms', 'legal'];

interface Signed {
  readonly commandId: string;
  readonly passphrase?: string | undefined;
}

/** One person stops everything, at once. */
export const pausePublishing = async (
  desk: Desk,
  viewer: Viewer,
  input: Signed & { reason: string },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, PAUSERS, 'mayNotPause');
  await confirmPassphrase(desk, viewer, input.passphrase);
  return byPerson(desk, viewer, input.commandId, () => ({
    drafts: [
      {
        type: 'publishing.paused',
        subject: 'publishing',
        by: { role },
        data: {},
        seal: [{ under: 'workspace', value: { text: input.reason } }],
      },
    ],
    subject: 'publishing',
  }));
};

export const proposeResume = async (desk: Desk, viewer: Viewer, input: Signed): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, RESUMERS, 'mayNotResume');
  await confirmPassphrase(desk, viewer, input.passphrase);
  return byPerson(desk, viewer, input.commandId, () => ({
    drafts: [{ type: 'publishing.resumeProposed', subject: 'publishing', by: { role }, data: {} }],
    subject: 'publishing',
  }));
};

/** The role in which the person can agree: the one of comms and legal that did not propose. */
const resumingRole = (desk: Desk, viewer: Viewer): Role => {
  const { context } = desk.tables.pause.get().state;
  const own = RESUMERS.filter((role) => viewer.roles.includes(role));
  const role = own.find((candidate) => mayResume(context, { person: viewer.person, role: candidate }) === null);
  if (role) return role;
  actingRole(desk, viewer, RESUMERS, 'mayNotResume');
  const refusal = own[0] ? mayResume(context, { person: viewer.person, role: own[0] }) : null;
  if (refusal) throw new RefusalError({ ...refusal, values: { ...refusal.values, who: resumersOf(desk) } });
  return own[0] ?? 'comms';
};

const resumersOf = (desk: Desk): string[] => {
  const { context, value } = desk.tables.pause.get().state;
  const roles = RESUMERS.filter((role) => value !== 'resumeProposed' || role !== context.proposedAs);
  const barred = new Set(value === 'resumeProposed' && context.proposedBy ? [context.proposedBy] : []);
  return [...new Set(roles.flatMap((role) => peopleInRole(desk, role, barred).map(({ name }) => name)))];
};

/** The second person agrees, and sending goes on for what is released from now on. */
export const resumePublishing = async (desk: Desk, viewer: Viewer, input: Signed): Promise<CommandReceipt> => {
  if (desk.journal.recordsOfCommand(input.commandId) === null) resumingRole(desk, viewer);
  await confirmPassphrase(desk, viewer, input.passphrase);
  return byPerson(desk, viewer, input.commandId, () => {
    const role = resumingRole(desk, viewer);
    throwIfRefused(mayResume(desk.tables.pause.get().state.context, { person: viewer.person, role }));
    return {
      drafts: [{ type: 'publishing.resumed', subject: 'publishing', by: { role }, data: {} }],
      subject: 'publishing',
    };
  });
};

/** The switch as this person sees it. */
export const publishingView = (desk: Desk, { person, roles }: Viewer): PublishingView => {
  const { state, pausedSeq } = desk.tables.pause.get();
  const { context, value } = state;
  const named = (id: typeof context.pausedBy, role: Role | null) =>
    id ? { kind: 'person' as const, id, name: desk.nameOf(id), role: role ?? 'comms' } : null;
  const pausedRecord = value !== 'on' && pausedSeq !== null ? desk.journal.read(pausedSeq) : null;
  const pausedAs = pausedRecord && 'person' in pausedRecord.actor ? pausedRecord.actor.role : null;
  const isOn = value === 'on';
  return {
    state: value as PublishingView['state'],
    pausedBy: named(context.pausedBy, pausedAs),
    pausedAt: context.pausedAt,
    reason: pausedRecord ? desk.texts.note(pausedRecord.seq) : null,
    proposedBy: named(context.proposedBy, context.proposedAs),
    mayPause: isOn && PAUSERS.some((role) => roles.includes(role)),
    mayPropose: value === 'paused' && RESUMERS.some((role) => roles.includes(role)),
    mayResume:
      value === 'resumeProposed' &&
      RESUMERS.some((role) => roles.includes(role) && mayResume(context, { person, role }) === null),
    canResume: isOn ? [] : resumersOf(desk),
    waiting: [...desk.tables.replies.open()].filter((entry) => ['publishing', 'scheduled'].includes(workState(entry)))
      .length,
  };
};
