import { beforeEach, describe, expect, it } from 'vitest';
import { RuledJournal, type ReplyOnItsWay } from './ruled-journal.ts';

let desk: RuledJournal;

beforeEach(() => {
  desk = new RuledJournal(23);
});

/** A customer whose reply is closed, with their key and a picture of theirs. */
const customerOfClosedReply = (): { reply: ReplyOnItsWay; kid: string; picture: string } => {
  const reply = desk.published();
  const [kid, picture] = [desk.hash(), desk.hash()];
  desk.capture(reply.customer, kid, [picture]);
  desk.close(reply);
  return { reply, kid, picture };
};

const NOT_CONFIRMED = 'it is erased without legal having confirmed';

describe('an erasure, replayed', () => {
  it('holds when an admin proposes, legal declines, an admin proposes again and legal confirms', () => {
    const { reply, picture } = customerOfClosedReply();
    desk.propose(reply.customer);
    desk.act('erasure.declined', reply.customer, desk.cast.legal, {});
    desk.propose(reply.customer);
    desk.confirm(reply.customer, desk.cast.legal, [picture]);
    expect(desk.problems).toEqual([]);
  });

  it('holds when its files need several records of the one command', () => {
    const { reply, picture } = customerOfClosedReply();
    desk.propose(reply.customer);
    const { journal, legal } = desk.cast;
    const erased = (evidence: string[]) =>
      ({ type: 'subject.erased', subject: reply.customer, by: 'program', data: { evidence } }) as const;
    journal.command(
      { type: 'erasure.confirmed', subject: reply.customer, by: legal, data: {} },
      erased([picture]),
      erased([]),
    );
    expect(desk.problems).toEqual([]);
  });

  it('is proposed by an admin', () => {
    const { customer } = customerOfClosedReply().reply;
    const proposed = desk.propose(customer, desk.cast.legal);
    const confirmed = desk.confirm(customer);
    expect(desk.problems).toEqual([
      `${String(proposed)}: bad-actor: the role legal may not write it`,
      `${String(confirmed)}: nobody proposed to erase the customer`,
      `${String(confirmed + 1)}: ${NOT_CONFIRMED}`,
    ]);
  });

  it('is confirmed by legal', () => {
    const { customer } = customerOfClosedReply().reply;
    desk.propose(customer);
    const confirmed = desk.confirm(customer, desk.cast.comms);
    expect(desk.problems).toEqual([
      `${String(confirmed)}: bad-actor: the role comms may not write it`,
      `${String(confirmed + 1)}: ${NOT_CONFIRMED}`,
    ]);
  });

  it('is never confirmed by the person who proposed it', () => {
    const both = desk.cast.journal.addPerson('Bo Both', 'admin', 'legal');
    const { customer } = customerOfClosedReply().reply;
    desk.propose(customer, both, { role: 'admin' });
    const confirmed = desk.confirm(customer, both, [], { role: 'legal' });
    expect(desk.problems).toEqual([
      `${String(confirmed)}: whoever proposed the erasure also confirms it`,
      `${String(confirmed + 1)}: ${NOT_CONFIRMED}`,
    ]);
  });

  it('is over when legal declined', () => {
    const { customer } = customerOfClosedReply().reply;
    desk.propose(customer);
    desk.act('erasure.declined', customer, desk.cast.legal, {});
    const confirmed = desk.confirm(customer);
    expect(desk.problems).toEqual([
      `${String(confirmed)}: nobody proposed to erase the customer`,
      `${String(confirmed + 1)}: ${NOT_CONFIRMED}`,
    ]);
  });

  it('does not happen by itself, nor in another command than its confirmation', () => {
    const { reply, picture } = customerOfClosedReply();
    const alone = desk.act('subject.erased', reply.customer, 'program', { evidence: [] });
    desk.propose(reply.customer);
    desk.confirm(reply.customer);
    const late = desk.act('subject.erased', reply.customer, 'program', { evidence: [picture] });
    expect(desk.problems).toEqual([
      `${String(alone)}: ${NOT_CONFIRMED}`,
      `${String(late)}: it is not in the command of its confirmation`,
    ]);
  });

  it('is refused by a legal hold, when it is proposed and when it is confirmed, until the hold is lifted', () => {
    const { reply } = customerOfClosedReply();
    const { legal } = desk.cast;
    const first = desk.id('hold');
    desk.act('hold.placed', first, legal, { replies: [reply.id] });
    const early = desk.propose(reply.customer);
    desk.act('hold.lifted', first, legal, {});
    desk.propose(reply.customer);
    desk.act('hold.placed', desk.id('hold'), legal, { replies: [reply.id] });
    const confirmed = desk.confirm(reply.customer);
    expect(desk.problems).toEqual([
      `${String(early)}: a legal hold keeps what it is about`,
      `${String(confirmed)}: a legal hold keeps what it is about`,
      `${String(confirmed + 1)}: ${NOT_CONFIRMED}`,
    ]);
  });

  it('is refused while a reply to the customer is unfinished', () => {
    const reply = desk.approved();
    const proposed = desk.propose(reply.customer);
    desk.release(reply);
    desk.attempt(reply);
    desk.succeed(reply);
    const unread = desk.propose(reply.customer);
    desk.observe(reply);
    desk.erase(reply.customer);
    expect(desk.problems).toEqual([
      `${String(proposed)}: a reply to the customer is not finished`,
      `${String(unread)}: a reply to the customer is not finished`,
    ]);
  });

  it('lets no evidence go that is another customer’s, or anybody’s', () => {
    const other = customerOfClosedReply();
    const { reply, picture } = customerOfClosedReply();
    desk.propose(reply.customer);
    const confirmed = desk.confirm(reply.customer, desk.cast.legal, [picture, other.picture]);
    expect(desk.problems).toEqual([
      `${String(confirmed + 1)}: it lets evidence be absent that is not this customer’s alone: ${other.picture}`,
    ]);
  });

  it('lets no evidence go that two customers share', () => {
    const { reply, picture } = customerOfClosedReply();
    desk.capture(desk.id('customer'), desk.hash(), [picture]);
    desk.propose(reply.customer);
    const confirmed = desk.confirm(reply.customer, desk.cast.legal, [picture]);
    expect(desk.problems).toEqual([
      `${String(confirmed + 1)}: it lets evidence be absent that is not this customer’s alone: ${picture}`,
    ]);
  });

  it('is of a customer, and of nothing else', () => {
    const { reply } = customerOfClosedReply();
    const proposed = desk.act('erasure.proposed', reply.id, desk.cast.admin, { ground: 'requested' });
    expect(desk.problems).toEqual([`${String(proposed)}: only a customer is erased`]);
  });

  it('leaves nothing to be written for the customer but that their replies are closed', () => {
    const { reply, kid } = customerOfClosedReply();
    const open = desk.published();
    const replyToSame = { ...open, customer: reply.customer };
    desk.erase(reply.customer);
    desk.erase(open.customer);
    const captured = desk.capture(reply.customer, desk.hash());
    const sealed = desk.capture(desk.id('customer'), kid);
    const opened = desk.act('reply.opened', desk.id('reply'), desk.cast.agent, {
      mention: desk.id('mention'),
      channel: desk.channel,
      customer: replyToSame.customer,
      language: null,
      postedAt: '2026-11-02T08:00:00.000Z',
      acknowledgeBy: '2026-11-02T08:30:00.000Z',
      dueAt: '2026-11-02T12:00:00.000Z',
      follows: null,
    });
    const revised = desk.revise(open, desk.cast.agent, { operation: 'correct' });
    const held = desk.act('hold.placed', desk.id('hold'), desk.cast.legal, { replies: [open.id] });
    const attempted = desk.attempt(open, { attempt: 2 });
    const again = desk.propose(open.customer);
    desk.observe(open);
    desk.close(open);
    expect(desk.problems).toEqual([
      `${String(captured)}: it names a customer who was erased`,
      `${String(sealed)}: it seals something for a customer who was erased`,
      `${String(opened)}: it names a customer who was erased`,
      `${String(revised)}: it is about a customer who was erased`,
      `${String(held)}: it is about a customer who was erased`,
      `${String(attempted)}: it is about a customer who was erased`,
      `${String(again)}: the customer was erased before`,
    ]);
  });
});
