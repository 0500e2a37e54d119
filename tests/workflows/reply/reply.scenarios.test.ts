import { describe, expect, test } from 'vitest';
import type { ReplyEvent, ReplyEventType } from '#workflows/reply/reply.events.ts';
import { openReply, stepReply, type ReplyState } from '#workflows/reply/reply.replay.ts';
import { isIn } from '#workflows/step.ts';
import { ANA, as, CATE, hashOf, hoursLater, KAY, PAT, REX, START } from '../cast.ts';
import { eventOf, EVENTS, routeOf } from './events.ts';

/** An event by its type alone, or made for the state as it is. */
type Act = ReplyEventType | ((state: ReplyState) => ReplyEvent);

const eventFor = (state: ReplyState, act: Act): ReplyEvent =>
  typeof act === 'string' ? eventOf(act, state.context, START) : act(state);

/** The state after acts. Precondition: each of them is taken. */
const after = (...acts: Act[]): ReplyState =>
  acts.reduce((state, act) => {
    const event = eventFor(state, act);
    const next = stepReply(state, event);
    if (!next) throw new Error(`${event.type} was refused in ${JSON.stringify(state.value)}`);
    return next;
  }, openReply());

const isRefused = (state: ReplyState, act: Act): boolean => stepReply(state, eventFor(state, act)) === null;
const workOf = (state: ReplyState): unknown => Object.values(state.value)[0];

const revise =
  (operation: 'reply' | 'correct' | 'takeDown', person = ANA, role: 'agent' | 'comms' | 'legal' = 'agent'): Act =>
  ({ context }) => ({ ...EVENTS.revise(context, START), operation, actor: as(person, role) });
const approve =
  (review: 'comms' | 'legal', person = review === 'comms' ? CATE : REX, at = START): Act =>
  ({ context }) => ({ ...EVENTS.approve(context, at), review, actor: as(person, review) });
const failFinally: Act = ({ context }) => ({ ...EVENTS.publicationFailed(context, START), isFinal: true });
const attemptAt =
  (at: string): Act =>
  ({ context }) =>
    EVENTS.publicationAttempted(context, at);

const REVIEWED: Act[] = ['submit', approve('comms'), approve('legal')];
const SENT: Act[] = ['release', 'publicationAttempted', 'publicationSucceeded'];
const PUBLISHED: Act[] = [revise('reply'), ...REVIEWED, ...SENT];
const TAKEN_DOWN: Act[] = [...PUBLISHED, revise('takeDown'), ...REVIEWED, ...SENT];

describe('a reply that is published', () => {
  test('stays public, as it was, while a correction is written, reviewed and rejected', () => {
    const state = after(...PUBLISHED, 'publicationObserved', revise('correct'), 'submit', 'reject');
    expect(workOf(state)).toEqual({ published: 'verified' });
    expect(state.context).toMatchObject({ publishedHash: hashOf(1), operation: 'reply', route: null, decisions: {} });
  });

  test('stays public when a correction is withdrawn', () => {
    const state = after(...PUBLISHED, revise('correct'), 'withdraw');
    expect(workOf(state)).toEqual({ published: 'awaitingReadback' });
    expect(state.context.publishedHash).toBe(hashOf(1));
  });

  test('shows the correction once that is sent, and awaits its readback', () => {
    const state = after(...PUBLISHED, 'publicationObserved', revise('correct'), ...REVIEWED, ...SENT);
    expect(workOf(state)).toEqual({ published: 'awaitingReadback' });
    expect(state.context.publishedHash).toBe(hashOf(2));
  });

  test('is nowhere any more once it is taken down', () => {
    const state = after(...TAKEN_DOWN);
    expect(workOf(state)).toBe('takenDown');
    expect(state.context.publishedHash).toBeNull();
  });

  test('comes back to where it was when it is closed and reopened', () => {
    const state = after(...PUBLISHED, 'publicationObserved', 'close', 'reopen');
    expect(workOf(state)).toEqual({ published: 'verified' });
  });

  test('cannot be answered a second time', () => {
    expect(isRefused(after(...PUBLISHED), revise('reply'))).toBe(true);
  });

  test('has no authors for what comes next: who wrote it may review its correction', () => {
    const state = after(...PUBLISHED, revise('correct', KAY, 'comms'), 'submit', approve('legal', ANA));
    expect(state.context.authors).toEqual([KAY]);
    expect(isIn(state.value, 'work.inReview.legal.approved')).toBe(true);
  });
});

