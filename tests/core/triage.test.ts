import { describe, expect, test } from 'vitest';
import { ulid } from 'ulid';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { TRIAGE_OUTCOMES } from '#workflows/reply/reply.records.ts';
import { deskForTest, type Actor, type TestDesk } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { HOUR, MINUTE } from './test-clock.ts';

interface Outcome {
  readonly reason?: string;
  readonly until?: string | null;
  readonly into?: ReplyId | null;
  readonly by?: Actor;
}

const triage = async (
  desk: TestDesk,
  reply: ReplyId,
  outcome: (typeof TRIAGE_OUTCOMES)[number],
  { reason = 'Seen', until = null, into = null, by = desk.people.agnes }: Outcome = {},
) => by.desk.reply.triage({ ...(await desk.flow.target(reply)), outcome, reason, until, into });

describe('taking a reply', () => {
  test('begins the draft and makes it the person’s own', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.people.ben.desk.reply.claim(await desk.flow.target(reply));
    expect(await desk.flow.view(reply)).toMatchObject({ state: 'drafting', assignee: { name: 'Ben' } });
  });

  test('again records nothing', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.people.ben.desk.reply.claim(await desk.flow.target(reply));
    const before = desk.size;
    const receipt = await desk.people.ben.desk.reply.claim(await desk.flow.target(reply));
    expect(receipt).toMatchObject({ seq: null, count: 0, subject: reply });
    expect(desk.size).toBe(before);
  });

  test('can be handed to who may write, given back, and to nobody else', async () => {
    const desk = await deskForTest();
    const { agnes, cleo, uma, pat } = desk.people;
    const reply = await desk.flow.captured();
    await agnes.desk.reply.claim(await desk.flow.target(reply));
    await agnes.desk.reply.handOver({ ...(await desk.flow.target(reply)), to: cleo.id });
    expect((await desk.flow.view(reply)).assignee?.name).toBe('Cleo');
    await agnes.desk.reply.handOver({ ...(await desk.flow.target(reply)), to: null });
    expect((await desk.flow.view(reply)).assignee).toBeNull();
    for (const { id } of [uma, pat]) {
      expect(await whyRefused(agnes.desk.reply.handOver({ ...(await desk.flow.target(reply)), to: id }))).toBe(
        'INVALID_INPUT cannotTakeOver',
      );
    }
  });

  test('on a view that is out of date is refused, and changes nothing', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const seen = await desk.flow.target(reply);
    await triage(desk, reply, 'privateHandling');
    const before = desk.size;
    expect(await refusalOf(desk.people.ben.desk.reply.claim(seen))).toMatchObject({
      code: 'VERSION_CONFLICT',
      reason: 'changedElsewhere',
      retryable: true,
    });
    expect(desk.size).toBe(before);
  });

  test('of a reply that is not there is refused', async () => {
    const desk = await deskForTest();
    const nothing = { commandId: desk.command(), reply: `reply/${ulid()}` as const, version: 0 };
    expect(await whyRefused(desk.people.agnes.desk.reply.claim(nothing))).toBe('NOT_FOUND replyNotFound');
  });
});

describe('triage', () => {
  test('lets a post be watched until a time, and takes it up again when that has come', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const until = new Date(desk.clock.now() + 3 * HOUR).toISOString();
    await triage(desk, reply, 'monitoring', { until });
    await desk.pass(3 * HOUR - 1);
    expect(await desk.flow.state(reply)).toBe('monitoring');
    await desk.pass(1);
    expect(await desk.flow.state(reply)).toBe('triage');
    // An answer is owed again from then on, and its time has passed meanwhile.
    expect(desk.records().slice(-2)).toMatchObject([
      { type: 'reply.monitoringEnded', actor: { system: 'clock' } },
      { type: 'reply.breached', actor: { system: 'clock' } },
    ]);
  });

  test('does not watch until a time that has passed', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    expect(await whyRefused(triage(desk, reply, 'monitoring', { until: desk.clock.time() }))).toBe(
      'INVALID_INPUT scheduleInPast',
    );
  });

  test('asks for a reason where no answer is given, and keeps it with the story', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    expect(await whyRefused(triage(desk, reply, 'noResponse', { reason: '  ' }))).toBe('INVALID_INPUT reasonNeeded');
    await triage(desk, reply, 'noResponse', { reason: 'It is spam.' });
    expect(await desk.flow.state(reply)).toBe('noResponse');
    const { entries } = await desk.people.uma.desk.reply.story({ reply });
    expect(entries.at(-1)).toMatchObject({
      type: 'reply.triaged',
      text: 'It is spam.',
      values: { outcome: 'noResponse' },
    });
  });

  test('merges only into another reply that is there', async () => {
    const desk = await deskForTest();
    const [one, other] = [await desk.flow.captured('One'), await desk.flow.captured('Other', 'ann.example')];
    expect(await whyRefused(triage(desk, one, 'merged', { into: one }))).toBe('INVALID_INPUT mergeNeedsOther');
    expect(await whyRefused(triage(desk, one, 'merged'))).toBe('INVALID_INPUT mergeNeedsOther');
    expect(await whyRefused(triage(desk, one, 'merged', { into: `reply/${ulid()}` }))).toBe('NOT_FOUND replyNotFound');
    await triage(desk, one, 'merged', { into: other });
    expect(await desk.flow.state(one)).toBe('merged');
  });

  test.each(['monitoring', 'noResponse', 'privateHandling'] as const)(
    'takes %s back when somebody asks',
    async (outcome) => {
      const desk = await deskForTest();
      const reply = await desk.flow.captured();
      await triage(desk, reply, outcome);
      expect(await desk.flow.state(reply)).toBe(outcome);
      await triage(desk, reply, 'triage');
      expect(await desk.flow.state(reply)).toBe('triage');
    },
  );

  test('does not touch what is with the reviewers', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.inReview();
    for (const outcome of ['monitoring', 'noResponse', 'privateHandling', 'triage'] as const) {
      expect(await whyRefused(triage(desk, reply, outcome))).toBe('ILLEGAL_TRANSITION notPossibleNow');
    }
    expect(await desk.flow.state(reply)).toBe('inReview');
  });

  test.each(['pat', 'uma', 'ada'] as const)('is not for %s', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const refused = await refusalOf(triage(desk, reply, 'noResponse', { by: desk.people[who] }));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', reason: 'roleMayNot' });
  });
});

describe('the promise to the customer', () => {
  test('is at risk half an hour before it is due, and broken when the time has come', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.pass(30 * MINUTE - 1);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('onTime');
    await desk.pass(1);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('atRisk');
    expect((await desk.people.agnes.desk.reply.list({ queue: 'atRisk' })).items.map(({ id }) => id)).toEqual([reply]);
    await desk.pass(30 * MINUTE);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('breached');
  });

  test('is met by an answer in time, and never runs out afterwards', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    expect((await desk.flow.view(reply)).serviceLevel).toBe('met');
    await desk.pass(5 * HOUR);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('met');
  });

  test('does not run while nothing is owed', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await triage(desk, reply, 'noResponse');
    const before = desk.size;
    await desk.pass(5 * HOUR);
    expect(desk.size).toBe(before);
  });
});
