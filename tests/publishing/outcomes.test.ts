import { describe, expect, test, vi } from 'vitest';
import { whyRefused } from '../core/refusal.ts';
import { HOUR, MINUTE } from '../core/test-clock.ts';
import { RETRY_AFTER, type Fault } from './faulty-channel.ts';
import { LONG, publicationOf, publicationRecords, publicPosts, publishingDesk, story } from './publishing-desk.ts';

describe('when nothing was made', () => {
  test('a refusal gives the reply back, says why, and nothing more is tried', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.publish.push('refused');
    await desk.settle();
    expect(await desk.flow.state(reply)).toBe('approved');
    expect(publicationRecords(desk, reply).at(-1)?.data).toMatchObject({
      cause: 'refused',
      isFinal: true,
      retryAt: null,
    });
    await desk.pass(10 * HOUR);
    expect(channel.count('publish')).toBe(1);
    expect(publicPosts(desk)).toEqual([]);
  });

  test('the channel’s Retry-After is kept to the millisecond', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.publish.push('rateLimited');
    await desk.settle();
    const retryAt = new Date(desk.clock.now() + RETRY_AFTER).toISOString();
    expect(await publicationOf(desk, reply)).toMatchObject({ state: 'backingOff', cause: 'rateLimited', retryAt });
    await desk.pass(RETRY_AFTER - 1);
    expect(channel.count('publish')).toBe(1);
    await desk.pass(1);
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test('is tried again at once when the clock that set the wait was corrected', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    desk.clock.leap(3 * HOUR);
    channel.plan.publish.push('offline');
    await desk.settle();
    expect(await publicationOf(desk, reply)).toMatchObject({ state: 'backingOff' });
    desk.clock.leap(-3 * HOUR);
    const newest = desk.records().at(-1)?.at ?? '';
    await desk.people.ada.desk.desk.correctClock({ ...desk.flow.signed(), newest, reason: 'It stood ahead.' });
    await desk.settle();
    expect(await desk.flow.state(reply)).toBe('published');
    expect(publicPosts(desk)).toHaveLength(1);
  });

  test('without a network it stays, says when it tries again, and tries at ever longer intervals', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.usual.publish = 'offline';
    await desk.settle();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const { state, cause, attempts, retryAt } = await publicationOf(desk, reply);
      expect({ state, cause, attempts }).toEqual({ state: 'backingOff', cause: 'offline', attempts: attempt });
      const wait = Date.parse(retryAt ?? '') - desk.clock.now();
      waits.push(wait);
      await desk.pass(wait - 1);
      expect(channel.count('publish')).toBe(attempt);
      await desk.pass(1);
      expect(channel.count('publish')).toBe(attempt + 1);
    }
    expect(waits).toEqual([10_000, 30_000, 120_000, 600_000, 1_800_000, 1_800_000, 1_800_000]);
    channel.heal();
    await desk.pass(LONG);
    expect(await desk.flow.state(reply)).toBe('published');
    expect(publicPosts(desk)).toHaveLength(1);
    expect(channel.count('find')).toBe(0);
  });

  test('a person may have it tried at once, and only what waits for its next try', async () => {
    const { desk, channel } = await publishingDesk();
    const { agnes, pat } = desk.people;
    const reply = await desk.flow.released();
    channel.plan.publish.push('offline');
    await desk.settle();
    await agnes.desk.reply.retryNow({ reply });
    expect(await desk.flow.state(reply)).toBe('published');
    await agnes.desk.reply.retryNow({ reply });
    expect(channel.count('publish')).toBe(1 + 1);
    const scheduled = await desk.flow.approved();
    await desk.flow.schedule(scheduled, new Date(desk.clock.now() + HOUR).toISOString());
    await pat.desk.reply.retryNow({ reply: scheduled });
    expect(channel.count('publish')).toBe(2);
    expect(await desk.flow.state(scheduled)).toBe('scheduled');
  });

  test.each(['uma', 'leo', 'ada'] as const)('%s, who may not release, may not have it tried either', async (who) => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    expect(await whyRefused(desk.people[who].desk.reply.retryNow({ reply }))).toBe('FORBIDDEN roleMayNot');
    expect(channel.calls).toEqual([]);
    expect(story(desk, reply)).toEqual([]);
  });

  test('one reply’s trouble holds up no other', async () => {
    const { desk, channel } = await publishingDesk();
    const first = await desk.flow.released('First.');
    const second = await desk.flow.released('Second.');
    const third = await desk.flow.released('Third.');
    channel.plan.publish.push('offline', 'requestLost', 'none');
    await desk.settle();
    expect(await Promise.all([first, second, third].map((reply) => desk.flow.state(reply)))).toEqual([
      'publishing',
      'publishing',
      'published',
    ]);
  });
});