describe('a reply that was taken down, closed and reopened', () => {
  const REOPENED: Act[] = [...TAKEN_DOWN, 'close', 'reopen', 'claim'];

  test('can be answered anew', () => {
    expect(isRefused(after(...REOPENED), revise('reply'))).toBe(false);
  });

  test('does not bring the old take-down before the reviewers again', () => {
    expect(isRefused(after(...REOPENED), 'submit')).toBe(true);
  });

  test('lets nobody approve what they wrote', () => {
    const state = after(...REOPENED);
    const submitted = stepReply(state, eventFor(state, 'submit')) ?? state;
    expect(isRefused(submitted, approve('legal', ANA))).toBe(true);
  });
});

describe('a reviewer', () => {
  test('who edits is an author and can no longer decide', () => {
    const state = after(revise('reply'), 'submit', approve('legal'), revise('reply', CATE, 'comms'), 'submit');
    expect(state.context.authors).toEqual([ANA, CATE]);
    expect(isRefused(state, approve('comms', CATE))).toBe(true);
    expect(isRefused(state, approve('comms', KAY))).toBe(false);
  });

  test('decides only when the turn has come, where reviews run in order', () => {
    const route = routeOf(['legal', 'comms'], { order: 'inOrder' });
    const state = after(revise('reply'), ({ context }) => ({ ...EVENTS.submit(context, START), route }));
    expect(workOf(state)).toEqual({ inReview: { comms: 'waiting', legal: 'deciding' } });
    expect(isRefused(state, approve('comms'))).toBe(true);
    expect(workOf(stepReply(state, eventFor(state, approve('legal'))) ?? state)).toEqual({
      inReview: { comms: 'deciding', legal: 'approved' },
    });
  });

  test('sends everything back, the other’s approval with it', () => {
    const state = after(revise('reply'), 'submit', approve('comms'), ({ context }) => ({
      ...EVENTS.requestChanges(context, START),
      review: 'legal',
      actor: as(REX, 'legal'),
    }));
    expect(workOf(state)).toBe('drafting');
    expect(state.context.decisions).toEqual({});
  });
});

describe('an approved reply', () => {
  const APPROVED: Act[] = [
    revise('reply'),
    'submit',
    approve('comms', CATE, START),
    approve('legal', REX, hoursLater(0.05)),
  ];

  test('is sent while the first of its approvals counts, and reviewed again afterwards', () => {
    const state = after(...APPROVED, 'release');
    expect(isRefused(state, attemptAt('2026-03-03T08:59:59.999Z'))).toBe(false);
    expect(isRefused(state, attemptAt(hoursLater(24)))).toBe(true);
    expect(isRefused(state, () => ({ type: 'expireApproval', at: '2026-03-03T08:59:59.999Z' }))).toBe(true);
    const expired = after(...APPROVED, 'release', () => ({ type: 'expireApproval', at: hoursLater(24) }));
    expect(workOf(expired)).toEqual({ inReview: { comms: 'deciding', legal: 'deciding' } });
    expect(expired.context).toMatchObject({ decisions: {}, publication: null });
  });

  test('that is scheduled is not sent before its time', () => {
    const state = after(...APPROVED, 'schedule');
    expect(isRefused(state, attemptAt(hoursLater(0.99)))).toBe(true);
    expect(isRefused(state, attemptAt(hoursLater(1)))).toBe(false);
  });

  test('that could not be sent for good is given back, and goes out when it is released again', () => {
    const givenBack = after(...APPROVED, 'release', 'publicationAttempted', failFinally);
    expect(workOf(givenBack)).toBe('approved');
    expect(givenBack.context.publication).toBeNull();
    expect(workOf(after(...APPROVED, 'release', 'publicationAttempted', failFinally, ...SENT))).toEqual({
      published: 'awaitingReadback',
    });
  });

  test('cannot be recalled or changed while it may be on its way', () => {
    for (const acts of [['publicationAttempted'], ['publicationAttempted', 'publicationUnknown']] as Act[][]) {
      const state = after(...APPROVED, 'release', ...acts);
      for (const act of ['recall', revise('reply'), 'release', 'expireApproval', 'withdraw', 'close'] as Act[]) {
        expect(isRefused(state, act)).toBe(true);
      }
    }
  });

  test('is released by somebody else where the policy demands it', () => {
    const route = routeOf(['comms', 'legal'], { authorMayRelease: false });
    const state = after(
      revise('reply'),
      ({ context }) => ({ ...EVENTS.submit(context, START), route }),
      approve('comms'),
      approve('legal'),
    );
    const releaseBy =
      (person: typeof ANA): Act =>
      ({ context }) => ({
        ...EVENTS.release(context, START),
        actor: as(person, 'publisher'),
      });
    expect(isRefused(state, releaseBy(ANA))).toBe(true);
    expect(isRefused(state, releaseBy(PAT))).toBe(false);
  });
});
