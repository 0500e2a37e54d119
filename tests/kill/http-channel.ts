import { z } from 'zod';
import type { Receipt } from '#workflows/channel/channel.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { ChannelFactory } from '#main/channels/channel-registry.ts';
import { ChannelError } from '#main/channels/channel-adapter.ts';
import type { KillPoints } from './kill-points.ts';

const postSchema = z.object({ id: z.string(), payload: z.looseObject({ text: z.string() }) });

export interface HttpChannelOptions {
  readonly server: string;
  /** Whether the channel makes at most one post under a key. */
  readonly hasKeys: boolean;
  /** Moments before and after each request. */
  readonly points: KillPoints;
}

/** The practice channel with its publishing on a {@link PostServer}, over real HTTP. */
export const httpChannel =
  ({ server, hasKeys, points }: HttpChannelOptions): ((usual: ChannelFactory) => ChannelFactory) =>
  (usual) =>
  (entry) => {
    const request = async (name: string, path: string, body?: string) => {
      points.reach(`before the request to ${name}`);
      let status: number;
      let answer: unknown;
      try {
        const response = await fetch(`${server}${path}`, body === undefined ? {} : { method: 'POST', body });
        points.reach(`after the head of the answer to ${name}`);
        status = response.status;
        answer = await response.json();
      } catch (cause) {
        throw new ChannelError('timeout', { outcome: 'unknown', cause });
      }
      points.reach(`after the request to ${name}`);
      if (status === 404) return null;
      if (status !== 200) throw new ChannelError('serverError', { outcome: 'unknown' });
      return postSchema.parse(answer);
    };
    const receiptOf = (post: { id: string } | null): Receipt | null =>
      post ? { id: post.id, revision: null, address: null } : null;
    return {
      ...usual(entry),
      newKey: () => (hasKeys ? crypto.randomUUID() : null),
      publish: async (payload, key) => {
        const receipt = receiptOf(await request('publish', '/posts', JSON.stringify({ key, payload })));
        if (!receipt) throw new ChannelError('serverError', { outcome: 'unknown' });
        return receipt;
      },
      find: async (_payload, key) => (key === null ? null : receiptOf(await request('find', `/posts?key=${key}`))),
      read: async ({ id }) => {
        const post = await request('read', `/posts?id=${id}`);
        if (!post) return null;
        return { payload: post.payload as JsonObject, text: post.payload.text };
      },
    };
  };
