import { describe, expect, test } from 'vitest';
import { LONG, publicationOf, publicationRecords, publicPosts, publishingDesk, story } from './publishing-desk.ts';

describe('the readback', () => {
  test('that shows what was approved is recorded as the same', async () => {
    const { desk } = await publishingDesk();
    const reply = await desk.flow.published('Exactly this.');
    const { data } = publicationRecords(desk, reply).at(-1) ?? {};
    const attempted = publicationRecords(desk, reply)[0]?.data as { payloadHash: string };
    expect(data).toMatchObject({ outcome: 'same', observedHash: attempted.payloadHash });
  });

  test.each<[string, Partial<Record<'text' | 'language' | 'at', string>>]>([
    ['another word', { text: 'Exactly that.' }],
    ['another language', { language: 'de' }],
    ['another time', { at: '2026-03-01T00:00:00.000Z' }],
  ])('that shows %s is recorded as drifted, and what is public is kept', async (_what, change) => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released('Exactly this.');
    channel.plan.read.push('offline');
    await desk.settle();
    const [post] = publicPosts(desk);
    if (!post) throw new Error('nothing is public');
    const { text, language, at } = post;
    const { network } = desk.host.desk;
    network.edit(post.id, { text, language: language ?? '', at, ...change });
    await desk.pass(LONG);
    const publication = await publicationOf(desk, reply);
    expect(publication.readback).toMatchObject({ outcome: 'drifted', observedText: change.text ?? 'Exactly this.' });
    expect((await desk.flow.view(reply)).waiting).toMatchObject({ act: 'lookAt', onMe: true });
  });

  test('that shows nothing is recorded as gone', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.plan.read.push('offline');
    await desk.settle();
    for (const { id } of publicPosts(desk)) desk.host.desk.network.remove(id);
    await desk.pass(LONG);
    expect(publicationRecords(desk, reply).at(-1)?.data).toMatchObject({ outcome: 'gone', observedHash: null });
    expect((await publicationOf(desk, reply)).readback?.outcome).toBe('gone');
    expect(channel.count('publish')).toBe(1);
  });

  test('that fails is made again until it tells, also after a restart, and sends nothing', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.released();
    channel.usual.read = 'requestLost';
    await desk.settle();
    for (let turn = 0; turn < 3; turn += 1) await desk.pass(LONG);
    await desk.restart();
    await desk.settle();
    expect(story(desk, reply)).toEqual(['attempted', 'succeeded']);
    expect(channel.count('read')).toBe(5);
    channel.heal();
    await desk.pass(LONG);
    expect(story(desk, reply)).toEqual(['attempted', 'succeeded', 'observed']);
    expect(channel.count('publish')).toBe(1);
  });

  test('of a correction and of a take-down is against what they were approved to do', async () => {
    const { desk, channel } = await publishingDesk();
    const reply = await desk.flow.published('Open until eight.');
    for (const operation of ['correct', 'takeDown'] as const) {
      await desk.flow.write(reply, operation === 'correct' ? 'Open until nine.' : '', { operation });
      await desk.flow.submit(reply);
      await desk.flow.approveAll(reply);
      await desk.flow.release(reply);
      channel.plan.publish.push('answerLost');
      channel.plan.remove.push('answerLost');
      await desk.settle();
      await desk.pass(LONG);
      expect((await publicationOf(desk, reply)).readback).toMatchObject({ outcome: 'same' });
      expect(await desk.flow.ours()).toEqual(operation === 'correct' ? ['Open until nine.'] : []);
      channel.heal();
    }
    expect(await desk.flow.state(reply)).toBe('takenDown');
  });
});
