import { describe, expect, test } from 'vitest';
import { ulid } from 'ulid';
import type { ChannelId, ReplyId } from '#workflows/identifiers.ts';
import { CHANNEL_HANDLE } from './base-workspace.ts';
import { deskForTest } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { MINUTE } from './test-clock.ts';

describe('capturing a post', () => {
  test('opens a reply with the post as it was, due by the channel’s promise from when it was posted', async () => {
    const desk = await deskForTest();
    const postedAt = desk.clock.time();
    const { address } = await desk.flow.post('Where is\nmy  parcel? 📦');
    await desk.pass(7 * MINUTE);
    const { subject } = await desk.people.agnes.desk.mention.capture({ commandId: desk.command(), address });
    const view = await desk.flow.view(subject as ReplyId);
    expect(view).toMatchObject({
      state: 'triage',
      serviceLevel: 'onTime',
      capturedFrom: 'channel',
      post: { text: 'Where is\nmy  parcel? 📦', handle: 'sam.example', address, at: postedAt, isOurs: false },
      acknowledgeBy: new Date(Date.parse(postedAt) + 30 * MINUTE).toISOString(),
      dueAt: new Date(Date.parse(postedAt) + 60 * MINUTE).toISOString(),
    });
    expect(view.captureHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('keeps the posts above it, the oldest first', async () => {
    const desk = await deskForTest();
    const { flow } = desk;
    const first = await flow.post('First', 'ann.example');
    const second = await flow.post('Second', 'bob.example', first.id);
    const third = await flow.post('Third', 'cat.example', second.id);
    const { subject } = await desk.people.agnes.desk.mention.capture({
      commandId: desk.command(),
      address: third.address,
    });
    const { thread } = await flow.view(subject as ReplyId);
    expect(thread.map(({ handle, text }) => [handle, text])).toEqual([
      ['ann.example', 'First'],
      ['bob.example', 'Second'],
    ]);
  });

  test('is refused the second time, and looking it up names the reply that is there', async () => {
    const desk = await deskForTest();
    const { agnes, cleo } = desk.people;
    const { address } = await desk.flow.post();
    const { subject } = await agnes.desk.mention.capture({ commandId: desk.command(), address });
    expect(await whyRefused(cleo.desk.mention.capture({ commandId: desk.command(), address }))).toBe(
      'INVALID_INPUT alreadyCaptured',
    );
    expect((await cleo.desk.mention.lookUp({ address })).existing).toBe(subject);
  });

  test('opens one reply when two people capture the same post at once', async () => {
    const desk = await deskForTest();
    const { agnes, ben } = desk.people;
    const { address } = await desk.flow.post();
    const outcomes = await outcomesOf(
      [agnes, ben].map((person) => person.desk.mention.capture({ commandId: desk.command(), address })),
    );
    expect(outcomes.sort()).toEqual(['INVALID_INPUT alreadyCaptured', 'done']);
    expect((await agnes.desk.reply.list({ queue: 'open' })).total).toBe(1);
  });

  test('records nothing when a post is only looked up', async () => {
    const desk = await deskForTest();
    const { address } = await desk.flow.post('Hello?');
    const before = desk.size;
    const seen = await desk.people.leo.desk.mention.lookUp({ address });
    expect(seen).toMatchObject({ channel: desk.channel, post: { text: 'Hello?' }, existing: null, pictures: 0 });
    expect(desk.size).toBe(before);
  });

  test('says which places the desk reads, and when there is no such post', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const capture = (address: string) => agnes.desk.mention.capture({ commandId: desk.command(), address });
    const foreign = await refusalOf(capture('https://elsewhere.example/posts/1'));
    expect(foreign).toMatchObject({
      code: 'INVALID_INPUT',
      reason: 'addressOfNoChannel',
      values: { channels: ['Practice'] },
    });
    const missing = 'practice://posts/00000000-0000-0000-0000-000000000000';
    expect((await refusalOf(capture(missing))).code).toBe('INVALID_INPUT');
    expect(desk.typesFrom(0)).not.toContain('reply.opened');
  });

  test.each(['pat', 'uma', 'ada'] as const)('is not for %s, and the refusal names who can', async (who) => {
    const desk = await deskForTest();
    const { address } = await desk.flow.post();
    const refused = await refusalOf(desk.people[who].desk.mention.capture({ commandId: desk.command(), address }));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', reason: 'roleMayNot' });
    expect(refused.values.who).toEqual(expect.arrayContaining(['Agnes', 'Ben', 'Cleo', 'Leo']));
  });

  test('takes in by hand what a person types, and says so', async () => {
    const desk = await deskForTest();
    const { subject } = await desk.people.agnes.desk.mention.captureByHand({
      commandId: desk.command(),
      channel: desk.channel,
      address: 'https://forum.example/t/17',
      handle: 'phone caller',
      text: 'I was told to write here.',
      at: desk.clock.time(),
      language: '',
    });
    expect(await desk.flow.view(subject as ReplyId)).toMatchObject({
      capturedFrom: 'byHand',
      post: {
        handle: 'phone caller',
        text: 'I was told to write here.',
        address: 'https://forum.example/t/17',
        language: null,
      },
    });
  });

  test('on a channel that is not there is refused', async () => {
    const desk = await deskForTest();
    const typed = { address: '', handle: 'sam', text: 'Hello', at: desk.clock.time(), language: 'en' };
    const work = desk.people.agnes.desk.mention.captureByHand({
      commandId: desk.command(),
      channel: `channel/${ulid()}`,
      ...typed,
    });
    expect(await whyRefused(work)).toBe('NOT_FOUND channelNotFound');
  });

  test('knows a customer again by their account, and shows their earlier matters', async () => {
    const desk = await deskForTest();
    const first = await desk.flow.captured('The first time', 'sam.example');
    await desk.pass(MINUTE);
    const other = await desk.flow.captured('Somebody else', 'ann.example');
    const second = await desk.flow.captured('The second time', 'sam.example');
    expect((await desk.flow.view(second)).earlier.map(({ id, excerpt }) => [id, excerpt])).toEqual([
      [first, 'The first time'],
    ]);
    expect((await desk.flow.view(other)).earlier).toEqual([]);
  });
});

describe('the practice network', () => {
  test('takes no post in the company’s own name from whoever practises', async () => {
    const desk = await deskForTest();
    for (const handle of [CHANNEL_HANDLE, `@${CHANNEL_HANDLE}`, CHANNEL_HANDLE.toUpperCase()]) {
      expect(await whyRefused(desk.flow.post('We are great', handle))).toBe('INVALID_INPUT notAsOurselves');
    }
  });

  test('says of each post to which reply it belongs: the one opened for it, or the one that it is', async () => {
    const desk = await deskForTest();
    const loose = await desk.flow.post('Nobody has seen this yet', 'ann.example');
    const reply = await desk.flow.published('We are sorry.');
    const { posts } = await desk.people.uma.desk.practice.threads({ channel: null });
    const found = posts.map(({ text, isOurs, reply: of }) => [text, isOurs, of]);
    expect(found).toContainEqual(['We are sorry.', true, reply]);
    expect(found).toContainEqual(['Where is my parcel?', false, reply]);
    expect(posts.find(({ id }) => id === loose.id)).toMatchObject({ reply: null, isOurs: false });
  });

  test('takes no answer below a post of another channel', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const elsewhere = await ada.desk.channel.add({
      commandId: desk.command(),
      channel: {
        kind: 'sandbox',
        name: 'Elsewhere',
        handle: 'acme.elsewhere',
        limits: { graphemes: null, bytes: null },
        promise: { acknowledgeMinutes: 5, answerMinutes: 10 },
      },
    });
    const { id } = await desk.flow.post();
    const channel = elsewhere.subject as ChannelId;
    const work = agnes.desk.practice.post({ channel, handle: 'ann', text: 'Me too', language: '', parent: id });
    expect(await whyRefused(work)).toBe('NOT_FOUND postNotFound');
  });

  test('may be posted on by everybody but auditors', async () => {
    const desk = await deskForTest();
    const { threads, post } = desk.people.uma.desk.practice;
    const seen = await threads({ channel: null });
    expect(seen).toMatchObject({ mayPost: false, mayTakeIn: false });
    const work = post({ channel: desk.channel, handle: 'ann', text: 'Hello', language: '', parent: null });
    expect(await whyRefused(work)).toBe('FORBIDDEN roleMayNot');
    expect(await desk.people.agnes.desk.practice.threads({ channel: null })).toMatchObject({
      mayPost: true,
      mayTakeIn: true,
    });
    expect(await desk.people.pat.desk.practice.threads({ channel: null })).toMatchObject({
      mayPost: true,
      mayTakeIn: false,
    });
  });
});
