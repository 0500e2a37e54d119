import type { ErasureGround } from '#workflows/erasure/erasure.records.ts';
import type { CustomerId, ReplyId } from '#workflows/identifiers.ts';
import type { Actor, TestDesk } from './desk.fixture.ts';
import { PASSPHRASE } from './roster.ts';

export const customerOf = async (desk: TestDesk, reply: ReplyId): Promise<CustomerId> =>
  (await desk.flow.view(reply)).customer;

export const erasureView = (desk: TestDesk, customer: CustomerId, by: Actor = desk.people.ada) =>
  by.desk.erasure.get({ customer });

const target = async (desk: TestDesk, customer: CustomerId) => {
  const { version } = await erasureView(desk, customer);
  return { commandId: desk.command(), customer, version };
};

export interface Proposal {
  readonly by?: Actor;
  readonly ground?: ErasureGround;
  readonly reason?: string;
}

export const propose = async (
  desk: TestDesk,
  customer: CustomerId,
  { by = desk.people.ada, ground = 'requested', reason = 'A letter of 3 November.' }: Proposal = {},
) => by.desk.erasure.propose({ ...(await target(desk, customer)), ground, reason });

export const confirm = async (desk: TestDesk, customer: CustomerId, by: Actor = desk.people.leo) =>
  by.desk.erasure.confirm({ ...(await target(desk, customer)), passphrase: PASSPHRASE });

export const decline = async (desk: TestDesk, customer: CustomerId, by: Actor = desk.people.leo) =>
  by.desk.erasure.decline({ ...(await target(desk, customer)), reason: 'A claim may follow.', passphrase: PASSPHRASE });

/** Proposed by Ada, confirmed by Leo. */
export const erase = async (desk: TestDesk, customer: CustomerId): Promise<void> => {
  await propose(desk, customer);
  await confirm(desk, customer);
};

/** A published reply, read back, and its customer. */
export const publishedTo = async (
  desk: TestDesk,
  words?: string,
): Promise<{ reply: ReplyId; customer: CustomerId }> => {
  const reply = await desk.flow.published(words);
  return { reply, customer: await customerOf(desk, reply) };
};

/** Closed without an answer. */
export const dismissed = async (desk: TestDesk, reply: ReplyId, reason = 'A duplicate.'): Promise<void> => {
  await desk.people.agnes.desk.reply.triage({
    ...(await desk.flow.target(reply)),
    outcome: 'noResponse',
    reason,
    until: null,
    into: null,
  });
};
