import { describe, expect, test } from 'vitest';
import type { ChannelInput } from '#workflows/contract/channel.contract.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import { FaultyChannel } from '../publishing/faulty-channel.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { ROSTER } from './roster.ts';
import { HOUR } from './test-clock.ts';

const PROMISE = { acknowledgeMinutes: 30, answerMinutes: 60 };

const SECOND: ChannelInput = {
  kind: 'sandbox',
  name: 'Second',
  handle: 'acme.second',
  limits: { graphemes: 20, bytes: null },
  promise: { acknowledgeMinutes: 5, answerMinutes: 10 },
};

const channelOf = async (desk: TestDesk, id: ChannelId) => {
  const { channels } = await desk.people.agnes.desk.channel.list();
  return channels.find((channel) => channel.id === id);
};

describe('a channel', () => {
  test('is added by an admin with its limits and its promise, and posts on it are answered there', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const { subject } = await ada.desk.channel.add({ commandId: desk.command(), channel: SECOND });
    const id = subject as ChannelId;
    expect(await channelOf(desk, id)).toMatchObject({
      name: 'Second',
      limits: { graphemes: 20, bytes: null },
      hasCredentials: true,
      isRemoved: false,
    });
    const posted = await agnes.desk.practice.post({
      channel: id,
      handle: 'sam.example',
      text: 'Hello?',
      language: 'en',
      parent: null,
    });
    const captured = await agnes.desk.mention.capture({ commandId: desk.command(), address: posted.address });
    const reply = captured.subject as `reply/${string}`;
    const view = await desk.flow.view(reply);
    expect(Date.parse(view.dueAt) - desk.clock.now()).toBe(10 * 60_000);
    await desk.flow.write(reply, 'A text of 21 letters.');
    expect(await whyRefused(desk.flow.submit(reply))).toBe('INVALID_INPUT blockingFindings');
  });

  test('is renamed; a promise that was changed counts for what is captured afterwards', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    const before = await desk.flow.captured('Before');
    const due = (await desk.flow.view(before)).dueAt;
    const { version } = (await channelOf(desk, desk.channel))!;
    await ada.desk.channel.change({
      commandId: desk.command(),
      channel: desk.channel,
      version,
      name: 'Renamed',
      promise: { acknowledgeMinutes: 5, answerMinutes: 10 },
    });
    expect((await channelOf(desk, desk.channel))?.name).toBe('Renamed');
    expect((await desk.flow.view(before)).dueAt).toBe(due);
    const after = await desk.flow.captured('After', 'ann.example');
    expect(Date.parse((await desk.flow.view(after)).dueAt) - desk.clock.now()).toBe(10 * 60_000);
  });

  test('is changed once when two admins do so at once on the same view', async () => {
    const desk = await deskForTest();
    const { ada, abe } = desk.people;
    const { version } = (await channelOf(desk, desk.channel))!;
    const change = (by: typeof ada, name: string) =>
      by.desk.channel.change({ commandId: desk.command(), channel: desk.channel, version, name, promise: PROMISE });
    const outcomes = await outcomesOf([change(ada, 'By Ada'), change(abe, 'By Abe')]);
    expect(outcomes).toEqual(['done', 'VERSION_CONFLICT changedElsewhere']);
    expect((await channelOf(desk, desk.channel))?.name).toBe('By Ada');
  });

  test('is not removed while open replies use it', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const reply = await desk.flow.captured();
    const remove = async () => {
      const { version } = (await channelOf(desk, desk.channel))!;
      return ada.desk.channel.remove({ commandId: desk.command(), channel: desk.channel, version });
    };
    expect(await refusalOf(remove())).toMatchObject({ reason: 'channelHasOpenReplies', values: { count: 1 } });
    await agnes.desk.reply.triage({
      ...(await desk.flow.target(reply)),
      outcome: 'noResponse',
      reason: 'Spam',
      until: null,
      into: null,
    });
    await remove();
    expect(await channelOf(desk, desk.channel)).toMatchObject({ isRemoved: true });
    const typed = { address: '', handle: 'sam', text: 'Hello', at: desk.clock.time(), language: 'en' };
    const work = agnes.desk.mention.captureByHand({ commandId: desk.command(), channel: desk.channel, ...typed });
    expect(await whyRefused(work)).toBe('NOT_FOUND channelNotFound');
    expect(await whyRefused(remove())).toBe('NOT_FOUND channelNotFound');
  });

  test('says when it was last published on and what waits there, to everybody', async () => {
    const desk = await deskForTest();
    expect(await channelOf(desk, desk.channel)).toMatchObject({ waiting: 0, lastPublished: null, trouble: null });
    const reply = await desk.flow.released();
    expect(await channelOf(desk, desk.channel)).toMatchObject({ waiting: 1, openReplies: 1, lastPublished: null });
    await desk.settle();
    expect(await channelOf(desk, desk.channel)).toMatchObject({
      waiting: 0,
      lastPublished: { reply, at: desk.clock.time() },
      trouble: null,
    });
  });

  test('says why its newest attempt came to nothing, until a newer one succeeds', async () => {
    const channel = new FaultyChannel();
    channel.usual.publish = 'offline';
    const desk = await deskForTest({ channels: channel.channels });
    const reply = await desk.flow.published();
    const { trouble } = (await channelOf(desk, desk.channel))!;
    expect(trouble).toMatchObject({ reply, cause: 'offline', attemptedAt: desk.clock.time() });
    expect(Date.parse(trouble!.retryAt!)).toBeGreaterThan(desk.clock.now());
    channel.heal();
    desk.clock.advance(HOUR);
    await desk.settle();
    expect(await channelOf(desk, desk.channel)).toMatchObject({ trouble: null, lastPublished: { reply } });
  });

  test('is tested by an admin without a post or a record, and its handle comes back', async () => {
    const desk = await deskForTest();
    const before = desk.records().length;
    const { handle } = (await channelOf(desk, desk.channel))!;
    expect(await desk.people.ada.desk.channel.check({ channel: desk.channel })).toMatchObject({ handle });
    expect(desk.records()).toHaveLength(before);
    expect(await desk.flow.ours()).toEqual([]);
  });

  test('names the admins who may change it', async () => {
    const desk = await deskForTest();
    const { canManage } = await desk.people.agnes.desk.channel.list();
    expect(canManage).toEqual([ROSTER.abe.name, ROSTER.ada.name].sort());
  });

  test('needs no password where it is the practice channel', async () => {
    const desk = await deskForTest();
    const work = desk.people.ada.desk.channel.renewCredentials({ channel: desk.channel, appPassword: 'x' });
    expect(await whyRefused(work)).toBe('INVALID_INPUT channelNeedsNoPassword');
  });

  test('that cannot be reached is not added, and its password is kept nowhere', async () => {
    const desk = await deskForTest();
    const work = desk.people.ada.desk.channel.add({
      commandId: desk.command(),
      channel: {
        kind: 'bluesky',
        name: 'Bluesky',
        identifier: 'acme.example',
        appPassword: 'abcd-efgh-ijkl-mnop',
        service: 'http://127.0.0.1:9',
        appView: '',
        directory: '',
        promise: PROMISE,
      },
    });
    expect(await refusalOf(work)).toMatchObject({ code: 'CHANNEL_REFUSED' });
    expect((await desk.people.ada.desk.channel.list()).channels).toHaveLength(1);
  });

  test.each(['agnes', 'cleo', 'leo', 'pat', 'uma'] as const)('is not added, changed or removed by %s', async (who) => {
    const desk = await deskForTest();
    const { channel } = desk.people[who].desk;
    const { version } = (await channelOf(desk, desk.channel))!;
    const target = { channel: desk.channel, version };
    const works = [
      channel.add({ commandId: desk.command(), channel: SECOND }),
      channel.change({ commandId: desk.command(), ...target, name: 'Mine', promise: PROMISE }),
      channel.remove({ commandId: desk.command(), ...target }),
      channel.renewCredentials({ channel: desk.channel, appPassword: 'x' }),
      channel.check({ channel: desk.channel }),
    ];
    for (const work of works) expect((await refusalOf(work)).code).toBe('FORBIDDEN');
    expect((await channel.list()).mayManage).toBe(false);
  });
});
