import { and, assign, or, setup, stateIn } from 'xstate';
import type { ReviewKind } from '../people/roles.ts';
import { isRequired } from '../policy/route.ts';
import {
  emptyReplyContext,
  type DecisionEvent,
  type Operation,
  type PublicationReport,
  type RecallEvent,
  type ReleaseEvent,
  type ReplyContext,
  type ReplyEvent,
  type ReviseEvent,
  type ScheduleEvent,
  type SubmitEvent,
} from './reply.events.ts';
import {
  hasExpired,
  isScheduledTime,
  isTurnOf,
  liesAhead,
  mayAttempt,
  mayDecide,
  mayRecall,
  mayRelease,
  maySave,
  maySubmit,
} from './reply.rules.ts';

type Report = PublicationReport;
type Attempt = Extract<Report, { type: 'publicationAttempted' }>;
interface OfReview {
  review: ReviewKind;
}

const saves = (context: ReplyContext, event: ReplyEvent, operation: Operation): boolean =>
  event.type === 'revise' && event.operation === operation && maySave(context, event) === null;

const isOutcome = (event: ReplyEvent, outcome: 'same' | 'drifted' | 'gone'): boolean =>
  event.type === 'publicationObserved' && event.outcome === outcome;

interface Taking {
  event: ReplyEvent;
}

/** A report about an answer; one about a correction or a take-down keeps no promise. */
const isAnswer = ({ event }: Taking): boolean => (event as Report).operation === 'reply';

const isFound = ({ event }: Taking): boolean => event.type === 'publicationConfirmed' && event.isThere;

/** Where an outcome is awaited. The regions beside the work take a report only there, as the work does. */
const ATTEMPTED = { work: { publishing: 'attempted' } };
const RECONCILING = { work: { publishing: 'reconciling' } };

