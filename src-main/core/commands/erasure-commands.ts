import type { CommandReceipt } from '#workflows/contract/base.ts';
import { mayConfirmErasure } from '#workflows/erasure/erasure.machine.ts';
import { MOST_FILES_OF_A_RECORD, type ErasureGround } from '#workflows/erasure/erasure.records.ts';
import { refuse, RefusalError, throwIfRefused } from '#workflows/errors.ts';
import type { CustomerId } from '#workflows/identifiers.ts';
import type { Desk } from '../desk.ts';
import type { DraftRecord } from '../draft-record.ts';
import { filesOf, repliesTo } from '../erasure/held-data.ts';
import { obstaclesTo } from '../erasure/obstacles.ts';
import { isErased } from '../state/evolve-erasure.ts';
import type { ErasureEntry } from '../state/tables.ts';
import { actingRole, confirmPassphrase, namesInRole, type Viewer } from '../viewer.ts';
import { byPerson } from './command.ts';

interface Target {
  readonly commandId: string;
  readonly customer: CustomerId;
  readonly version: number;
}

/** @throws RefusalError `NOT_FOUND` for somebody of whom nothing was taken in */
export const requireCustomer = (desk: Desk, customer: CustomerId): void => {
  if (desk.tables.replies.ofCustomer(customer, 1).length === 0)
    throw new RefusalError(refuse('NOT_FOUND', 'customerNotFound'));
};

/** What was said about the customer so far, as the person who commands had seen it. */
const targetCustomer = (desk: Desk, { customer, version }: Target): ErasureEntry | undefined => {
  requireCustomer(desk, customer);
  const entry = desk.tables.erasures.get(customer);
  if (isErased(entry)) throw new RefusalError(refuse('NOT_FOUND', 'customerErased'));
  if ((entry?.version ?? 0) !== version) throw new RefusalError(refuse('VERSION_CONFLICT', 'changedElsewhere'));
  return entry;
};

const requireProposed = (desk: Desk, target: Target): ErasureEntry => {
  const entry = targetCustomer(desk, target);
  if (entry?.state.value !== 'proposed') throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'erasureNotProposed'));
  return entry;
};

const refuseObstacles = (desk: Desk, customer: CustomerId): void => {
  throwIfRefused(obstaclesTo(desk, customer)[0] ?? null);
};

/** An admin proposes to erase a customer. Nothing is lost by it. */
export const proposeErasure = (
  desk: Desk,
  viewer: Viewer,
  input: Target & { ground: ErasureGround; reason: string },
): Promise<CommandReceipt> =>
  byPerson(desk, viewer, input.commandId, () => {
    const { customer, ground, reason } = input;
    const role = actingRole(desk, viewer, ['admin']);
    if (targetCustomer(desk, input)?.state.value === 'proposed') {
      const who = namesInRole(desk, 'legal', new Set([viewer.person]));
      throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'erasureProposed', { who }));
    }
    refuseObstacles(desk, customer);
    const draft: DraftRecord = {
      type: 'erasure.proposed',
      subject: customer,
      by: { role },
      data: { ground },
      seal: [{ under: customer, value: { text: reason } }],
    };
    return { drafts: [draft], subject: customer };
  });

export const declineErasure = async (
  desk: Desk,
  viewer: Viewer,
  input: Target & { reason: string; passphrase?: string | undefined },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, ['legal']);
  await confirmPassphrase(desk, viewer, input.passphrase);
  return byPerson(desk, viewer, input.commandId, () => {
    const { customer } = requireProposed(desk, input);
    const draft: DraftRecord = {
      type: 'erasure.declined',
      subject: customer,
      by: { role },
      data: {},
      seal: [{ under: customer, value: { text: input.reason } }],
    };
    return { drafts: [draft], subject: customer };
  });
};

/** The proposal that this person may confirm, with nothing standing against it. */
const confirmable = (desk: Desk, viewer: Viewer, target: Target): ErasureEntry => {
  const entry = requireProposed(desk, target);
  const refusal = mayConfirmErasure(entry.state.context, { person: viewer.person, role: 'legal' });
  if (refusal) {
    const who = namesInRole(desk, 'legal', new Set([viewer.person]));
    throw new RefusalError({ ...refusal, values: { ...refusal.values, who } });
  }
  refuseObstacles(desk, target.customer);
  return entry;
};

/** What the program adds to a confirmation: the files that may be absent from here on. */
const erasedRecords = (desk: Desk, customer: CustomerId): DraftRecord[] => {
  const files = filesOf(desk, customer);
  const count = Math.max(1, Math.ceil(files.length / MOST_FILES_OF_A_RECORD));
  return Array.from({ length: count }, (_, index) => ({
    type: 'subject.erased',
    subject: customer,
    by: { system: 'erasure' },
    data: { evidence: files.slice(index * MOST_FILES_OF_A_RECORD, (index + 1) * MOST_FILES_OF_A_RECORD) },
  }));
};

/**
 * Somebody else, of legal, confirms: the records are durable first, then everything of the customer is destroyed.
 * @throws RefusalError `UNAVAILABLE` when the disk refused to remove files; sent again, it is tried again
 */
export const confirmErasure = async (
  desk: Desk,
  viewer: Viewer,
  input: Target & { passphrase?: string | undefined },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, ['legal']);
  const { customer, commandId } = input;
  if (desk.journal.recordsOfCommand(commandId) === null) confirmable(desk, viewer, input);
  await confirmPassphrase(desk, viewer, input.passphrase);
  const receipt = await byPerson(desk, viewer, commandId, () => {
    confirmable(desk, viewer, input);
    const draft: DraftRecord = { type: 'erasure.confirmed', subject: customer, by: { role }, data: {} };
    const replies = repliesTo(desk.tables, customer).map(({ id }) => id);
    return { drafts: [draft, ...erasedRecords(desk, customer)], reads: replies, subject: customer };
  });
  finish(desk, customer);
  return receipt;
};

const finish = (desk: Desk, customer: CustomerId): void => {
  try {
    desk.purge.run(customer);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RefusalError(refuse('UNAVAILABLE', 'erasureIncomplete', { why }), { cause });
  }
};
