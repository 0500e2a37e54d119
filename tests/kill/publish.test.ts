import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealedPayloadSchema } from '#workflows/publication/publication.records.ts';
import { pathsOf } from '#workflows/step.ts';
import { hashOf } from '#main/publishing/parcel.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { readRecords } from '../core/journal-files.ts';
import { JobProcess, type End } from './child-process.ts';
import { KillPoints } from './kill-points.ts';
import { openDesk, type Place } from './open-desk.ts';
import { PostServer, type ServerMoment } from './post-server.ts';
import { forEveryMoment, IS_DEEP, prepare, type Prepared } from './prepared-desk.ts';

const APPROVED = 'Exactly these words, once. 👩‍👩‍👧';
const HOUR = 3_600_000;

let prepared: Prepared<ReplyId>;

beforeAll(async () => {
  prepared = await prepare((desk) => desk.flow.released(APPROVED));
}, 60_000);

afterAll(() => {
  prepared.remove();
});

/** What a desk that starts again on the folder makes of it, given all the time that it wants. */
const startAgain = async (place: Place) => {
  const faults: string[] = [];
  const { desk, clock } = await openDesk(place, new KillPoints(0), (message) => faults.push(message));
  for (let turn = 0; turn < 5; turn += 1) {
    await desk.outbox.run();
    clock.advance(HOUR);
  }
  const entry = desk.tables.replies.get(prepared.known);
  const state = pathsOf(entry?.state.value ?? {}).filter((path) => path.startsWith('work.'));
  const needsPerson = desk.outbox.nextLook(prepared.known)?.needsPerson ?? false;
  const sealed = readRecords(join(place.root, 'workspace'))
    .filter((record) => record.type === 'publication.attempted')
    .map((record) => ({ ...record.data, sealed: desk.seals.open(record, sealedPayloadSchema) }));
  await desk.close();
  return { state: state.at(-1), needsPerson, attempts: sealed, faults };
};

interface Story {
  readonly server: PostServer;
  readonly end: End;
  readonly after: Awaited<ReturnType<typeof startAgain>>;
}

/** One life that ends at a moment, and another that ends in order. */
const liveTwice = async (
  hasKeys: boolean,
  moment: { killAt: number; isWholeLife?: boolean } | { server: ServerMoment },
): Promise<Story> => {
  const server = await PostServer.start();
  try {
    const place = { root: prepared.copy(), now: prepared.now, server: server.address, hasKeys };
    const killAt = 'killAt' in moment ? moment.killAt : 0;
    const isWholeLife = 'killAt' in moment && moment.isWholeLife === true;
    const child = new JobProcess({ ...place, work: { kind: 'publish' }, killAt, isWholeLife });
    if ('server' in moment) {
      server.onMoment = async (reached) => {
        if (reached !== moment.server) return false;
        await child.kill();
        return true;
      };
    }
    const end = await child.end();
    server.onMoment = () => Promise.resolve(false);
    const after = await startAgain({ ...place, now: place.now + 60_000 });
    const { problems } = await verifyWorkspace(join(place.root, 'workspace'));
    expect({ at: end.killed, problems, faults: [...end.faults, ...after.faults] }).toEqual({
      at: end.killed,
      problems: [],
      faults: [],
    });
    return { server, end, after };
  } finally {
    await server.stop();
  }
};

/** Everything that was ever asked of the server, and everything that it made, is what was approved. */
const expectApproved = ({ server, after, end }: Story): void => {
  const [first] = after.attempts;
  for (const { payloadHash, key, sealed } of after.attempts) {
    expect({ payloadHash, key }, end.killed ?? '').toEqual({ payloadHash: first?.payloadHash, key: first?.key });
    expect(hashOf(sealed?.payload)).toBe(payloadHash);
  }
  expect(new Set(server.asked).size, end.killed ?? '').toBeLessThanOrEqual(1);
  for (const { payload, key } of server.posts) {
    expect(payload.text).toBe(APPROVED);
    expect({ hash: hashOf(payload), key }).toEqual({ hash: first?.payloadHash, key: first?.key });
  }
};

const expectOnePost = (story: Story): void => {
  expectApproved(story);
  const { server, after, end } = story;
  expect({ at: end.killed, posts: server.posts.length, state: after.state }).toEqual({
    at: end.killed,
    posts: 1,
    state: 'work.published.verified',
  });
};

/** Either one post that the desk knows of, or nothing more than one request, about which a person is asked. */
const expectNeverTwo = (story: Story): void => {
  expectApproved(story);
  const { server, after, end } = story;
  expect(server.asked.length, end.killed ?? '').toBeLessThanOrEqual(1);
  if (after.state === 'work.published.verified') expect(server.posts).toHaveLength(1);
  else {
    expect({ at: end.killed, state: after.state, needsPerson: after.needsPerson }).toEqual({
      at: end.killed,
      state: 'work.publishing.reconciling',
      needsPerson: true,
    });
  }
};

/** Moments that the enumeration must have come by, or it has proved less than it says. */
const MUST_REACH = [
  'before writing 00000000000000000000.jsonl',
  'in the middle of writing 00000000000000000000.jsonl',
  'before flushing 00000000000000000000.jsonl',
  'after flushing 00000000000000000000.jsonl',
  'before the request to publish',
  'after the request to publish',
  'before the request to read',
];

describe('killed at any moment of a publication', () => {
  test('a desk whose channel has keys ends with exactly one post of the approved bytes', async () => {
    const reached = await forEveryMoment(async (killAt) => {
      const story = await liveTwice(true, { killAt, isWholeLife: IS_DEEP });
      expectOnePost(story);
      return story.end.killed;
    });
    expect(reached).toEqual(expect.arrayContaining(MUST_REACH));
    // Three records, each written and flushed, and two requests.
    expect(reached.length).toBeGreaterThanOrEqual(3 * 5 + 2 * 3);
  }, 600_000);

  test('a desk whose channel has none never posts twice, and asks a person where it cannot tell', async () => {
    let unknown = 0;
    const reached = await forEveryMoment(async (killAt) => {
      const story = await liveTwice(false, { killAt, isWholeLife: IS_DEEP });
      expectNeverTwo(story);
      if (story.after.needsPerson) unknown += 1;
      return story.end.killed;
    });
    expect(reached).toEqual(expect.arrayContaining(MUST_REACH));
    expect(unknown).toBeGreaterThan(3);
  }, 600_000);

  test.each<ServerMoment>(['the request has arrived', 'the post is made', 'the post is read'])(
    'a desk that dies while its server works (%s) ends with one post, or asks',
    async (server) => {
      expectOnePost(await liveTwice(true, { server }));
      expectNeverTwo(await liveTwice(false, { server }));
    },
    120_000,
  );
});
