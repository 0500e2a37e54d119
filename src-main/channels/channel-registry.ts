import { z } from 'zod';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ChannelKind } from '#workflows/channel/channel.ts';
import type { ChannelProblem } from '#workflows/contract/channel.contract.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { ChannelEntry } from '../core/state/tables.ts';
import { blueskyModule, loadBluesky } from './bluesky-module.ts';
import { ChannelError, type ChannelAdapter } from './channel-adapter.ts';
import { channelOutOfOrder } from './channel-out-of-order.ts';
import type { PracticeNetwork } from './sandbox/practice-network.ts';
import { createSandboxChannel } from './sandbox/sandbox-channel.ts';

export const blueskyCredentialsSchema = z.strictObject({ identifier: z.string(), appPassword: z.string() });
export type BlueskyCredentials = z.infer<typeof blueskyCredentialsSchema>;

/** Makes the adapter of a channel; tests put a failing network in its place. @throws ChannelError when it cannot be made */
export type ChannelFactory = (channel: ChannelEntry) => ChannelAdapter;

const credentialsOf = (keys: KeyStore, id: ChannelId): BlueskyCredentials | null => {
  try {
    return keys.credentials(id, blueskyCredentialsSchema);
  } catch (cause) {
    throw new ChannelError('signInRefused', { outcome: 'nothingMade', isFinal: true, cause });
  }
};

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
        const credentials = credentialsOf(keys, id);
        return blueskyModule().createBlueskyChannel({
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

interface Made {
  readonly version: number;
  readonly adapter: ChannelAdapter;
  readonly problem: ChannelProblem | null;
}

const problemOfError = ({ failure }: ChannelError): ChannelProblem =>
  failure === 'signInRefused' ? 'credentials' : 'settings';

/** The adapters of a workspace's channels, each made when it is first needed. One that cannot be made is its own trouble. */
export class ChannelRegistry {
  readonly #factory: ChannelFactory;
  readonly #entryOf: (id: ChannelId) => ChannelEntry | undefined;
  readonly #made = new Map<ChannelId, Made>();

  constructor(factory: ChannelFactory, entryOf: (id: ChannelId) => ChannelEntry | undefined) {
    this.#factory = factory;
    this.#entryOf = entryOf;
  }

  /** Loads what the adapters of some kinds need. To be waited for before one of them is asked for. */
  static async load(kinds: Iterable<ChannelKind>): Promise<void> {
    if (new Set(kinds).has('bluesky')) await loadBluesky();
  }

  /** The channel's adapter; for one that is out of order, a stand-in that can show and not send. @throws RefusalError `NOT_FOUND` */
  get(id: ChannelId): ChannelAdapter {
    return this.#of(id).adapter;
  }

  /** Why a channel is out of order; `null` while it is not. @throws RefusalError `NOT_FOUND` */
  problemOf(id: ChannelId): ChannelProblem | null {
    return this.#of(id).problem;
  }

  #of(id: ChannelId): Made {
    const entry = this.#entryOf(id);
    if (!entry) throw new RefusalError(refuse('NOT_FOUND', 'channelNotFound'));
    const known = this.#made.get(id);
    if (known?.version === entry.version) return known;
    const made = this.#make(entry);
    this.#made.set(id, made);
    return made;
  }

  #make(entry: ChannelEntry): Made {
    const { version } = entry;
    try {
      return { version, adapter: this.#factory(entry), problem: null };
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      return { version, adapter: channelOutOfOrder(entry, error), problem: problemOfError(error) };
    }
  }

  /** Makes the adapter anew at its next use, after its credentials changed. */
  forget(id: ChannelId): void {
    this.#made.delete(id);
  }
}