describe('when the outcome is not known', () => {
  test.each<[Fault, string]>([
    ['answerLost', 'timeout'],
    ['errorAfterwards', 'serverError'],
    ['garbage', 'serverError'],
    ['badReceipt', 'serverError'],
  ])('%s: it is looked up before anything else, and what is found has succeeded', async (fault, cause) => {
    const { desk, channel } = await publishingDesk({ expectsFaults: ['garbage', 'badReceipt'].includes(fault) });
    const reply = await desk.flow.released();
    channel.plan.publish.push(fault);
    await desk.settle();
    expect(story(desk, reply)).toEqual(['attempted', 'unknown']);
    const publication = await publicationOf(desk, reply);
    expect(publication).toMatchObject({ state: 'reconciling', cause, needsPerson: false });
    expect(publication.retryAt).toBe(new Date(desk.clock.now() + 2_000).toISOString());
    await desk.pass(1_999);
    expect(channel.calls.map(({ method }) => method)).toEqual(['publish']);
    await desk.pass(1);
    expect(channel.calls.map(({ method }) => method)).toEqual(['publish', 'find', 'read']);
    expect(publicationRecords(desk, reply).at(-2)?.data).toMatchObject({ wasFound: true });
    expect(story(desk, reply)).toEqual(['attempted', 'unknown', 'succeeded', 'observed']);
    expect(publicPosts(desk)).toHaveLength(1);
    expect(await publicationOf(desk, reply)).toMatchObject({ state: 'succeeded', attempts: 1 });
  });

  test('what is certainly not there is sent once more under the same key', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.publish.push('requestLost');
    await desk.settle();
    await desk.pass(2_000);
    expect(channel.calls.map(({ method }) => method)).toEqual(['publish', 'find', 'publish', 'read']);
    expect(new Set(channel.calls.slice(0, 3).map(({ payload, key }) => `${String(key)} ${String(payload)}`)).size).toBe(
      1,
    );
    expect(story(desk, reply)).toEqual(['attempted', 'unknown', 'failed', 'attempted', 'succeeded', 'observed']);
    expect(publicationRecords(desk, reply)[2]?.data).toMatchObject({ cause: 'absent', wasLookedUp: true });
    expect(publicPosts(desk)).toHaveLength(1);
  });

  test('while the channel cannot be looked at, nothing is sent', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.publish.push('answerLost');
    channel.usual.find = 'offline';
    await desk.settle();
    for (let turn = 0; turn < 6; turn += 1) await desk.pass(LONG);
    expect([channel.count('publish'), channel.count('find')]).toEqual([1, 6]);
    expect(await publicationOf(desk, reply)).toMatchObject({ state: 'reconciling', needsPerson: false });
    channel.heal();
    await desk.pass(LONG);
    expect(await desk.flow.state(reply)).toBe('published');
    expect(publicPosts(desk)).toHaveLength(1);
  });

  test('a channel that shows late what it has made still has one post: the key is the same', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.publish.push('errorAfterwards', 'answerLost');
    channel.plan.find.push('blind', 'blind');
    await desk.settle();
    for (let turn = 0; turn < 4; turn += 1) await desk.pass(LONG);
    expect(channel.count('publish')).toBe(3);
    expect(publicPosts(desk)).toHaveLength(1);
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test('a channel that never answers is given up, looked at, and holds up nothing for ever', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released('Into the void.');
    const next = await desk.flow.released('The next one.');
    channel.plan.publish.push('silent');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const settled = desk.settle();
    while (channel.count('publish') === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(180_000);
    vi.useRealTimers();
    await settled;
    expect(story(desk, reply)).toEqual(['attempted', 'unknown']);
    expect(await desk.flow.state(next)).toBe('published');
    await desk.pass(MINUTE);
    expect(await desk.flow.state(reply)).toBe('published');
    expect(publicPosts(desk)).toHaveLength(2);
  });
});

