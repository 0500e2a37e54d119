import { describe, expect, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { ChannelAdapter } from '#main/channels/channel-adapter.ts';
import type { TestDesk } from '../core/desk.fixture.ts';
import { HOUR, MINUTE } from '../core/test-clock.ts';
import { policyWith } from '../core/wording.ts';
import { deskForTest } from '../core/desk.fixture.ts';
import { FaultyChannel } from './faulty-channel.ts';
import { LONG, publishingDesk, story } from './publishing-desk.ts';

/** Lets the desk read something else than what was sealed, in every record of a type. */
const forgeSealed = (desk: TestDesk, type: string, forge: (value: JsonObject) => JsonObject): void => {
  const { seals } = desk.host.desk;
  const open = seals.open.bind(seals);
  seals.open = (record, schema, ...rest) => {
    const value = open(record, schema, ...rest);
    return value !== null && record.type === type ? schema.parse(forge(value as JsonObject)) : value;
  };
};

const expectBlocked = async (desk: TestDesk, reply: ReplyId, because: string): Promise<void> => {
  await desk.settle();
  await desk.pass(LONG);
  expect(desk.host.desk.outbox.blockedBecause(reply)).toContain(because);
  const { publication } = await desk.flow.view(reply);
  expect(publication?.blockedBecause).toContain(because);
  expect(desk.faults()).toHaveLength(1);
};

const OTHER = 'Words that nobody approved.';

describe('nothing is sent', () => {
  test.each<[string, (content: JsonObject) => JsonObject]>([
    ['text', (content) => ({ ...content, payload: { ...(content.payload as JsonObject), text: OTHER } })],
    ['target', (content) => ({ ...content, target: { post: 'another' } })],
    ['account', (content) => ({ ...content, account: 'another' })],
    ['language', (content) => ({ ...content, language: 'de' })],
  ])('whose %s is not what the approved hash covers', async (_what, change) => {
    const { desk, channel } = await publishingDesk({ expectsFaults: true });
    const reply = await desk.flow.released('Approved words.');
    forgeSealed(desk, 'reply.revised', (revision) => ({
      ...revision,
      content: change(revision.content as JsonObject),
    }));
    await expectBlocked(desk, reply, 'another hash than was approved');
    expect(channel.calls).toEqual([]);
    expect(story(desk, reply)).toEqual([]);
  });

  test.each<[string, Partial<ChannelAdapter>]>([
    ['changes a word', { complete: (payload) => ({ ...payload, text: OTHER, postedAt: '2026-03-02T10:00:00.000Z' }) }],
    ['leaves something out', { complete: ({ text, language }) => ({ text: text ?? '', language: language ?? '' }) }],
  ])('when completing the payload %s', async (_what, change) => {
    const channel = new FaultyChannel();
    const desk = await deskForTest({
      expectsFaults: true,
      channels: (usual) => (entry) => ({ ...channel.channels(usual)(entry), ...change }),
    });
    const reply = await desk.flow.released('Approved words.');
    await expectBlocked(desk, reply, 'not what was approved');
    expect(channel.calls).toEqual([]);
  });

  test.each<[string, (sealed: JsonObject) => JsonObject]>([
    ['text', (sealed) => ({ ...sealed, payload: { ...(sealed.payload as JsonObject), text: OTHER } })],
    [
      'time',
      (sealed) => ({ ...sealed, payload: { ...(sealed.payload as JsonObject), postedAt: '2026-01-01T00:00:00.000Z' } }),
    ],
    ['account', (sealed) => ({ ...sealed, account: 'another' })],
  ])('again whose %s is not that of the first attempt', async (_what, change) => {
    const { desk, channel } = await publishingDesk({ expectsFaults: true });
    const reply = await desk.flow.released('Approved words.');
    channel.plan.publish.push('offline');
    await desk.settle();
    forgeSealed(desk, 'publication.attempted', change);
    await expectBlocked(desk, reply, '');
    expect(channel.count('publish')).toBe(1);
    await desk.restart();
    await desk.settle();
    expect(await desk.flow.state(reply)).toBe('published');
    expect(await desk.flow.ours()).toEqual(['Approved words.']);
  });

  test.each(['reply.approved', 'reply.released', 'reply.submitted'])(
    'when the signature of %s does not hold in the files',
    async (type) => {
      const { desk, channel } = await publishingDesk({ expectsFaults: true });
      const reply = await desk.flow.released();
      const { journal } = desk.host.desk;
      const read = journal.read.bind(journal);
      journal.read = (seq) => {
        const record = read(seq);
        if (record.type !== type || !record.sig) return record;
        const value = Buffer.from(record.sig.value, 'base64');
        value[3] = (value[3] ?? 0) ^ 1;
        return { ...record, sig: { ...record.sig, value: value.toString('base64') } };
      };
      await expectBlocked(desk, reply, 'signature');
      expect(channel.calls).toEqual([]);
    },
  );

  test('when a review’s approval is not in the journal, whatever the tables say', async () => {
    const { desk, channel } = await publishingDesk({ expectsFaults: true });
    const reply = await desk.flow.released();
    const { journal } = desk.host.desk;
    const placesOf = journal.placesOf.bind(journal);
    journal.placesOf = (subject) =>
      placesOf(subject).filter((seq) => {
        const { type, data } = journal.read(seq);
        return type !== 'reply.approved' || data.review !== 'legal';
      });
    await expectBlocked(desk, reply, 'breaks a rule');
    expect(channel.calls).toEqual([]);
  });
});

describe('what is in the outbox when its turn comes', () => {
  test('is sent only if it still waits: a recall in between takes it out, and it can come back', async () => {
    const { desk, channel } = await publishingDesk();
    const { agnes } = desk.people;
    await desk.flow.released('First.');
    const second = await desk.flow.released('Second.');
    channel.beforePublish = async () => {
      channel.beforePublish = () => undefined;
      await agnes.desk.reply.recall({ ...(await desk.flow.target(second)), reason: 'A better one.' });
    };
    await desk.settle();
    expect(channel.count('publish')).toBe(1);
    expect(story(desk, second)).toEqual([]);
    await desk.flow.submit(second);
    await desk.flow.approveAll(second);
    await desk.flow.release(second);
    await desk.settle();
    expect(await desk.flow.ours()).toContain('Second.');
  });

  test('is not fired by a late approval when it had been scheduled on an earlier one', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, new Date(desk.clock.now() + 30 * HOUR).toISOString());
    await desk.pass(24 * HOUR);
    expect(await desk.flow.state(reply)).toBe('inReview');
    await desk.flow.approveAll(reply);
    await desk.pass(6 * HOUR);
    await desk.pass(10 * MINUTE);
    expect(await desk.flow.view(reply)).toMatchObject({ state: 'approved', scheduledFor: null, publication: null });
    expect(channel.calls).toEqual([]);
  });

  test('is not fired by a new approval when it had been released on one that ran out', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.usual.publish = 'offline';
    for (let hour = 0; hour < 25; hour += 1) await desk.pass(HOUR);
    const sent = channel.count('publish');
    expect(await desk.flow.state(reply)).toBe('inReview');
    channel.heal();
    await desk.flow.approveAll(reply);
    await desk.pass(LONG);
    expect([channel.count('publish'), await desk.flow.state(reply)]).toEqual([sent, 'approved']);
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test('waits while a leap of the clock is not confirmed, also when the outbox is the first to see it', async () => {
    const { desk, channel } = await publishingDesk();
    await desk.flow.approvedPolicy(policyWith({ approvalValidityHours: 72 }));
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, new Date(desk.clock.now() + 25 * HOUR).toISOString());
    desk.clock.leap(25 * HOUR);
    await desk.runOutbox();
    expect(channel.calls).toEqual([]);
    expect(desk.records().at(-1)?.type).toBe('clock.jumped');
    await desk.people.agnes.desk.reply.retryNow({ reply });
    expect(channel.calls).toEqual([]);
    await desk.people.ada.desk.desk.confirmClock({ commandId: desk.command() });
    await desk.runOutbox();
    expect(await desk.flow.state(reply)).toBe('published');
  });
});
