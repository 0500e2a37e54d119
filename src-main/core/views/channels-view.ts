import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import { isIn } from '#workflows/step.ts';
import type { Desk } from '../desk.ts';
import type { ChannelEntry, ReplyEntry } from '../state/tables.ts';
import { namesInRole, type Viewer } from '../viewer.ts';

/** Replies that need the channel still. */
export const openReplies = (desk: Desk, channel: ChannelId): ReplyEntry[] =>
  [...desk.tables.replies.open()].filter((entry) => entry.channel === channel);

const lastPublishedOn = (desk: Desk, channel: ChannelId): ChannelView['lastPublished'] => {
  const newest = desk.tables.publications.newestOn(channel, { isSucceeded: true });
  const at = newest?.state.context.attemptedAt;
  return newest && at ? { reply: newest.reply, at } : null;
};

/** Only the newest attempt tells how the channel is now: what failed before it has been overtaken. */
const troubleOn = (desk: Desk, channel: ChannelId): ChannelView['trouble'] => {
  const newest = desk.tables.publications.newestOn(channel, { isSucceeded: false });
  const attemptedAt = newest?.state.context.attemptedAt;
  if (!newest?.cause || !attemptedAt) return null;
  return { reply: newest.reply, cause: newest.cause, attemptedAt, retryAt: newest.state.context.retryAt };
};

const channelView = (desk: Desk, entry: ChannelEntry): ChannelView => {
  const open = openReplies(desk, entry.id);
  const { id, version, kind, name, handle, promise, account, settings, isRemoved } = entry;
  return {
    id,
    version,
    kind,
    name,
    handle,
    limits: desk.channels.get(id).limits,
    promise,
    account,
    service: settings.service ?? null,
    appView: settings.appView ?? null,
    directory: settings.directory ?? null,
    problem: desk.channels.problemOf(id),
    hasCredentials: kind === 'sandbox' || desk.keys.hasCredentials(id),
    isRemoved,
    openReplies: open.length,
    waiting: open.filter(({ state }) => isIn(state.value, 'work.publishing')).length,
    lastPublished: lastPublishedOn(desk, id),
    trouble: troubleOn(desk, id),
  };
};

/** The workspace's channels with how they do, and who may change them. */
export const channelsView = (
  desk: Desk,
  viewer: Viewer,
): { channels: ChannelView[]; mayManage: boolean; canManage: string[] } => ({
  mayManage: viewer.roles.includes('admin') && !desk.journal.readOnly,
  canManage: namesInRole(desk, 'admin'),
  channels: [...desk.tables.channels.values()]
    .map((entry) => channelView(desk, entry))
    .sort((a, b) => a.name.localeCompare(b.name)),
});
