import { runChecks, type Finding } from '#workflows/checks/checks.ts';
import { firstGraphemes } from '#workflows/content/words.ts';
import { emptyDocument, textOf } from '#workflows/content/document.ts';
import type { ReplyView, RevisionView } from '#workflows/contract/reply.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { routeFor } from '#workflows/policy/evaluate.ts';
import type { Route } from '#workflows/policy/route.ts';
import { approvalExpiresAt } from '#workflows/reply/reply.rules.ts';
import { isIn } from '#workflows/step.ts';
import { formatBody } from '#workflows/template/template.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { ReplyEntry, RevisionEntry } from '../state/tables.ts';
import { approvedVersion, templateProblem, templateVersion } from '../templates.ts';
import type { Viewer } from '../viewer.ts';
import { actsOn } from './acts.ts';
import { erasureOfReply } from './erasure-view.ts';
import { postView } from './posts.ts';
import { newestPublication, publicationView } from './publication-view.ts';
import { railOf } from './rail.ts';
import { personRef } from './references.ts';
import { routeView } from './route-view.ts';
import { serviceLevelOf, waitingOf, workState } from './waiting.ts';

const MOST_EARLIER = 5;
const EARLIER_EXCERPT = 80;

/** @throws RefusalError `NOT_FOUND` */
export const requireReply = (desk: DeskReading, id: ReplyId): ReplyEntry => {
  const entry = desk.tables.replies.get(id);
  if (!entry) throw new RefusalError(refuse('NOT_FOUND', 'replyNotFound'));
  return entry;
};

const EMPTY_MEASURE = { graphemes: 0, bytes: 0, fits: true };

const revisionView = (desk: DeskReading, entry: ReplyEntry, revision: RevisionEntry): RevisionView => {
  const sealed = desk.texts.revision(revision.seq);
  const adapter = desk.channels.get(entry.channel);
  const text = sealed ? textOf(sealed.document) : '';
  const isRemoval = revision.operation === 'takeDown';
  return {
    revision: revision.revision,
    seq: revision.seq,
    by: personRef(desk, revision.by),
    at: revision.at,
    operation: revision.operation,
    contentHash: revision.contentHash,
    text,
    document: sealed?.document ?? emptyDocument(),
    segments: sealed && !isRemoval ? adapter.show(sealed.content.payload) : [],
    measure: isRemoval ? EMPTY_MEASURE : adapter.measure(text),
    template: revision.template,
    deviation: revision.deviation,
  };
};

/** The route as submitted, or what it would be for the newest revision as it stands. */
const routeOf = (desk: DeskReading, entry: ReplyEntry): { route: Route; isForecast: boolean } | null => {
  const { route } = entry.state.context;
  if (route && !['drafting', 'correcting', 'takingDown', 'triage'].includes(workState(entry))) {
    return { route, isForecast: false };
  }
  const newest = entry.revisions.at(-1);
  const sealed = newest ? desk.texts.revision(newest.seq) : null;
  const { version, content } = desk.policyInForce();
  const forecast = routeFor(content, version, {
    channel: entry.channel,
    customer: entry.customer,
    language: sealed?.content.language ?? entry.language ?? 'und',
    text: sealed ? textOf(sealed.document) : '',
    deviation: newest?.deviation ?? null,
  });
  return { route: forecast, isForecast: true };
};

const findingsOf = (desk: DeskReading, entry: ReplyEntry): Finding[] => {
  const newest = entry.revisions.at(-1);
  const sealed = newest && newest.operation !== 'takeDown' ? desk.texts.revision(newest.seq) : null;
  if (!sealed) return [];
  const adapter = desk.channels.get(entry.channel);
  return runChecks({
    document: sealed.document,
    language: sealed.content.language,
    policy: desk.policyInForce().content,
    measure: adapter.measure(textOf(sealed.document)),
    limits: adapter.limits,
  });
};

const templateView = (desk: DeskReading, entry: ReplyEntry): ReplyView['template'] => {
  const pin = entry.revisions.at(-1)?.template;
  const version = pin ? templateVersion(desk, pin) : null;
  const template = pin ? desk.tables.templates.get(pin.template) : undefined;
  if (!pin || !version || !template) return null;
  return {
    id: pin.template,
    version: pin.version,
    name: version.content.name,
    text: formatBody(version.content.body),
    slots: version.content.slots,
    approvedBy: Object.values(version.state.context.decisions).map(({ person }) => desk.nameOf(person)),
    validUntil: version.content.validUntil,
    problem: templateProblem(version, desk.now()),
    newestVersion: approvedVersion(template, desk.now())?.version ?? null,
  };
};