const base = setup({
  types: {
    context: {} as ReplyContext,
    events: {} as ReplyEvent,
  },
  guards: {
    isClaimed: ({ event }) => event.type === 'claim' && event.person !== null,
    continuesReply: ({ context, event }) => context.operation === 'reply' && saves(context, event, 'reply'),
    continuesCorrection: ({ context, event }) => context.operation === 'correct' && saves(context, event, 'correct'),
    continuesTakeDown: ({ context, event }) => context.operation === 'takeDown' && saves(context, event, 'takeDown'),
    startsCorrection: ({ context, event }) => saves(context, event, 'correct'),
    startsTakeDown: ({ context, event }) => saves(context, event, 'takeDown'),
    maySubmit: ({ context, event }) => maySubmit(context, event as SubmitEvent) === null,
    mayRecall: ({ context, event }) => mayRecall(context, event as RecallEvent) === null,
    mayDecide: ({ context, event }) => mayDecide(context, event as DecisionEvent) === null,
    mayApprove: ({ context, event }, { review }: OfReview) =>
      (event as DecisionEvent).review === review && mayDecide(context, event as DecisionEvent) === null,
    isNotRequired: ({ context }, { review }: OfReview) => !isRequired(context.route, review),
    isTurnOf: ({ context }, { review }: OfReview) => isTurnOf(context.route, context.decisions, review),
    mayRelease: ({ context, event }) => mayRelease(context, event as ReleaseEvent) === null,
    maySchedule: ({ context, event }) =>
      mayRelease(context, event as ScheduleEvent) === null && liesAhead(context, event as ScheduleEvent) === null,
    mayAttempt: ({ context, event }) =>
      (event as Attempt).operation === context.operation &&
      mayAttempt(context, event as Attempt) === null &&
      isScheduledTime(context, event as Attempt) === null,
    hasExpired: ({ context, event }) => hasExpired(context, event as { at: string }) === null,
    isOwnOperation: ({ context, event }) => (event as Report).operation === context.operation,
    isFinalFailure: ({ context, event }) =>
      event.type === 'publicationFailed' && event.isFinal && event.operation === context.operation,
    isFoundByHand: ({ context, event }) =>
      event.type === 'publicationConfirmed' && event.isThere && event.operation === context.operation,
    looksSame: ({ event }) => isOutcome(event, 'same'),
    looksDrifted: ({ event }) => isOutcome(event, 'drifted'),
    looksGone: ({ event }) => isOutcome(event, 'gone'),
    wasVerified: ({ context }) => context.observation === 'same',
    wasDrifted: ({ context }) => context.observation === 'drifted',
    wasGone: ({ context }) => context.observation === 'gone',
    isPublic: ({ context }) => context.publishedHash !== null,
    isCorrection: ({ context }) => context.operation === 'correct',
    isTakeDown: ({ context }) => context.operation === 'takeDown',
    answersPost: and([isAnswer, or([stateIn(ATTEMPTED), stateIn(RECONCILING)])]),
    isAnsweredByHand: and([isAnswer, isFound, stateIn(RECONCILING)]),
    acknowledgesPost: ({ event }) => (event as Report).operation === 'acknowledge',
  },
  actions: {
    takeClaim: assign(({ event }) => (event.type === 'claim' ? { assignee: event.person } : {})),
    /** Invariant 3: a new revision voids every decision. */
    takeRevision: assign(({ context, event }) => {
      const { revision, contentHash, operation, actor } = event as ReviseEvent;
      return {
        revision,
        contentHash,
        operation,
        authors: context.authors.includes(actor.person) ? context.authors : [...context.authors, actor.person],
        assignee: context.assignee ?? (actor.role === 'agent' ? actor.person : null),
        route: null,
        decisions: {},
        publication: null,
        scheduledFor: null,
      };
    }),
    takeRoute: assign(({ event }) => ({ route: (event as SubmitEvent).route, decisions: {} })),
    takeDecision: assign(({ context, event }) => {
      const { review, actor, contentHash, at } = event as DecisionEvent;
      return { decisions: { ...context.decisions, [review]: { review, person: actor.person, contentHash, at } } };
    }),
    voidDecisions: assign({ decisions: {}, publication: null, scheduledFor: null }),
    takeRelease: assign(({ event }) => ({ publication: (event as ReleaseEvent).publication, scheduledFor: null })),
    takeSchedule: assign(({ event }) => {
      const { publication, scheduledFor } = event as ScheduleEvent;
      return { publication, scheduledFor };
    }),
    dropRelease: assign({ publication: null, scheduledFor: null }),
    takePublication: assign(({ context, event }) => ({
      publishedHash: context.operation === 'takeDown' ? null : context.contentHash,
      publishedAt: (event as Report).at,
      observation: null,
      authors: [],
      scheduledFor: null,
    })),
    takeObservation: assign(({ event }) =>
      event.type === 'publicationObserved' ? { observation: event.outcome } : {},
    ),
    /** What is public, or is not any more, stays so; the change that was meant for it is over. */
    dropChange: assign({ operation: 'reply', route: null, decisions: {}, publication: null, scheduledFor: null }),
  },
});

/** A customer's post that needs no answer of ours, or not here. */
const TRIAGE = {
  monitor: 'monitoring',
  dismiss: 'noResponse',
  handlePrivately: 'privateHandling',
  merge: 'merged',
} as const;

/** Content of the same operation may be changed until it is sent. */
const NEW_REVISION = [
  { guard: 'continuesReply', target: 'drafting', actions: 'takeRevision' },
  { guard: 'continuesCorrection', target: 'correcting', actions: 'takeRevision' },
  { guard: 'continuesTakeDown', target: 'takingDown', actions: 'takeRevision' },
] as const;

const APPROVAL_EXPIRES = { guard: 'hasExpired', target: '#reply.work.inReview', actions: 'voidDecisions' } as const;
const RECALL = { guard: 'mayRecall', target: '#reply.work.returned', actions: 'voidDecisions' } as const;
const SENT = { guard: 'isOwnOperation', target: '#reply.work.sent', actions: 'takePublication' } as const;

const ANSWERED = {
  publicationSucceeded: { guard: 'answersPost', target: 'met' },
  publicationConfirmed: { guard: 'isAnsweredByHand', target: 'met' },
} as const;

/** A state that is left in the step that enters it; a drawing may leave it out. */
const PASSING = { isPassing: true } as const;