describe('when the outcome is not known and the channel has no keys', () => {
  const unknown = async (fault: Fault) => {
    const { desk, channel } = await publishingDesk();
    channel.hasKeys = false;
    const reply = await desk.flow.released('Only a person can tell.');
    channel.plan.publish.push(fault);
    channel.usual.find = 'blind';
    await desk.settle();
    for (let turn = 0; turn < 4; turn += 1) await desk.pass(LONG);
    return { desk, channel, reply };
  };

  test.each<Fault>(['answerLost', 'requestLost'])(
    '%s: it waits for a person and is never sent again by itself',
    async (fault) => {
      const { desk, channel, reply } = await unknown(fault);
      expect(channel.count('publish')).toBe(1);
      expect(channel.count('find')).toBeGreaterThan(1);
      expect(await publicationOf(desk, reply)).toMatchObject({ state: 'reconciling', needsPerson: true });
      expect((await desk.flow.view(reply)).waiting).toMatchObject({ act: 'reconcile', onMe: true });
      await desk.restart();
      await desk.pass(LONG);
      await desk.people.agnes.desk.reply.retryNow({ reply });
      expect(channel.count('publish')).toBe(1);
    },
  );

  test('that it is there is said by a person, with where', async () => {
    const { desk, channel, reply } = await unknown('answerLost');
    const [post] = publicPosts(desk);
    const target = { ...(await desk.flow.target(reply)), ...desk.flow.signed() };
    const address = `practice://posts/${String(post?.id)}`;
    await desk.people.agnes.desk.reply.confirmByHand({ ...target, isThere: true, address });
    await desk.settle();
    expect(await publicationOf(desk, reply)).toMatchObject({
      state: 'succeeded',
      receipt: { address },
      readback: { outcome: 'same' },
    });
    expect(channel.count('publish')).toBe(1);
  });

  test('that it is not there is said by a person, and the same bytes are sent', async () => {
    const { desk, channel, reply } = await unknown('requestLost');
    const target = { ...(await desk.flow.target(reply)), ...desk.flow.signed() };
    await desk.people.agnes.desk.reply.confirmByHand({ ...target, isThere: false, address: '' });
    await desk.settle();
    const [first, second] = channel.calls.filter(({ method }) => method === 'publish');
    expect(second?.payload).toBe(first?.payload);
    expect(await desk.flow.state(reply)).toBe('published');
    expect(publicPosts(desk)).toHaveLength(1);
  });

  test('while publishing is paused a person’s word sends nothing', async () => {
    const { desk, channel, reply } = await unknown('requestLost');
    await desk.flow.pause();
    const target = { ...(await desk.flow.target(reply)), ...desk.flow.signed() };
    expect((await desk.flow.view(reply)).waiting.act).toBe('reconcile');
    await desk.people.agnes.desk.reply.confirmByHand({ ...target, isThere: false, address: '' });
    await desk.pass(LONG);
    expect(channel.count('publish')).toBe(1);
    expect((await desk.flow.view(reply)).waiting.act).toBe('release');
  });
});
