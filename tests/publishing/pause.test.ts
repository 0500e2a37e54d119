import { describe, expect, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { buildCommand, type DraftRecord } from '#main/core/draft-record.ts';
import { commanderOf, requireViewer } from '#main/core/viewer.ts';
import { isPaused } from '#workflows/publishing/pause.replay.ts';
import type { TestDesk } from '../core/desk.fixture.ts';
import { outcomesOf, whyRefused } from '../core/refusal.ts';
import { MINUTE } from '../core/test-clock.ts';
import { LONG, publishingDesk, story, type PublishingDesk } from './publishing-desk.ts';

/** The ways in which a reply comes to be due; each returns one that is sent at the next {@link TestDesk.settle}. */
const WAYS: Record<string, (made: PublishingDesk) => Promise<ReplyId>> = {
  released: ({ desk }) => desk.flow.released(),
  scheduled: async ({ desk }) => {
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, new Date(desk.clock.now() + 10 * MINUTE).toISOString());
    desk.clock.advance(10 * MINUTE);
    return reply;
  },
  retried: async ({ desk, channel }) => {
    const reply = await desk.flow.released();
    channel.plan.publish.push('offline');
    await desk.settle();
    channel.calls.length = 0;
    desk.clock.advance(MINUTE);
    return reply;
  },
};

/** Lets Pat pause in the very turn in which an attempt is handed to the journal, so that both are written together. */
const pauseWithTheAttempt = (desk: TestDesk): (() => Promise<unknown> | null) => {
  const { host, people } = desk;
  const { journal, executeContext } = host.desk;
  const viewer = requireViewer(host.desk, host.sessions.get(people.pat.id));
  const append = journal.append.bind(journal);
  let pausing: Promise<unknown> | null = null;
  journal.append = (batch) => {
    const placed = append(batch);
    if (batch.records[0]?.type === 'publication.attempted' && !pausing) {
      const drafts = [
        { type: 'publishing.paused', subject: 'publishing', by: { role: 'publisher' }, data: {} },
      ] as const satisfies DraftRecord[];
      const commander = commanderOf(host.desk, viewer);
      // Past the turns of this process, as another server's pause would come.
      pausing = append(buildCommand(desk.command(), { drafts, reads: [] }, commander, executeContext));
    }
    return placed;
  };
  return () => pausing;
};

describe.each(Object.entries(WAYS))('what was %s', (_name, due) => {
  test('is not begun once a pause is recorded, even right behind the attempt’s own record', async () => {
    const made = await publishingDesk();
    const { desk, channel } = made;
    const reply = await due(made);
    const pausing = pauseWithTheAttempt(desk);
    channel.beforePublish = () => expect(isPaused(desk.host.desk.tables.pause.get().state)).toBe(false);
    await desk.settle();
    await pausing();
    expect(isPaused(desk.host.desk.tables.pause.get().state)).toBe(true);
    expect(channel.calls).toEqual([]);
    expect(story(desk, reply).slice(-2)).toEqual(['attempted', 'failed']);
    await desk.pass(LONG);
    expect(channel.calls).toEqual([]);
  });

  test('is not sent in a pause, nor after it, until somebody releases it again', async () => {
    const made = await publishingDesk();
    const { desk, channel } = made;
    const { agnes, cleo, carl, leo } = desk.people;
    const reply = await due(made);
    await desk.flow.pause();
    await desk.settle();
    await agnes.desk.reply.retryNow({ reply });
    expect(await whyRefused(desk.flow.release(reply))).toBe('PUBLISHING_PAUSED publishingPaused');
    await cleo.desk.publishing.proposeResume(desk.flow.signed());
    await desk.settle();
    const lifts = [cleo, carl].map((person) => person.desk.publishing.resume(desk.flow.signed()));
    expect(await outcomesOf(lifts)).toEqual(['FORBIDDEN resumeNeedsAnother', 'FORBIDDEN resumeNeedsOtherRole']);
    expect(channel.calls).toEqual([]);
    await leo.desk.publishing.resume(desk.flow.signed());
    await desk.pass(LONG);
    await agnes.desk.reply.retryNow({ reply });
    expect(channel.calls).toEqual([]);
    await desk.flow.release(reply);
    await desk.settle();
    expect(channel.calls.map(({ method }) => method)).toEqual(['publish', 'read']);
    expect(await desk.flow.state(reply)).toBe('published');
  });
});

describe('in a pause', () => {
  test('what may have been made is looked up, and nothing is sent when it was not', async () => {
    const { desk, channel } = await publishingDesk();
    const lost = await desk.flow.released('The request was lost.');
    const made = await desk.flow.released('The answer was lost.');
    channel.plan.publish.push('requestLost', 'answerLost');
    await desk.settle();
    await desk.flow.pause();
    await desk.pass(LONG);
    expect(channel.count('publish')).toBe(2);
    expect(await desk.flow.state(made)).toBe('published');
    expect(story(desk, lost)).toEqual(['attempted', 'unknown', 'failed']);
    expect((await desk.flow.view(lost)).publication).toMatchObject({ needsReleaseAgain: true });
  });

  test('that comes while a request is under way, the request ends, and the next one is not begun', async () => {
    const { desk, channel } = await publishingDesk();
    const first = await desk.flow.released('First.');
    const second = await desk.flow.released('Second.');
    let pausing = Promise.resolve<unknown>(null);
    channel.beforePublish = async () => {
      pausing = desk.flow.pause();
      await pausing;
    };
    await desk.settle();
    await pausing;
    expect(channel.count('publish')).toBe(1);
    expect(await desk.flow.state(first)).toBe('published');
    expect(story(desk, second)).toEqual([]);
  });
});
