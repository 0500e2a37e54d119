import type { Refusal } from '../errors.ts';
import type { ChannelId, CustomerId, PublicationId } from '../identifiers.ts';
import { timeOf, type KnownRecord } from '../records.ts';
import type { ReplyContext, ReplyEvent } from '../reply/reply.events.ts';
import type { TemplatePin } from '../reply/reply.records.ts';
import { openReply, stepReply, toReplyEvent, type ReplyState } from '../reply/reply.replay.ts';
import {
  hasExpired,
  isScheduledTime,
  liesAhead,
  mayAttempt,
  mayDecide,
  mayRecall,
  mayRelease,
  maySave,
  maySubmit,
} from '../reply/reply.rules.ts';
import { isIn, pathsOf } from '../step.ts';
import type { Deviation } from '../template/deviation.ts';
import { addMinutes, type Time } from '../time.ts';
import { sentenceOf } from './rule-words.ts';

/** What the rules remember of a reply; JSON. */
export interface RuledReply {
  readonly state: ReplyState;
  readonly channel: ChannelId;
  readonly customer: CustomerId;
  /** Of the newest revision. */
  readonly template: TemplatePin | null;
  readonly deviation: Deviation | null;
  /** What was published of the newest submission. */
  readonly succeeded: PublicationId | null;
}

export const openedReply = ({ channel, customer }: { channel: ChannelId; customer: CustomerId }): RuledReply => ({
  state: openReply(),
  channel,
  customer,
  template: null,
  deviation: null,
  succeeded: null,
});

/** The rule that stands against an event, where the machine's refusal has one. */
const refusalOf = (context: ReplyContext, event: ReplyEvent): Refusal | null => {
  switch (event.type) {
    case 'revise':
      return maySave(context, event);
    case 'submit':
      return maySubmit(context, event);
    case 'approve':
    case 'requestChanges':
    case 'reject':
      return mayDecide(context, event);
    case 'recall':
      return mayRecall(context, event);
    case 'release':
      return mayRelease(context, event);
    case 'schedule':
      return mayRelease(context, event) ?? liesAhead(context, event);
    case 'publicationAttempted':
      return mayAttempt(context, event) ?? isScheduledTime(context, event);
    case 'expireApproval':
      return hasExpired(context, event);
    default:
      return null;
  }
};

/** States from which a reply goes on only when a person takes it up again, with a new revision or a new submission. */
const FINISHED = ['closed', 'noResponse', 'merged', 'withdrawn', 'takenDown'].map((name) => `work.${name}`);
const READ_BACK = ['verified', 'drifted', 'gone'].map((name) => `work.published.${name}`);

/** Whether nothing more comes of a reply by itself. */
export const isFinished = ({ state: { value } }: RuledReply): boolean =>
  FINISHED.some((path) => isIn(value, path)) || READ_BACK.some((path) => isIn(value, path));

const workOf = ({ value }: ReplyState): string =>
  pathsOf(value)
    .filter((path) => path.startsWith('work.'))
    .at(-1)
    ?.slice('work.'.length) ?? '';

/** Takes a record to the machine of its reply. @returns the reply after it, or what the record breaks */
export const stepRuledReply = (reply: RuledReply, record: KnownRecord): RuledReply | string => {
  const event = toReplyEvent(record);
  if (!event) return 'it means nothing to a reply';
  const state = stepReply(reply.state, event);
  if (state) return { ...reply, state };
  // Of what is over, route and decisions may be forgotten: its state says enough.
  const refusal = isFinished(reply) && event.type !== 'revise' ? null : refusalOf(reply.state.context, event);
  return refusal ? sentenceOf(refusal) : `a reply in ${workOf(reply.state)} does not take it`;
};

/** The core looks at the clock before a person signs; a version that expires in between was still good. */
const GRACE_MINUTES = 1;

interface Templates {
  stateAt(pin: TemplatePin, at: Time): string | null;
  channelsOf(pin: TemplatePin): readonly ChannelId[] | null;
}

/** Invariant 8: what the template of a submitted revision lacks, or `null`. */
export const problemWithTemplate = (
  { template, channel }: RuledReply,
  record: KnownRecord,
  templates: Templates,
): string | null => {
  if (!template) return null;
  const { version } = template;
  const state = templates.stateAt(template, addMinutes(timeOf(record), -GRACE_MINUTES));
  if (state === null) return `it was made from version ${String(version)} of a template, which does not exist`;
  if (state !== 'approved') return `it was made from a template version that is not approved but ${state}`;
  const channels = templates.channelsOf(template);
  return channels && !channels.includes(channel) ? 'it was made from a template that is not for its channel' : null;
};

/** Invariant 2: who counts as an author is what the revisions say, whatever the submission says. */
export const hasSameAuthors = (reply: RuledReply, authors: readonly string[]): boolean => {
  const known = reply.state.context.authors;
  return (
    known.length === authors.length &&
    new Set(authors).size === authors.length &&
    known.every((author) => authors.includes(author))
  );
};
