import type { PracticePost } from '#workflows/contract/practice.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ChannelId, ReplyId } from '#workflows/identifiers.ts';
import { ROLES, type Role } from '#workflows/people/roles.ts';
import { EDITING_ROLES } from '#workflows/reply/reply.events.ts';
import { segmentsOf } from '../channels/sandbox/segments.ts';
import type { Desk } from '../core/desk.ts';
import { inSlices } from '../core/slices.ts';
import { actingRole, type Viewer } from '../core/viewer.ts';

/** Whoever works at the desk may practise; an auditor changes nothing at all, invented posts included. */
const POSTING_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'auditor');

/** Which reply a post belongs to: the one that was opened for it, or the one that it is. */
const repliesByPost = async (desk: Desk, channels: ReadonlySet<ChannelId>): Promise<Map<string, ReplyId>> => {
  const { replies, publications } = desk.tables;
  const sent = new Map<string, ReplyId>();
  const captured = new Map<string, ReplyId>();
  for await (const { channel, mention, id } of inSlices(replies.keys())) {
    if (!channels.has(channel)) continue;
    for (const { receipt } of publications.ofReply(id)) if (receipt) sent.set(receipt.id, id);
    const post = desk.texts.capture(mention)?.capture.post.id;
    if (post !== undefined) captured.set(post, id);
  }
  return new Map([...sent, ...captured]);
};

/** Everything on the practice network, the newest post first. */
export const practiceThreads = async (desk: Desk, viewer: Viewer, channel: ChannelId | null) => {
  const channels = [...desk.tables.channels.values()].filter(({ kind, isRemoved }) => kind === 'sandbox' && !isRemoved);
  const shown = new Set(channels.map(({ id }) => id).filter((id) => channel === null || id === channel));
  const replies = await repliesByPost(desk, shown);
  const posts = desk.network.posts.filter((post) => shown.has(post.channel));
  const answers = Map.groupBy(posts, ({ parent }) => parent);
  return {
    channels: channels.map(({ id, name, handle }) => ({ id, name, handle, limits: desk.channels.get(id).limits })),
    posts: posts
      .map((post): PracticePost => ({
        id: post.id,
        address: `practice://posts/${post.id}`,
        channel: post.channel,
        handle: post.handle,
        name: post.name,
        segments: segmentsOf(post.text),
        text: post.text,
        language: post.language,
        at: post.at,
        isOurs: post.key !== null,
        answers: (answers.get(post.id) ?? []).map(({ id }) => id),
        parent: post.parent,
        reply: replies.get(post.id) ?? null,
      }))
      .sort((a, b) => (a.at < b.at ? 1 : -1)),
    mayPost: viewer.roles.some((role) => POSTING_ROLES.includes(role)),
    mayTakeIn: !desk.journal.readOnly && viewer.roles.some((role) => EDITING_ROLES.includes(role)),
  };
};

/** Posts as an invented customer, so that there is something to practise on. */
export const practicePost = (
  desk: Desk,
  viewer: Viewer,
  input: { channel: ChannelId; handle: string; text: string; language: string; parent: string | null },
): { id: string; address: string } => {
  actingRole(desk, viewer, POSTING_ROLES);
  const channel = desk.tables.channels.get(input.channel);
  if (channel?.kind !== 'sandbox' || channel.isRemoved) throw new RefusalError(refuse('NOT_FOUND', 'channelNotFound'));
  const handle = input.handle.replace(/^@/, '');
  if (handle.toLowerCase() === channel.handle.toLowerCase())
    throw new RefusalError(refuse('INVALID_INPUT', 'notAsOurselves'));
  if (input.parent !== null && desk.network.find(input.parent)?.channel !== channel.id)
    throw new RefusalError(refuse('NOT_FOUND', 'postNotFound', { channel: channel.name }));
  const post = desk.network.add({
    channel: channel.id,
    handle,
    name: null,
    text: input.text,
    language: input.language === '' ? null : input.language,
    at: desk.now(),
    parent: input.parent,
    key: null,
  });
  return { id: post.id, address: `practice://posts/${post.id}` };
};