const earlierReplies = (desk: DeskReading, entry: ReplyEntry): ReplyView['earlier'] =>
  desk.tables.replies
    .ofCustomer(entry.customer, MOST_EARLIER + 1)
    .filter(({ id }) => id !== entry.id)
    .slice(0, MOST_EARLIER)
    .flatMap(({ id }) => desk.tables.replies.get(id) ?? [])
    .map((other) => ({
      id: other.id,
      at: other.openedAt,
      state: workState(other),
      excerpt: firstGraphemes(desk.texts.capture(other.mention)?.capture.post.text ?? '', EARLIER_EXCERPT),
    }));

const returnedView = (desk: DeskReading, { returned }: ReplyEntry): ReplyView['returned'] =>
  returned
    ? {
        by: personRef(desk, returned.by),
        review: returned.review,
        at: returned.at,
        revision: returned.revision,
        reason: desk.texts.note(returned.seq) ?? '',
        wasRejected: returned.wasRejected,
      }
    : null;

/** Everything that the reply's screen shows to this person. */
export const replyView = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): ReplyView => {
  const { state } = entry;
  const { context } = state;
  const sealed = desk.texts.capture(entry.mention);
  const capture = sealed?.capture ?? null;
  const channel = desk.tables.channels.get(entry.channel);
  const mention = desk.tables.mentions.get(entry.mention);
  const adapter = desk.channels.get(entry.channel);
  const route = routeOf(desk, entry);
  const policy = desk.policyInForce().content;
  return {
    id: entry.id,
    version: entry.version,
    value: state.value,
    state: workState(entry),
    serviceLevel: serviceLevelOf(entry),
    channel: {
      id: entry.channel,
      name: channel?.name ?? '',
      kind: channel?.kind ?? 'sandbox',
      handle: channel?.handle ?? '',
      limits: adapter.limits,
    },
    assignee: context.assignee ? personRef(desk, context.assignee) : null,
    openedAt: entry.openedAt,
    dueAt: entry.dueAt,
    acknowledgeBy: entry.acknowledgeBy,
    atRiskMinutes: policy.atRiskMinutes,
    customer: entry.customer,
    erasure: erasureOfReply(desk, entry),
    post: capture ? postView(capture.post, channel) : null,
    capturedAt: mention?.at ?? entry.openedAt,
    captureHash: mention?.captureHash ?? '',
    capturedFrom: capture?.source ?? 'channel',
    thread: capture?.thread.map((post) => postView(post, channel)) ?? [],
    pictures: capture?.pictures.map(({ hash, mediaType, alt, bytes }) => ({ hash, mediaType, alt, bytes })) ?? [],
    follows: entry.follows,
    followedBy: [...entry.followedBy],
    earlier: earlierReplies(desk, entry),
    operation: context.operation,
    revisions: entry.revisions.map((revision) => revisionView(desk, entry, revision)),
    authors: context.authors.map((author) => personRef(desk, author)),
    submittedBy: entry.submission ? personRef(desk, entry.submission.by) : null,
    submittedAt: entry.submission?.at ?? null,
    noteToReviewers: entry.submission ? desk.texts.note(entry.submission.seq) : null,
    returned: returnedView(desk, entry),
    route: route ? routeView(desk, entry, viewer, route) : null,
    approvalExpiresAt: approvalExpiresAt(context),
    template: templateView(desk, entry),
    deviationLimit: policy.deviationLimit,
    findings: findingsOf(desk, entry),
    scheduledFor: context.scheduledFor,
    publication: publicationView(desk, entry),
    rail: railOf(desk, entry, viewer, newestPublication(desk, entry)),
    waiting: waitingOf(desk, entry, viewer),
    acts: actsOn(desk, entry, viewer),
    lastSeenRevision: desk.options.preferences.seen(viewer.person, entry.id)?.revision ?? null,
    isHeld: isIn(state.value, 'hold.held'),
  };
};
