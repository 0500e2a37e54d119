import { describe, expect, test } from 'vitest';
import type { ChannelInput } from '#workflows/contract/channel.contract.ts';
import { ChannelError } from '#main/channels/channel-adapter.ts';
import type { ChannelFactory } from '#main/channels/channel-registry.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { whyRefused } from './refusal.ts';

const SECOND: ChannelInput = {
  kind: 'sandbox',
  name: 'Second',
  handle: 'acme.second',
  limits: { graphemes: 20, bytes: null },
  promise: { acknowledgeMinutes: 5, answerMinutes: 10 },
};

/** Channels of which one can be made for as long as it is whole. */
class Breakable {
  broken: string | null = null;
  failure: 'refused' | 'signInRefused' = 'refused';

  readonly channels =
    (usual: ChannelFactory): ChannelFactory =>
    (entry) => {
      if (entry.name !== this.broken) return usual(entry);
      throw new ChannelError(this.failure, { outcome: 'nothingMade', isFinal: true });
    };
}

const problems = async (desk: TestDesk): Promise<Record<string, string | null>> => {
  const { channels } = await desk.people.ada.desk.channel.list();
  return Object.fromEntries(channels.map(({ name, problem }) => [name, problem]));
};

describe('a channel that cannot be made', () => {
  test('holds up no other: posts there are taken in, answered and published', async () => {
    const breakable = new Breakable();
    const desk = await deskForTest({ channels: breakable.channels });
    breakable.broken = 'Second';
    await desk.people.ada.desk.channel.add({ commandId: desk.command(), channel: SECOND });
    const reply = await desk.flow.published('On Thursday.');
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test.each([
    ['refused', 'settings'],
    ['signInRefused', 'credentials'],
  ] as const)('stands in the list of channels with why (%s: %s)', async (failure, problem) => {
    const breakable = new Breakable();
    const desk = await deskForTest({ channels: breakable.channels });
    Object.assign(breakable, { broken: 'Second', failure });
    await desk.people.ada.desk.channel.add({ commandId: desk.command(), channel: SECOND });
    expect(await problems(desk)).toEqual({ Practice: null, Second: problem });
  });

  test('leaves what was written on it to be looked at, and takes nothing more', async () => {
    const breakable = new Breakable();
    const desk = await deskForTest({ channels: breakable.channels });
    const reply = await desk.flow.drafted('On Thursday.');
    const { address } = await desk.flow.post('Another');
    breakable.broken = 'Practice';
    await desk.restart();
    const view = await desk.flow.view(reply);
    expect(view.post?.text).toBe('Where is my parcel?');
    expect(view.revisions.map(({ text, segments }) => [text, segments.map((segment) => segment.text)])).toEqual([
      ['On Thursday.', ['On Thursday.']],
    ]);
    expect(await whyRefused(desk.flow.submit(reply))).toBe('UNAVAILABLE channelOutOfOrder');
    expect(await whyRefused(desk.flow.write(reply, 'On Friday.'))).toBe('UNAVAILABLE channelUnreachable');
    const { agnes } = desk.people;
    expect(await whyRefused(agnes.desk.mention.capture({ commandId: desk.command(), address }))).toBe(
      'INVALID_INPUT addressOfNoChannel',
    );
  });
});