const reviewRegion = (review: ReviewKind) =>
  base.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: {
        always: [
          { guard: { type: 'isNotRequired', params: { review } }, target: 'notRequired' },
          { guard: { type: 'isTurnOf', params: { review } }, target: 'deciding' },
        ],
      },
      deciding: {
        on: {
          approve: { guard: { type: 'mayApprove', params: { review } }, target: 'approved', actions: 'takeDecision' },
        },
      },
      notRequired: { type: 'final' },
      approved: { type: 'final' },
    },
  });

/**
 * A reply's life (DESIGN.md, The reply, as a statechart). Its events are the facts of the journal, one for each type of
 * record, so that replaying a reply's records gives its state. It runs no effects: what is to be sent is what stands in
 * `publishing`, and times that pass come as events. The file is long because XState types guards, actions and states together.
 */
export const replyMachine = base.createMachine({
  id: 'reply',
  context: emptyReplyContext(),
  type: 'parallel',
  states: {
    work: {
      initial: 'triage',
      states: {
        triage: {
          on: {
            claim: [{ guard: 'isClaimed', target: 'drafting', actions: 'takeClaim' }, { actions: 'takeClaim' }],
            revise: { guard: 'continuesReply', target: 'drafting', actions: 'takeRevision' },
            ...TRIAGE,
          },
        },
        monitoring: { on: { reopen: 'triage', dismiss: 'noResponse', close: 'closed' } },
        noResponse: { on: { reopen: 'triage' } },
        privateHandling: { on: { reopen: 'triage', close: 'closed' } },
        merged: { on: { reopen: 'triage' } },
        drafting: {
          on: {
            claim: { actions: 'takeClaim' },
            revise: { guard: 'continuesReply', actions: 'takeRevision' },
            submit: { guard: 'maySubmit', target: 'inReview', actions: 'takeRoute' },
            withdraw: 'withdrawn',
            ...TRIAGE,
          },
        },
        inReview: {
          type: 'parallel',
          states: { comms: reviewRegion('comms'), legal: reviewRegion('legal') },
          onDone: 'approved',
          on: {
            requestChanges: { guard: 'mayDecide', target: 'returned', actions: 'voidDecisions' },
            reject: { guard: 'mayDecide', target: 'refused', actions: 'voidDecisions' },
            recall: RECALL,
            revise: NEW_REVISION,
            claim: { actions: 'takeClaim' },
          },
        },
        returned: {
          meta: PASSING,
          always: [
            { guard: 'isCorrection', target: 'correcting' },
            { guard: 'isTakeDown', target: 'takingDown' },
            { target: 'drafting' },
          ],
        },
        refused: {
          meta: PASSING,
          always: [{ guard: 'isPublic', target: 'published', actions: 'dropChange' }, { target: 'rejected' }],
        },
        rejected: {
          on: {
            revise: { guard: 'continuesReply', target: 'drafting', actions: 'takeRevision' },
            close: 'closed',
          },
        },
        approved: {
          on: {
            release: { guard: 'mayRelease', target: 'publishing', actions: 'takeRelease' },
            schedule: { guard: 'maySchedule', target: 'scheduled', actions: 'takeSchedule' },
            expireApproval: APPROVAL_EXPIRES,
            recall: RECALL,
            revise: NEW_REVISION,
            claim: { actions: 'takeClaim' },
          },
        },
        scheduled: {
          on: {
            unschedule: { target: 'approved', actions: 'dropRelease' },
            schedule: { guard: 'maySchedule', actions: 'takeSchedule' },
            release: { guard: 'mayRelease', target: 'publishing', actions: 'takeRelease' },
            publicationAttempted: { guard: 'mayAttempt', target: 'publishing.attempted' },
            expireApproval: APPROVAL_EXPIRES,
            recall: RECALL,
            revise: NEW_REVISION,
          },
        },
        publishing: {
          initial: 'queued',
          states: {
            queued: {
              on: {
                publicationAttempted: { guard: 'mayAttempt', target: 'attempted' },
                release: { guard: 'mayRelease', actions: 'takeRelease' },
                expireApproval: APPROVAL_EXPIRES,
                recall: RECALL,
              },
            },
            attempted: {
              on: {
                publicationSucceeded: SENT,
                publicationFailed: [
                  { guard: 'isFinalFailure', target: '#reply.work.approved', actions: 'dropRelease' },
                  { guard: 'isOwnOperation', target: 'backingOff' },
                ],
                publicationUnknown: { guard: 'isOwnOperation', target: 'reconciling' },
              },
            },
            backingOff: {
              on: {
                publicationAttempted: { guard: 'mayAttempt', target: 'attempted' },
                release: { guard: 'mayRelease', target: 'queued', actions: 'takeRelease' },
                expireApproval: APPROVAL_EXPIRES,
                recall: RECALL,
              },
            },
            /** The outcome is not known: the channel is looked at before anything is sent again. */
            reconciling: {
              on: {
                publicationSucceeded: SENT,
                publicationFailed: { guard: 'isOwnOperation', target: 'backingOff' },
                publicationConfirmed: [
                  { guard: 'isFoundByHand', target: '#reply.work.sent', actions: 'takePublication' },
                  { guard: 'isOwnOperation', target: 'backingOff' },
                ],
              },
            },
          },
        },
        sent: {
          meta: PASSING,
          always: [{ guard: 'isPublic', target: 'published' }, { target: 'takenDown' }],
        },
        published: {
          initial: 'settling',
          states: {
            settling: {
              meta: PASSING,
              always: [
                { guard: 'wasVerified', target: 'verified' },
                { guard: 'wasDrifted', target: 'drifted' },
                { guard: 'wasGone', target: 'gone' },
                { target: 'awaitingReadback' },
              ],
            },
            awaitingReadback: {},
            verified: {},
            drifted: {},
            gone: {},
          },
          on: {
            publicationObserved: [
              { guard: 'looksSame', target: '.verified', actions: 'takeObservation' },
              { guard: 'looksDrifted', target: '.drifted', actions: 'takeObservation' },
              { guard: 'looksGone', target: '.gone', actions: 'takeObservation' },
            ],
            revise: [
              { guard: 'startsCorrection', target: 'correcting', actions: 'takeRevision' },
              { guard: 'startsTakeDown', target: 'takingDown', actions: 'takeRevision' },
            ],
            close: 'closed',
          },
        },
        correcting: {
          on: {
            revise: { guard: 'continuesCorrection', actions: 'takeRevision' },
            submit: { guard: 'maySubmit', target: 'inReview', actions: 'takeRoute' },
            withdraw: { target: 'published', actions: 'dropChange' },
            claim: { actions: 'takeClaim' },
          },
        },
        takingDown: {
          on: {
            revise: { guard: 'continuesTakeDown', actions: 'takeRevision' },
            submit: { guard: 'maySubmit', target: 'inReview', actions: 'takeRoute' },
            withdraw: { target: 'published', actions: 'dropChange' },
            claim: { actions: 'takeClaim' },
          },
        },
        takenDown: { on: { close: 'closed' } },
        withdrawn: { on: { reopen: 'triage' } },
        /** What was taken down is over: a reply that is opened again begins with an answer, not with the take-down. */
        closed: {
          on: {
            reopen: [
              { guard: 'isPublic', target: 'published' },
              { target: 'triage', actions: 'dropChange' },
            ],
          },
        },
      },
    },
    serviceLevel: {
      initial: 'onTime',
      states: {
        onTime: {
          on: {
            escalate: 'atRisk',
            breach: 'breached',
            ...ANSWERED,
          },
        },
        atRisk: { on: { breach: 'breached', ...ANSWERED } },
        breached: {},
        met: {},
      },
    },
    hold: {
      initial: 'none',
      states: { none: { on: { placeHold: 'held' } }, held: { on: { liftHold: 'none' } } },
    },
    acknowledgement: {
      initial: 'none',
      states: {
        none: { on: { publicationSucceeded: { guard: 'acknowledgesPost', target: 'holdingReplySent' } } },
        holdingReplySent: {},
      },
    },
  },
});
