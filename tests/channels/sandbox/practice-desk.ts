import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PracticeNetwork, type PracticePostRecord } from '#main/channels/sandbox/practice-network.ts';
import { createSandboxChannel } from '#main/channels/sandbox/sandbox-channel.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import type { ChannelId } from '#workflows/identifiers.ts';

export const CHANNEL = 'channel/01K0000000000000000000000A' as ChannelId;
export const OTHER_CHANNEL = 'channel/01K0000000000000000000000B' as ChannelId;
export const HANDLE = 'acme.example';
export const CUSTOMER = 'sam.example';

const AT = '2026-11-22T15:12:36.123Z';

/** A practice network of its own in a folder of its own, which goes when the test ends. */
export const practiceNetwork = (storage: Storage = diskStorage) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-practice-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const network = new PracticeNetwork(folder, storage);
  const channelOn = (channel: ChannelId, graphemes: number | null = 300, on = network) =>
    createSandboxChannel({ channel, handle: HANDLE, limits: { graphemes, bytes: 3000 }, network: on });
  const post = (text: string, details: Partial<PracticePostRecord> = {}): PracticePostRecord =>
    network.add({
      channel: CHANNEL,
      handle: CUSTOMER,
      name: 'Sam',
      text,
      language: 'en',
      at: AT,
      parent: null,
      key: null,
      ...details,
    });
  return { folder, network, adapter: channelOn(CHANNEL), channelOn, post };
};

export const addressOf = ({ id }: { id: string }): string => `practice://posts/${id}`;
