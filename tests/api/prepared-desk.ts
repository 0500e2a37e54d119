import type { ReplyId } from '#workflows/identifiers.ts';
import type { ChannelFactory } from '#main/channels/channel-registry.ts';
import { TestDesk } from '../core/desk.fixture.ts';
import { FaultyChannel } from '../publishing/faulty-channel.ts';

/** A post with this in its text has a picture. */
export const PICTURE_MARK = '(see picture)';

export const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex');

const withPictures =
  (factory: ChannelFactory): ChannelFactory =>
  (entry) => {
    const adapter = factory(entry);
    return {
      ...adapter,
      capture: async (address) => {
        const captured = await adapter.capture(address);
        if (!captured.post.text.includes(PICTURE_MARK)) return captured;
        return { ...captured, pictures: [{ bytes: PICTURE, mediaType: 'image/png', alt: 'A broken lid' }] };
      },
    };
  };

/** A desk whose practice channel can be told to fail, and shows pictures. */
export const preparedDesk = async (): Promise<{ desk: TestDesk; channel: FaultyChannel }> => {
  const channel = new FaultyChannel();
  const desk = await TestDesk.create({ channels: (usual) => withPictures(channel.channels(usual)) });
  return { desk, channel };
};

/** A reply that was sent on a channel without keys, and of which nobody knows whether it arrived. */
export const lostOnTheWay = async ({ desk, channel }: { desk: TestDesk; channel: FaultyChannel }): Promise<ReplyId> => {
  // What others have released is sent before, so that it is this one that gets lost.
  await desk.settle();
  const reply = await desk.flow.released();
  channel.hasKeys = false;
  channel.plan.publish.push('requestLost');
  await desk.settle();
  channel.hasKeys = true;
  return reply;
};
