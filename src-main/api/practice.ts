import type { PracticePost } from '#workflows/contract/practice.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { Role } from '#workflows/people/roles.ts';
import { segmentsOf } from '../channels/sandbox/segments.ts';
import type { Desk } from '../core/desk.ts';
import { actingRole, type Viewer } from '../core/viewer.ts';

/** Everything on the practice network, the newest thread first. */
export const practiceThreads = (desk: Desk, channel: ChannelId | null) => {
  const channels = [...desk.tables.channels.values()].filter(({ kind, isRemoved }) => kind === 'sandbox' && !isRemoved);
  const shown = new Set(channels.map(({ id }) => id).filter((id) => channel === null || id === channel));
  const handles = new Map(channels.map(({ id, handle }) => [id, handle]));
  const posts = desk.network.posts.filter((post) => shown.has(post.channel));
  return {
    channels: channels.map(({ id, name, handle }) => ({ id, name, handle, limits: desk.channels.get(id).limits })),
    posts: posts
      .map((post): PracticePost => ({
        id: post.id,
        address: `practice://posts/${post.id}`,
        handle: post.handle,
        name: post.name,
        segments: segmentsOf(post.text),
        text: post.text,
        language: post.language,
        at: post.at,
        isOurs: post.handle === handles.get(post.channel),
        answers: posts.filter(({ parent }) => parent === post.id).map(({ id }) => id),
        parent: post.parent,
      }))
      .sort((a, b) => (a.at < b.at ? 1 : -1)),
  };
};

/** Whoever works at the desk may practise; an auditor changes nothing at all, invented posts included. */
const PRACTISERS: readonly Role[] = ['agent', 'comms', 'legal', 'publisher', 'admin'];

/** Posts as an invented customer, so that there is something to practise on. */
export const practicePost = (
  desk: Desk,
  viewer: Viewer,
  input: { channel: ChannelId; handle: string; text: string; language: string; parent: string | null },
): { id: string; address: string } => {
  actingRole(desk, viewer, PRACTISERS);
  const channel = desk.tables.channels.get(input.channel);
  if (channel?.kind !== 'sandbox') throw new RefusalError(refuse('NOT_FOUND', 'channelNotFound'));
  if (input.handle === channel.handle) throw new RefusalError(refuse('INVALID_INPUT', 'notAsOurselves'));
  if (input.parent !== null && !desk.network.find(input.parent))
    throw new RefusalError(refuse('NOT_FOUND', 'postNotFound', { channel: channel.name }));
  const post = desk.network.add({
    channel: channel.id,
    handle: input.handle,
    name: null,
    text: input.text,
    language: input.language === '' ? null : input.language,
    at: desk.now(),
    parent: input.parent,
    key: null,
  });
  return { id: post.id, address: `practice://posts/${post.id}` };
};
