import { describe, expect, test } from 'vitest';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import { LONG, publicPosts, publishingDesk } from '../publishing/publishing-desk.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import type { Who } from './roster.ts';

const MINUTE = 60_000;

/** Ids of a queue as somebody sees it, in its order. */
const idsIn = async (desk: TestDesk, who: Who, queue: Queue): Promise<string[]> =>
  (await desk.people[who].desk.reply.list({ queue })).items.map(({ id }) => id);

describe('a queue', () => {
  test('has what is due first first, and what is answered last', async () => {
    const desk = await deskForTest();
    const answered = await desk.flow.published();
    const written: string[] = [];
    for (const words of ['One', 'Two', 'Three']) {
      desk.clock.advance(MINUTE);
      written.push(await desk.flow.inReview(words));
    }
    expect(await idsIn(desk, 'agnes', 'open')).toEqual([...written, answered]);
  });

  test('has a published reply among those that press, once its text has drifted', async () => {
    const { desk, channel } = await publishingDesk();
    const drifted = await desk.flow.released('Exactly this.');
    channel.plan.read.push('offline');
    await desk.settle();
    const [post] = publicPosts(desk);
    if (!post) throw new Error('nothing is public');
    const { id, language, at } = post;
    desk.host.desk.network.edit(id, { text: 'Exactly that.', language: language ?? '', at });
    await desk.pass(LONG);
    desk.clock.advance(MINUTE);
    const later = await desk.flow.inReview();
    expect(await idsIn(desk, 'agnes', 'open')).toEqual([drifted, later]);
  });

  test('counts what its list holds, for everybody and every queue', async () => {
    const desk = await deskForTest();
    await desk.flow.captured();
    await desk.flow.drafted();
    await desk.flow.inReview();
    await desk.flow.approved();
    await desk.flow.published();
    for (const { desk: window } of Object.values(desk.people)) {
      const { queues } = await window.desk.overview();
      for (const { queue, count } of queues) expect((await window.reply.list({ queue })).total, queue).toBe(count);
    }
  });

  test('waits on those who can take the next step, and on nobody else', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.inReview();
    const waitsOn = async (): Promise<Who[]> => {
      const everybody = Object.keys(desk.people) as Who[];
      const seen = await Promise.all(
        everybody.map(async (who) => ((await idsIn(desk, who, 'waitingOnMe')).includes(reply) ? [who] : [])),
      );
      return seen.flat().sort();
    };
    expect(await waitsOn()).toEqual(['carl', 'cleo', 'kay', 'lena', 'leo']);
    await desk.flow.approve(reply, desk.people.kay, 'comms');
    expect(await waitsOn()).toEqual(['lena', 'leo']);
    await desk.flow.approve(reply, desk.people.leo, 'legal');
    expect(await waitsOn()).toEqual(['agnes', 'pat']);
  });

  test('is given a page at a time, with its whole length', async () => {
    const desk = await deskForTest();
    for (let count = 0; count < 5; count += 1) {
      desk.clock.advance(MINUTE);
      await desk.flow.captured(`Post ${String(count)}`);
    }
    const all = await idsIn(desk, 'agnes', 'open');
    const page = await desk.people.agnes.desk.reply.list({ queue: 'open', page: { offset: 3, limit: 10 } });
    expect(page.total).toBe(5);
    expect(page.items.map(({ id }) => id)).toEqual(all.slice(3));
  });

  test('is searched by the customer, by their words and by ours, in any case', async () => {
    const desk = await deskForTest();
    const posted = await desk.flow.captured('Where is the WARDROBE?', 'wanda.example');
    const answered = await desk.flow.drafted('The parcel is on its way.');
    const found = async (search: string) =>
      (await desk.people.agnes.desk.reply.list({ queue: 'open', search })).items.map(({ id }) => id);
    expect(await found('wanda')).toEqual([posted]);
    expect(await found('wardrobe')).toEqual([posted]);
    expect(await found('ON ITS way')).toEqual([answered]);
    expect(await found('no such word')).toEqual([]);
  });
});
