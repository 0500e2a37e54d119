import { z } from 'zod';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { ChannelEntry } from '../core/state/tables.ts';
import { createBlueskyChannel } from './bluesky/bluesky-channel.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import type { PracticeNetwork } from './sandbox/practice-network.ts';
import { createSandboxChannel } from './sandbox/sandbox-channel.ts';

export const blueskyCredentialsSchema = z.strictObject({ identifier: z.string(), appPassword: z.string() });
export type BlueskyCredentials = z.infer<typeof blueskyCredentialsSchema>;

/** Makes the adapter of a channel; tests put a failing network in its place. */
export type ChannelFactory = (channel: ChannelEntry) => ChannelAdapter;

export const channelFactory =
  ({ keys, network }: { keys: KeyStore; network: PracticeNetwork }): ChannelFactory =>
  (channel) => {
    const { id, kind, handle, settings } = channel;
    switch (kind) {
      case 'sandbox':
        return createSandboxChannel({
          channel: id,
          handle,
          limits: settings.limits ?? { graphemes: null, bytes: null },
          network,
        });
      case 'bluesky': {
        const credentials = keys.credentials(id, blueskyCredentialsSchema);
        return createBlueskyChannel({
          service: settings.service ?? '',
          ...(settings.appView ? { appView: settings.appView } : {}),
          ...(settings.directory ? { directory: settings.directory } : {}),
          identifier: credentials?.identifier ?? '',
          appPassword: credentials?.appPassword ?? '',
          account: channel.account,
        });
      }
    }
  };

/** The adapters of a workspace's channels, each made when it is first needed. */
export class ChannelRegistry {
  readonly #factory: ChannelFactory;
  readonly #entryOf: (id: ChannelId) => ChannelEntry | undefined;
  readonly #adapters = new Map<ChannelId, { version: number; adapter: ChannelAdapter }>();

  constructor(factory: ChannelFactory, entryOf: (id: ChannelId) => ChannelEntry | undefined) {
    this.#factory = factory;
    this.#entryOf = entryOf;
  }

  /** @throws RefusalError `NOT_FOUND` */
  get(id: ChannelId): ChannelAdapter {
    const entry = this.#entryOf(id);
    if (!entry) throw new RefusalError(refuse('NOT_FOUND', 'channelNotFound'));
    const known = this.#adapters.get(id);
    if (known?.version === entry.version) return known.adapter;
    const adapter = this.#factory(entry);
    this.#adapters.set(id, { version: entry.version, adapter });
    return adapter;
  }

  /** Makes the adapter anew at its next use, after its credentials changed. */
  forget(id: ChannelId): void {
    this.#adapters.delete(id);
  }
}
