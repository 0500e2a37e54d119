import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { ChannelInput } from '#workflows/contract/channel.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { Time } from '#workflows/time.ts';
import type { ChannelSettings } from '#workflows/channel/channel.records.ts';
import type { FailureCause } from '#workflows/publication/publication.records.ts';
import type { ServicePromise } from '#workflows/channel/channel.ts';
import { loadBluesky } from '../../channels/bluesky-module.ts';
import { ChannelError } from '../../channels/channel-adapter.ts';
import { blueskyCredentialsSchema, type BlueskyCredentials } from '../../channels/channel-registry.ts';
import type { Desk } from '../desk.ts';
import type { ChannelEntry } from '../state/tables.ts';
import { actingRole, type Viewer } from '../viewer.ts';
import { openReplies } from '../views/channels-view.ts';
import { answerOfEarlier, byPerson } from './command.ts';

interface Account {
  readonly account: string;
  readonly handle: string;
  readonly settings: ChannelSettings;
}

interface SignIn {
  readonly service: string;
  readonly appView?: string;
  readonly directory?: string;
  readonly identifier: string;
  readonly appPassword: string;
}

const REASON_OF_FAILURE: Partial<Record<FailureCause, string>> = {
  signInRefused: 'signInRefused',
  refused: 'channelSettingsRefused',
};

/** Signs in with what was typed. @throws RefusalError in words that say what to do */
const signIn = async (input: SignIn): Promise<{ did: string; handle: string; service: string }> => {
  const { signInToBluesky } = await loadBluesky();
  try {
    return await signInToBluesky(input);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const reason = REASON_OF_FAILURE[error.failure] ?? 'serviceUnreachable';
    throw new RefusalError(refuse('CHANNEL_REFUSED', reason, { channel: 'Bluesky', service: input.service }), {
      cause: error,
    });
  }
};

/** The addresses that were given; the channel knows what to use for the others. */
const othersOf = ({ appView, directory }: { appView: string; directory: string }): Partial<SignIn> => ({
  ...(appView === '' ? {} : { appView }),
  ...(directory === '' ? {} : { directory }),
});

const accountOf = async (input: ChannelInput, channel: ChannelId): Promise<Account> => {
  if (input.kind === 'sandbox') return { account: channel, handle: input.handle, settings: { limits: input.limits } };
  const { identifier, appPassword, appView, directory } = input;
  const others = othersOf({ appView, directory });
  const { did, handle, service } = await signIn({ service: input.service, ...others, identifier, appPassword });
  return { account: did, handle, settings: { service, ...others } };
};

/** Adds an account; it must be able to sign in. Its credentials go to the safe before the record is written. */
export const addChannel = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; channel: ChannelInput },
): Promise<CommandReceipt> => {
  actingRole(desk, viewer, ['admin']);
  const earlier = await answerOfEarlier(desk, viewer, input.commandId);
  if (earlier) return earlier;
  const id = desk.newId('channel');
  const { channel } = input;
  const { account, handle, settings } = await accountOf(channel, id);
  if (channel.kind === 'bluesky') {
    desk.keys.saveCredentials(id, { identifier: channel.identifier, appPassword: channel.appPassword });
  }
  try {
    return await byPerson(desk, viewer, input.commandId, () => {
      const role = actingRole(desk, viewer, ['admin']);
      const isTaken = [...desk.tables.channels.values()].some((entry) => !entry.isRemoved && entry.account === account);
      if (isTaken) throw new RefusalError(refuse('INVALID_INPUT', 'channelExists', { handle }));
      const { kind, name, promise } = channel;
      return {
        drafts: [
          {
            type: 'channel.added',
            subject: id,
            by: { role },
            data: { kind, name, account, handle, promise, settings },
          },
        ],
        subject: id,
      };
    });
  } catch (error) {
    desk.keys.removeCredentials(id);
    throw error;
  }
};

/** A channel that is on the desk. @throws RefusalError `NOT_FOUND` */
export const requireChannel = (desk: Desk, id: ChannelId): ChannelEntry => {
  const entry = desk.tables.channels.get(id);
  if (!entry || entry.isRemoved) throw new RefusalError(refuse('NOT_FOUND', 'channelNotFound'));
  return entry;
};

