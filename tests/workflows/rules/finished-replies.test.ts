import { describe, expect, it } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { packUlid, ULID_BYTES, unpackUlid } from '#workflows/journal/packed-names.ts';
import { OPERATIONS } from '#workflows/reply/reply.events.ts';
import { openReply } from '#workflows/reply/reply.replay.ts';
import { FinishedReplies } from '#workflows/rules/finished-replies.ts';
import { KnownReplies } from '#workflows/rules/known-replies.ts';
import type { RuledReply } from '#workflows/rules/reply-rules.ts';
import { SeededRandom } from '../../journal/seeded-random.ts';

const random = new SeededRandom(77);

const id = <Kind extends string>(kind: Kind): `${Kind}/${string}` => `${kind}/${random.ulid()}`;
const hash = (): string => Buffer.from(random.bytes(32)).toString('hex');
const maybe = <Value>(make: () => Value): Value | null => (random.chance(0.5) ? make() : null);

const VALUES = ['closed', 'noResponse', 'merged', 'withdrawn', 'takenDown'] as const;
const READ_BACK = ['verified', 'drifted', 'gone'] as const;

/** A reply that is over, in any way in which one can be. */
const finished = (): RuledReply => {
  const open = openReply();
  const contentHash = maybe(hash);
  const publication = maybe(() => id('publication'));
  const work = random.chance(0.5) ? { published: random.pick(READ_BACK) } : random.pick(VALUES);
  return {
    state: {
      value: { ...(open.value as Record<string, string>), work, hold: random.pick(['none', 'held']) },
      context: {
        ...open.context,
        assignee: maybe(() => id('person')),
        operation: random.pick(OPERATIONS),
        revision: random.pick([0, 1, 17, Number.MAX_SAFE_INTEGER]),
        contentHash,
        authors: random.pick([[], [id('person')], [id('person'), id('person')]]),
        publication,
        publishedHash: random.pick([null, contentHash]),
        publishedAt: random.pick([
          null,
          '2026-11-02T08:00:00.123Z',
          '0001-01-01T00:00:00.000Z',
          '9999-12-31T23:59:59.999Z',
        ]),
        observation: random.pick([null, 'same', 'drifted', 'gone']),
      },
    },
    channel: id('channel'),
    customer: id('customer'),
    template: maybe(() => ({ template: id('template'), version: random.between(1, 9) })),
    deviation: maybe(() => ({ distance: random.below(1000), words: random.below(1000) })),
    succeeded: random.pick([null, publication]),
  };
};

describe('replies that are over', () => {
  it('come back as they went in, among many, whatever they are', () => {
    const replies = new FinishedReplies();
    const known = new Map<ReplyId, RuledReply>(Array.from({ length: 2000 }, () => [id('reply'), finished()]));
    for (const [name, reply] of known) expect(replies.put(name, reply)).toBe(true);
    for (const [name, reply] of known) expect(replies.get(name)).toEqual(reply);
    expect(replies.get(id('reply'))).toBeNull();
  });

  it('lose nothing but their route and their decisions', () => {
    const reply = finished();
    const { context } = reply.state;
    const [person, contentHash, at] = [id('person'), hash(), '2026-11-02T08:00:00.000Z'];
    const decided: RuledReply = {
      ...reply,
      state: {
        ...reply.state,
        context: {
          ...context,
          route: { policy: 1, order: 'parallel', reviews: [], validityHours: 1, authorMayRelease: true },
          decisions: { comms: { review: 'comms', person, contentHash, at } },
        },
      },
    };
    const replies = new FinishedReplies();
    const name = id('reply');
    replies.put(name, decided);
    expect(replies.get(name)).toEqual(reply);
  });

  it('are not taken when they could not be given back', () => {
    const replies = new FinishedReplies();
    const reply = finished();
    const { context } = reply.state;
    const changed = (more: Partial<typeof context>): RuledReply => ({
      ...reply,
      state: { ...reply.state, context: { ...context, ...more } },
    });
    expect(replies.put(id('reply'), changed({ contentHash: hash(), publishedHash: hash() }))).toBe(false);
    expect(replies.put(id('reply'), changed({ scheduledFor: '2026-11-02T08:00:00.000Z' }))).toBe(false);
    expect(replies.put(id('reply'), { ...reply, succeeded: id('publication') })).toBe(false);
  });

  it('are what they have become since, when they are taken up again', () => {
    const replies = new KnownReplies();
    const [name, reply] = [id('reply'), finished()];
    replies.set(name, reply);
    const open: RuledReply = { ...reply, state: openReply() };
    replies.set(name, open);
    expect(replies.get(name)).toEqual(open);
    expect(replies.hasUnfinished(reply.customer)).toBe(true);
    const over = { ...finished(), customer: reply.customer };
    replies.set(name, over);
    expect(replies.get(name)).toEqual(over);
    expect(replies.hasUnfinished(reply.customer)).toBe(false);
  });
});

it('a ULID that was packed is unpacked to the same', () => {
  const bytes = new Uint8Array(ULID_BYTES + 3);
  for (const text of [
    '0'.repeat(26),
    '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    ...Array.from({ length: 200 }, () => random.ulid()),
  ]) {
    packUlid(text, 0, bytes, 3);
    expect(unpackUlid(bytes, 3)).toBe(text);
  }
});
