import type { PostView } from '#workflows/contract/mention.contract.ts';
import type { Post } from '#workflows/content/content.ts';
import type { ChannelEntry } from '../state/tables.ts';

/** A captured post as a screen shows it. */
export const postView = (post: Post, channel: Pick<ChannelEntry, 'account' | 'handle'> | undefined): PostView => ({
  id: post.id,
  address: post.address,
  handle: post.author.handle,
  name: post.author.name,
  text: post.text,
  at: post.at,
  language: post.language,
  isOurs: channel !== undefined && (post.author.id === channel.account || post.author.handle === channel.handle),
});
