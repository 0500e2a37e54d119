import { describe, expect, test } from 'vitest';
import { canonicalText } from '#workflows/journal/canonical.ts';
import { sealedPayloadSchema } from '#workflows/publication/publication.records.ts';
import { hashOf } from '#main/publishing/parcel.ts';
import { readRecords } from '../core/journal-files.ts';
import type { Fault } from './faulty-channel.ts';
import { LONG, publicationOf, publicationRecords, publicPosts, publishingDesk, story } from './publishing-desk.ts';
import { watchedStorage } from '../journal/watched-storage.ts';
import { HOUR, MINUTE } from '../core/test-clock.ts';

describe('an attempt', () => {
  test('is durable with the complete payload and its key before the network is touched', async () => {
    const watched = watchedStorage();
    const { desk, channel } = await publishingDesk({ storage: watched.storage });
    const reply = await desk.flow.released('Every word of it.');
    const seen: string[] = [];
    channel.beforePublish = (payload, key) => {
      const disk = watched.calls.filter(({ operation, name }) => name.endsWith('.jsonl') && operation !== 'open');
      expect(disk.at(-1)).toMatchObject({ operation: 'flush' });
      const attempted = readRecords(desk.folder).at(-1);
      if (attempted?.type !== 'publication.attempted') throw new Error('no attempt is in the files');
      const sealed = desk.host.desk.seals.open(attempted, sealedPayloadSchema);
      expect(sealed?.payload).toEqual(payload);
      expect(payload).toMatchObject({ text: 'Every word of it.', postedAt: desk.clock.time() });
      expect(attempted.data).toMatchObject({ reply, key, payloadHash: hashOf(payload) });
      expect(key).not.toBeNull();
      seen.push(canonicalText(payload));
    };
    await desk.settle();
    expect(seen).toHaveLength(1);
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test('that cannot be recorded is not made: a full disk sends nothing, and is tried again', async () => {
    const watched = watchedStorage();
    const { desk, channel } = await publishingDesk({ storage: watched.storage, expectsFaults: true });
    const reply = await desk.flow.released();
    watched.intercept = ({ operation }) =>
      operation === 'write' ? { written: 0, error: Object.assign(new Error('full'), { code: 'ENOSPC' }) } : undefined;
    await desk.settle();
    await desk.settle();
    expect(channel.calls).toEqual([]);
    expect(desk.faults()).toHaveLength(1);
    watched.intercept = () => undefined;
    await desk.pass(2_000);
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test('whose time has run out between the record and the request is not sent, and made anew', async () => {
    const watched = watchedStorage();
    const { desk, channel } = await publishingDesk({ storage: watched.storage });
    const reply = await desk.flow.released();
    watched.intercept = ({ operation, name }) => {
      if (operation === 'flush' && name.endsWith('.jsonl')) desk.clock.advance(10_001);
      return undefined;
    };
    await desk.settle();
    watched.intercept = () => undefined;
    expect(channel.calls).toEqual([]);
    expect(story(desk, reply)).toEqual(['attempted', 'failed']);
    await desk.pass(MINUTE);
    expect(channel.count('publish')).toBe(1);
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test.each<[Fault, number]>([
    ['offline', 4],
    ['rateLimited', 3],
    ['requestLost', 3],
  ])('sends the very same bytes under the same key every time: %s', async (fault, times) => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.publish.push(...Array<Fault>(times).fill(fault));
    await desk.settle();
    for (let turn = 0; turn < 3 * times; turn += 1) {
      await desk.pass(LONG);
      if (turn === 1) await desk.restart();
    }
    expect(await desk.flow.state(reply)).toBe('published');
    const sent = channel.calls.filter(({ method }) => method === 'publish');
    expect(sent).toHaveLength(times + 1);
    expect(new Set(sent.map(({ payload, key }) => `${String(key)} ${String(payload)}`)).size).toBe(1);
    const attempts = publicationRecords(desk, reply).filter(({ type }) => type === 'publication.attempted');
    expect(attempts.map(({ data }) => data.attempt)).toEqual(sent.map((_, index) => index + 1));
    expect(publicPosts(desk)).toHaveLength(1);
  });

  test('after a final refusal and another release goes on under the same key with the same bytes', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.publish.push('refused');
    await desk.settle();
    expect(await desk.flow.state(reply)).toBe('approved');
    desk.clock.advance(MINUTE);
    await desk.flow.release(reply);
    await desk.settle();
    const [first, second] = channel.calls.filter(({ method }) => method === 'publish');
    expect([second?.payload, second?.key]).toEqual([first?.payload, first?.key]);
    expect(await publicationOf(desk, reply)).toMatchObject({ state: 'succeeded', attempts: 2 });
  });

  test('of another revision has another key', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released('The first words.');
    channel.plan.publish.push('offline');
    await desk.settle();
    await desk.people.agnes.desk.reply.recall({
      ...(await desk.flow.target(reply)),
      reason: 'Better words are wanted.',
    });
    await desk.flow.write(reply, 'Other words.');
    await desk.flow.submit(reply);
    await desk.flow.approveAll(reply);
    await desk.flow.release(reply);
    await desk.pass(HOUR);
    const keys = channel.calls.filter(({ method }) => method === 'publish').map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(await desk.flow.ours()).toEqual(['Other words.']);
  });
});
