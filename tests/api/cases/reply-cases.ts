import type { ReplyId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { PASSPHRASE } from '../../core/roster.ts';
import { HOUR } from '../../core/test-clock.ts';
import { text } from '../../core/wording.ts';
import { NAMES, refusedTo, type Place, type ProcedureCase } from '../procedure-case.ts';
import { lostOnTheWay } from '../prepared-desk.ts';

const editorsOnly = refusedTo('pat', NAMES.editors);
const releasersOnly = refusedTo('leo', NAMES.releasers);
const legalOnly = refusedTo('cleo', NAMES.legal);
/** Agnes wrote it and is no reviewer. */
const commsOnly = refusedTo('agnes', ['Carl', 'Cleo', 'Kay'], 'notAReviewer');
const lawyersOnly = refusedTo('agnes', NAMES.legal, 'notAReviewer');

const captured = async ({ desk }: Place) => desk.flow.target(await desk.flow.captured());

const drafted = async ({ desk }: Place) => ({ reply: await desk.flow.drafted() });

const decision = async ({ desk }: Place, review: ReviewKind) => desk.flow.decision(await desk.flow.inReview(), review);

const onNewest = async ({ desk }: Place, reply: ReplyId) => {
  const { revision, contentHash } = await desk.flow.newest(reply);
  return { ...(await desk.flow.target(reply)), revision, contentHash };
};

const inAnHour = ({ desk }: Place): string => new Date(desk.clock.now() + HOUR).toISOString();

const READING = {
  'reply.list': { by: 'uma', access: 'everybody', input: () => ({ queue: 'open' }) },
  'reply.get': { by: 'uma', access: 'everybody', input: drafted },
  'reply.story': { by: 'uma', access: 'everybody', input: drafted },
  'reply.markSeen': {
    by: 'uma',
    access: 'everybody',
    input: async (place) => ({ ...(await drafted(place)), revision: 1 }),
  },
  'reply.getDraft': { by: 'uma', access: 'everybody', input: drafted },
  'reply.discardDraft': { by: 'uma', access: 'everybody', input: drafted },
  'reply.preview': {
    by: 'uma',
    access: 'everybody',
    input: async (place) => ({
      ...(await drafted(place)),
      document: text('See https://acme.example'),
      template: null,
      language: 'en',
    }),
  },
} satisfies Record<string, ProcedureCase>;

const WRITING = {
  'reply.claim': { by: 'agnes', access: editorsOnly, input: captured },
  'reply.handOver': {
    by: 'agnes',
    access: editorsOnly,
    input: async (place) => ({ ...(await captured(place)), to: place.desk.people.ben.id }),
  },
  'reply.triage': {
    by: 'agnes',
    access: editorsOnly,
    input: async (place) => ({
      ...(await captured(place)),
      outcome: 'noResponse',
      reason: 'It is no question.',
      until: null,
      into: null,
    }),
  },
  'reply.saveDraft': {
    by: 'agnes',
    access: editorsOnly,
    input: async (place) => ({
      ...(await drafted(place)),
      draft: { document: text('Half a'), template: null, language: 'en', note: '', basedOn: 1 },
    }),
  },
  'reply.revise': {
    by: 'agnes',
    access: editorsOnly,
    input: async (place) => ({
      ...(await drafted(place)),
      commandId: place.desk.command(),
      basedOn: 1,
      operation: 'reply',
      document: text('Other words'),
      template: null,
      language: 'en',
    }),
  },
  'reply.submit': {
    by: 'agnes',
    access: editorsOnly,
    input: async (place) => ({ ...(await onNewest(place, await place.desk.flow.drafted())), note: 'Please hurry.' }),
  },
  'reply.recall': {
    by: 'agnes',
    access: editorsOnly,
    input: async ({ desk }) => ({ ...(await desk.flow.target(await desk.flow.inReview())), reason: 'A mistake.' }),
  },
  'reply.withdraw': {
    by: 'agnes',
    access: editorsOnly,
    input: async ({ desk }) => ({ ...(await desk.flow.target(await desk.flow.drafted())), reason: 'Not needed.' }),
  },
  'reply.close': {
    by: 'agnes',
    access: editorsOnly,
    input: async ({ desk }) => desk.flow.target(await desk.flow.published()),
  },
} satisfies Record<string, ProcedureCase>;

const DECIDING = {
  'reply.approve': {
    by: 'cleo',
    access: commsOnly,
    input: async (place) => ({ ...(await decision(place, 'comms')), comment: 'Fine.' }),
  },
  'reply.requestChanges': {
    by: 'leo',
    access: lawyersOnly,
    input: async (place) => ({ ...(await decision(place, 'legal')), reason: 'Say until when.' }),
  },
  'reply.reject': {
    by: 'leo',
    access: lawyersOnly,
    input: async (place) => ({ ...(await decision(place, 'legal')), reason: 'Not in public.' }),
  },
  'reply.placeHold': {
    by: 'leo',
    access: legalOnly,
    input: async (place) => ({ ...(await captured(place)), reason: 'A claim.', passphrase: PASSPHRASE }),
  },
  'reply.liftHold': {
    by: 'leo',
    access: legalOnly,
    input: async ({ desk }) => {
      const signed = { reason: 'A claim.', passphrase: PASSPHRASE };
      const reply = await desk.flow.captured();
      await desk.people.leo.desk.reply.placeHold({ ...(await desk.flow.target(reply)), ...signed });
      return { ...(await desk.flow.target(reply)), passphrase: PASSPHRASE };
    },
  },
} satisfies Record<string, ProcedureCase>;

const SENDING = {
  'reply.release': {
    by: 'agnes',
    access: releasersOnly,
    input: async ({ desk }) => desk.flow.signedTarget(await desk.flow.approved()),
  },
  'reply.schedule': {
    by: 'agnes',
    access: releasersOnly,
    input: async (place) => ({
      ...(await place.desk.flow.signedTarget(await place.desk.flow.approved())),
      scheduledFor: inAnHour(place),
    }),
  },
  'reply.unschedule': {
    by: 'agnes',
    access: releasersOnly,
    input: async (place) => {
      const reply = await place.desk.flow.approved();
      await place.desk.flow.schedule(reply, inAnHour(place));
      return place.desk.flow.target(reply);
    },
  },
  'reply.confirmByHand': {
    by: 'agnes',
    access: releasersOnly,
    input: async (place) => ({
      ...(await place.desk.flow.target(await lostOnTheWay(place))),
      isThere: true,
      address: 'practice://posts/1',
      passphrase: PASSPHRASE,
    }),
  },
  'reply.retryNow': {
    by: 'pat',
    access: releasersOnly,
    input: async (place) => ({ reply: await lostOnTheWay(place) }),
  },
} satisfies Record<string, ProcedureCase>;

export const REPLY_CASES = { ...READING, ...WRITING, ...DECIDING, ...SENDING };
