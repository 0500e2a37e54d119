import type { ChannelFactory } from '#main/channels/channel-registry.ts';
import { ChannelError, type ChannelAdapter } from '#main/channels/channel-adapter.ts';
import type { Receipt } from '#workflows/channel/channel.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';

/** What becomes of one call to the channel. */
export type Fault =
  | 'none'
  /** No connection came about: nothing was made. */
  | 'offline'
  /** The channel asks to wait; nothing was made. */
  | 'rateLimited'
  /** The channel says no for good; nothing was made. */
  | 'refused'
  /** It was done, but the answer never came. */
  | 'answerLost'
  /** The answer never came, and nothing was done either. */
  | 'requestLost'
  /** Something was thrown that no channel should throw, after it was done. */
  | 'garbage'
  /** It was done, and answered with what is no receipt. */
  | 'badReceipt'
  /** It was done, and answered with a server's error. */
  | 'errorAfterwards'
  /** It was done, and no answer ever comes, nor an end of the waiting. */
  | 'silent'
  /** A look that does not see what is there, as a channel may whose copies lag behind. */
  | 'blind';

export type Method = 'publish' | 'find' | 'read' | 'remove';

/** One call that reached the channel. */
export interface ChannelCall {
  readonly method: Method;
  /** The payload as JSON, with its members in the order in which they came, for `publish` and `find`. */
  readonly payload: string | null;
  readonly key: string | null;
  readonly fault: Fault;
}

export const RETRY_AFTER = 45_000;

const errorOf = (fault: Fault): unknown => {
  switch (fault) {
    case 'offline':
      return new ChannelError('offline', { outcome: 'nothingMade' });
    case 'rateLimited':
      return new ChannelError('rateLimited', { outcome: 'nothingMade', retryAfter: RETRY_AFTER });
    case 'refused':
      return new ChannelError('refused', { outcome: 'nothingMade', isFinal: true });
    case 'errorAfterwards':
      return new ChannelError('serverError', { outcome: 'unknown' });
    case 'answerLost':
    case 'requestLost':
      return new ChannelError('timeout', { outcome: 'unknown' });
    default:
      return { toString: () => 'not an error at all' };
  }
};

const DONE_FIRST: readonly Fault[] = ['answerLost', 'garbage', 'badReceipt', 'errorAfterwards', 'silent'];

/** A channel that works, with a fault put in front of the calls that a test chooses, and every call written down. */
export class FaultyChannel {
  readonly calls: ChannelCall[] = [];
  /** Faults of the calls to come, the next first; then {@link usual}. */
  readonly plan: Record<Method, Fault[]> = { publish: [], find: [], read: [], remove: [] };
  /** What befalls a call for which nothing is planned. */
  usual: Record<Method, Fault> = { publish: 'none', find: 'none', read: 'none', remove: 'none' };
  /** Whether the channel makes at most one post under a key. */
  hasKeys = true;
  /** Called before a post is made. */
  beforePublish: (payload: JsonObject, key: string | null) => void | Promise<void> = () => undefined;

  /** For the `channels` of a desk. */
  readonly channels =
    (usual: ChannelFactory): ChannelFactory =>
    (entry) =>
      this.#wrap(usual(entry));

  count(method: Method): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** Everything works from now on. */
  heal(): void {
    for (const method of ['publish', 'find', 'read', 'remove'] as const) {
      this.plan[method].length = 0;
      this.usual[method] = 'none';
    }
  }

  #note(method: Method, payload: JsonObject | null, key: string | null): Fault {
    const fault = this.plan[method].shift() ?? this.usual[method];
    this.calls.push({ method, payload: payload ? JSON.stringify(payload) : null, key, fault });
    return fault;
  }

  async #do<Answer>(fault: Fault, work: () => Promise<Answer>): Promise<Answer> {
    if (fault === 'none') return work();
    if (fault === 'blind') return null as Answer;
    const answer = DONE_FIRST.includes(fault) ? await work() : null;
    if (fault === 'badReceipt' && answer !== null) return { id: 17, nonsense: true } as Answer;
    if (fault === 'silent') return new Promise(() => undefined);
    throw errorOf(fault);
  }

  #wrap(adapter: ChannelAdapter): ChannelAdapter {
    return {
      ...adapter,
      newKey: (now) => (this.hasKeys ? adapter.newKey(now) : null),
      publish: async (payload, key): Promise<Receipt> => {
        await this.beforePublish(payload, key);
        const fault = this.#note('publish', payload, key);
        return this.#do(fault, () => adapter.publish(payload, key));
      },
      find: (payload, key) => {
        const fault = this.#note('find', payload, key);
        return this.#do(fault, () => adapter.find(payload, key));
      },
      read: (receipt) => this.#do(this.#note('read', null, null), () => adapter.read(receipt)),
      remove: (receipt) => this.#do(this.#note('remove', null, null), () => adapter.remove(receipt)),
    };
  }
}
