import { describe, expect, test } from 'vitest';
import { PracticeNetwork } from '#main/channels/sandbox/practice-network.ts';
import type { ChannelAdapter } from '#main/channels/channel-adapter.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { addressOf, CHANNEL, OTHER_CHANNEL, practiceNetwork } from './practice-desk.ts';

const NOW = new Date('2026-11-22T16:00:00.000Z');

const payloadOf = async (adapter: ChannelAdapter, address: string, text: string) => {
  const { target } = await adapter.capture(address);
  return adapter.complete((await adapter.render({ text, language: 'en', target, corrects: null })).payload, NOW);
};

describe('Two practice channels on one network', () => {
  test('see, answer, correct and take down nothing of each other', async () => {
    const { adapter, channelOn, post } = practiceNetwork();
    const other = channelOn(OTHER_CHANNEL);
    const address = addressOf(post('Hello?'));
    const payload = await payloadOf(adapter, address, 'Ours.');
    const receipt = await adapter.publish(payload, 'key');
    expect(other.recognises(address)).toBe(false);
    await expect(other.capture(address)).rejects.toMatchObject({ problem: 'postNotFound' });
    expect(await other.find(payload, 'key')).toBeNull();
    expect(await other.read(receipt)).toBeNull();
    await expect(other.publish(payload, 'key')).rejects.toMatchObject({
      failure: 'targetGone',
      outcome: 'nothingMade',
    });
    await expect(other.publish({ ...payload, edits: receipt.id }, 'key')).rejects.toMatchObject({
      failure: 'targetGone',
    });
    await other.remove(receipt);
    expect((await adapter.read(receipt))?.text).toBe('Ours.');
  });
});

describe('A correction on the practice channel', () => {
  test('that is sent twice is made once, and is found only once it was made', async () => {
    const { adapter, network, post } = practiceNetwork();
    const address = addressOf(post('Until when?'));
    const receipt = await adapter.publish(await payloadOf(adapter, address, 'Until eight.'), 'key');
    const correction = { ...(await payloadOf(adapter, address, 'Until nine.')), edits: receipt.id };
    expect(await adapter.find(correction, 'other')).toBeNull();
    const made = await adapter.publish(correction, 'other');
    expect(await adapter.publish(correction, 'other')).toEqual(made);
    expect(network.find(receipt.id)?.revision).toBe(2);
    expect(await adapter.find(correction, 'other')).toEqual(made);
    expect(await adapter.find({ ...correction, postedAt: '2026-11-22T16:00:01.000Z' }, 'other')).toBeNull();
    expect((await adapter.read(made))?.payload).toEqual(correction);
  });
});

describe('The practice network', () => {
  test('keeps what it has answered over a restart, and a post has its address for an id too', async () => {
    const { adapter, folder, channelOn, post } = practiceNetwork();
    const payload = await payloadOf(adapter, addressOf(post('Anybody?')), 'Yes.');
    const receipt = await adapter.publish(payload, 'key');
    const later = channelOn(CHANNEL, 300, new PracticeNetwork(folder, diskStorage));
    expect(await later.publish(payload, 'key')).toEqual(receipt);
    expect((await later.read({ ...receipt, id: receipt.address ?? '' }))?.payload).toEqual(payload);
  });

  test('that cannot write makes nothing', async () => {
    const { adapter, folder, channelOn, post } = practiceNetwork();
    const payload = await payloadOf(adapter, addressOf(post('Anybody?')), 'Yes.');
    const full = {
      ...diskStorage,
      write: () => {
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
    };
    const broken = channelOn(CHANNEL, 300, new PracticeNetwork(folder, full));
    await expect(broken.publish(payload, 'key')).rejects.toThrow('full');
    expect(await broken.find(payload, 'key')).toBeNull();
    const whole = channelOn(CHANNEL, 300, new PracticeNetwork(folder, diskStorage));
    expect(await whole.find(payload, 'key')).toBeNull();
  });
});