const checkVersion = (entry: ChannelEntry, version: number): void => {
  if (entry.version !== version) throw new RefusalError(refuse('VERSION_CONFLICT', 'changedElsewhere'));
};

export const changeChannel = (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; channel: ChannelId; version: number; name: string; promise: ServicePromise },
): Promise<CommandReceipt> =>
  byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, ['admin']);
    const entry = requireChannel(desk, input.channel);
    checkVersion(entry, input.version);
    const { account, handle, settings } = entry;
    const { name, promise } = input;
    return {
      drafts: [
        {
          type: 'channel.changed',
          subject: entry.id,
          by: { role },
          data: { name, account, handle, promise, settings },
        },
      ],
      subject: entry.id,
    };
  });

/** What is in the safe; `null` when nothing is, or when it cannot be opened any more and has to be entered anew. */
const keptCredentials = (desk: Desk, { id }: ChannelEntry): BlueskyCredentials | null =>
  desk.channels.problemOf(id) === 'credentials' ? null : desk.keys.credentials(id, blueskyCredentialsSchema);

/** Signs in with the credentials in the safe, to learn whether replies can be sent. Makes no post and no record. */
export const checkChannel = async (
  desk: Desk,
  viewer: Viewer,
  input: { channel: ChannelId },
): Promise<{ checkedAt: Time; handle: string }> => {
  actingRole(desk, viewer, ['admin']);
  const entry = requireChannel(desk, input.channel);
  // The practice network is inside the workspace: whoever can ask has reached it.
  if (entry.kind === 'sandbox') return { checkedAt: desk.now(), handle: entry.handle };
  const credentials = keptCredentials(desk, entry);
  if (!credentials) throw new RefusalError(refuse('CHANNEL_REFUSED', 'credentialsMissing', { handle: entry.handle }));
  const { service = '', appView = '', directory = '' } = entry.settings;
  const { did, handle } = await signIn({ service, ...othersOf({ appView, directory }), ...credentials });
  if (did !== entry.account)
    throw new RefusalError(refuse('CHANNEL_REFUSED', 'otherAccount', { handle: entry.handle }));
  return { checkedAt: desk.now(), handle };
};

/** A new app password for an account that is there already. */
export const renewCredentials = async (
  desk: Desk,
  viewer: Viewer,
  input: { channel: ChannelId; appPassword: string },
): Promise<{ ok: true }> => {
  actingRole(desk, viewer, ['admin']);
  const entry = requireChannel(desk, input.channel);
  if (entry.kind !== 'bluesky') throw new RefusalError(refuse('INVALID_INPUT', 'channelNeedsNoPassword'));
  const identifier = keptCredentials(desk, entry)?.identifier ?? entry.handle;
  const { service = '', appView = '', directory = '' } = entry.settings;
  const others = othersOf({ appView, directory });
  const { did } = await signIn({ service, ...others, identifier, appPassword: input.appPassword });
  if (did !== entry.account) throw new RefusalError(refuse('INVALID_INPUT', 'otherAccount', { handle: entry.handle }));
  // Signing in takes its time: the channel, or the right to change it, may be gone.
  actingRole(desk, viewer, ['admin']);
  requireChannel(desk, entry.id);
  desk.keys.saveCredentials(entry.id, { identifier, appPassword: input.appPassword });
  desk.channels.forget(entry.id);
  desk.outbox.wake();
  // No record tells of it: the screens that show whether a channel has its credentials read again.
  desk.changes.tell('outbox');
  return { ok: true };
};

export const removeChannel = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; channel: ChannelId; version: number },
): Promise<CommandReceipt> => {
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, ['admin']);
    const entry = requireChannel(desk, input.channel);
    checkVersion(entry, input.version);
    const open = openReplies(desk, entry.id).length;
    if (open > 0) throw new RefusalError(refuse('INVALID_INPUT', 'channelHasOpenReplies', { count: open }));
    return { drafts: [{ type: 'channel.removed', subject: entry.id, by: { role }, data: {} }], subject: entry.id };
  });
  desk.keys.removeCredentials(input.channel);
  return receipt;
};
