import { z } from 'zod';
import type { ChannelLimits, Measure, PreviewSegment, Receipt } from '#workflows/channel/channel.ts';
import type { Post } from '#workflows/content/content.ts';
import { countGraphemes } from '#workflows/content/words.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import { timeSchema } from '#workflows/time.ts';
import {
  CaptureError,
  ChannelError,
  type CapturedPost,
  type ChannelAdapter,
  type PublicPost,
  type RenderRequest,
  type Rendering,
} from '../channel-adapter.ts';
import type { PracticeNetwork, PracticePostRecord } from './practice-network.ts';
import { segmentsOf } from './segments.ts';

const ADDRESS = /^practice:\/\/posts\/([0-9a-f-]{36})$/;

const addressOf = (id: string): string => `practice://posts/${id}`;

const payloadSchema = z.strictObject({
  text: z.string(),
  language: z.string(),
  /** The post that is answered. */
  answers: z.string(),
  /** The post of ours that is replaced. */
  edits: z.string().exactOptional(),
  postedAt: timeSchema.exactOptional(),
});
type SandboxPayload = z.infer<typeof payloadSchema>;

/** Whether a post is what a correction made it. */
const isEdited = (
  { revision, text, language, at }: PracticePostRecord,
  change: Pick<PracticePostRecord, 'text' | 'language' | 'at'>,
): boolean => revision > 1 && text === change.text && language === change.language && at === change.at;

export interface SandboxOptions {
  readonly channel: ChannelId;
  /** The company's handle on it, without @. */
  readonly handle: string;
  readonly limits: ChannelLimits;
  readonly network: PracticeNetwork;
}

/** The practice channel: it can be captured from, replied on, edited and read back, all inside the workspace. */
export const createSandboxChannel = ({ channel, handle, limits, network }: SandboxOptions): ChannelAdapter => {
  const measure = (text: string): Measure => {
    const graphemes = countGraphemes(text);
    const bytes = Buffer.byteLength(text, 'utf8');
    const fits =
      (limits.graphemes === null || graphemes <= limits.graphemes) && (limits.bytes === null || bytes <= limits.bytes);
    return { graphemes, bytes, fits };
  };

  /** A post on this channel; another channel of the same network is another place. */
  const postHere = (id: string): PracticePostRecord | null => {
    // A person who says where a post is gives its address for its id.
    const post = network.find(ADDRESS.exec(id)?.[1] ?? id);
    return post?.channel === channel ? post : null;
  };

  const receiptOf = ({ id, revision }: PracticePostRecord): Receipt => ({
    id,
    revision: String(revision),
    address: addressOf(id),
  });

  const toPost = (post: PracticePostRecord): Post => ({
    id: post.id,
    address: addressOf(post.id),
    author: { id: post.handle, handle: post.handle, name: post.name },
    text: post.text,
    at: post.at,
    language: post.language,
  });

  const threadAbove = (post: PracticePostRecord): Post[] => {
    const above: Post[] = [];
    let parent = post.parent === null ? null : network.find(post.parent);
    while (parent && above.length < 100) {
      above.unshift(toPost(parent));
      parent = parent.parent === null ? null : network.find(parent.parent);
    }
    return above;
  };

  const show = (payload: JsonObject): PreviewSegment[] => segmentsOf(payloadSchema.parse(payload).text);

  const render = ({ text, language, target, corrects }: RenderRequest): Promise<Rendering> => {
    const answers = z.strictObject({ post: z.string() }).parse(target).post;
    const payload: SandboxPayload = { text, language, answers, ...(corrects ? { edits: corrects.id } : {}) };
    return Promise.resolve({ payload, segments: segmentsOf(text) });
  };

  const send = (
    { text, language, answers, edits, postedAt }: SandboxPayload,
    key: string | null,
  ): PracticePostRecord => {
    if (!measure(text).fits) throw new ChannelError('refused', { outcome: 'nothingMade', isFinal: true });
    const at = postedAt ?? new Date(0).toISOString();
    if (edits !== undefined) {
      const known = postHere(edits);
      // The same correction sent again is the one that was made.
      if (known && isEdited(known, { text, language, at })) return known;
      const edited = known ? network.edit(known.id, { text, language, at }) : null;
      if (!edited) throw new ChannelError('targetGone', { outcome: 'nothingMade', isFinal: true });
      return edited;
    }
    const made = key === null ? null : network.findByKey(channel, key);
    if (made) return made;
    if (!postHere(answers)) throw new ChannelError('targetGone', { outcome: 'nothingMade', isFinal: true });
    return network.add({ channel, handle, name: null, text, language, at, parent: answers, key });
  };

  const find = (payload: JsonObject, key: string | null): Promise<Receipt | null> => {
    const { edits, text, language, postedAt } = payloadSchema.parse(payload);
    if (edits === undefined) {
      const made = key === null ? null : network.findByKey(channel, key);
      return Promise.resolve(made ? receiptOf(made) : null);
    }
    const known = postHere(edits);
    const isThere = known !== null && isEdited(known, { text, language, at: postedAt ?? known.at });
    return Promise.resolve(isThere ? receiptOf(known) : null);
  };

  const read = ({ id }: Receipt): Promise<PublicPost | null> => {
    const post = postHere(id);
    if (!post) return Promise.resolve(null);
    const payload: SandboxPayload = {
      text: post.text,
      language: post.language ?? '',
      answers: post.parent ?? '',
      ...(post.revision > 1 ? { edits: post.id } : {}),
      postedAt: post.at,
    };
    return Promise.resolve({ payload, text: post.text });
  };

  const captured = (post: PracticePostRecord): CapturedPost => ({
    post: toPost(post),
    thread: threadAbove(post),
    pictures: [],
    target: { post: post.id },
  });

  const capture = (address: string): Promise<CapturedPost> => {
    const id = ADDRESS.exec(address.trim())?.[1];
    if (id === undefined) return Promise.reject(new CaptureError('addressNotUnderstood'));
    const post = postHere(id);
    return post ? Promise.resolve(captured(post)) : Promise.reject(new CaptureError('postNotFound'));
  };

  return {
    kind: 'sandbox',
    limits,
    network: `sandbox/${channel}`,
    measure,
    render,
    show,
    complete: (payload, now) => ({ ...payload, postedAt: now.toISOString() }),
    newKey: () => crypto.randomUUID(),
    publish: (payload, key) => Promise.resolve().then(() => receiptOf(send(payloadSchema.parse(payload), key))),
    find,
    read,
    remove: ({ id }) => {
      const post = postHere(id);
      if (post) network.remove(post.id);
      return Promise.resolve();
    },
    recognises: (address) => {
      const id = ADDRESS.exec(address.trim())?.[1];
      return id !== undefined && postHere(id) !== null;
    },
    capture,
    takeIn: ({ handle: author, text, at, language }) =>
      captured(network.add({ channel, handle: author, name: null, text, language, at, parent: null, key: null })),
    erase: (what) => {
      network.erase(channel, what);
    },
    answersTo: ({ id }, author) =>
      Promise.resolve(
        network.posts.filter((post) => post.parent === id && post.handle === author).map((post) => addressOf(post.id)),
      ),
  };
};
