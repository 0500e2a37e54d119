import { isBlocking, runChecks, type Finding } from '#workflows/checks/checks.ts';
import { contentHashOf } from '#workflows/content/content.ts';
import { textOf, type Document } from '#workflows/content/document.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { Draft, Preview } from '#workflows/contract/reply.contract.ts';
import { refuse, RefusalError, throwIfRefused, type Refusal } from '#workflows/errors.ts';
import type { ReplyId, Subject } from '#workflows/identifiers.ts';
import { routeFor } from '#workflows/policy/evaluate.ts';
import { EDITING_ROLES } from '#workflows/reply/reply.events.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import { maySave, maySubmit, namesNewestContent } from '#workflows/reply/reply.rules.ts';
import { readKnownRecord } from '#workflows/records.ts';
import { isIn } from '#workflows/step.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { Desk } from '../desk.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { mayUseTemplate } from '../templates.ts';
import { actingRole, type Viewer } from '../viewer.ts';
import { inWords, isWordKey } from '../words.ts';
import { recallRefusal } from '../views/acts.ts';
import { requireReply } from '../views/reply-view.ts';
import { routeView } from '../views/route-view.ts';
import { answerOfEarlier, onReply } from './command.ts';
import {
  deviationOf,
  isUnchanged,
  normaliseDocument,
  renderContent,
  renderText,
  type RevisionInput,
} from './render-revision.ts';
import { refuseErased, targetReply } from './reply-target.ts';
import { sealText } from './triage-commands.ts';

const checksOf = (desk: Desk, entry: ReplyEntry, document: Document, language: string): Finding[] => {
  const adapter = desk.channels.get(entry.channel);
  return runChecks({
    document,
    language,
    policy: desk.policyInForce().content,
    measure: adapter.measure(textOf(document)),
    limits: adapter.limits,
  });
};

const policyInputOf = (
  entry: ReplyEntry,
  { document, language }: { document: Document; language: string },
  deviation: Preview['deviation'],
) => ({
  channel: entry.channel,
  customer: entry.customer,
  language,
  text: textOf(document),
  deviation,
});

export interface PreviewInput {
  readonly reply: ReplyId;
  readonly document: Document;
  readonly template: TemplatePin | null;
  readonly language: string;
}

/** What a text would come to, as it stands. Nothing is kept. */
export const preview = async (desk: Desk, viewer: Viewer, input: PreviewInput): Promise<Preview> => {
  const entry = requireReply(desk, input.reply);
  const operation = entry.state.context.operation === 'correct' ? 'correct' : 'reply';
  const deviation = deviationOf(desk, input);
  const { version, content } = desk.policyInForce();
  const route = routeFor(content, version, policyInputOf(entry, input, deviation));
  const text = textOf(input.document);
  const rendering = await renderText(desk, entry, { ...input, operation });
  return {
    text,
    segments: [...rendering.segments],
    measure: desk.channels.get(entry.channel).measure(text),
    findings: checksOf(desk, entry, input.document, input.language),
    deviation,
    route: routeView(desk, entry, viewer, { route, isForecast: true }),
  };
};

/** The person's own working copy. */
export const loadDraft = (desk: Desk, { session, person }: Viewer, reply: ReplyId) => {
  requireReply(desk, reply);
  const saved = session.key ? desk.drafts.load({ reply, person }, session.key) : null;
  return { draft: saved?.draft ?? null, savedAt: saved?.savedAt ?? null };
};

export const saveDraft = (
  desk: Desk,
  viewer: Viewer,
  { reply, draft }: { reply: ReplyId; draft: Draft },
): { savedAt: string } => {
  actingRole(desk, viewer, EDITING_ROLES);
  refuseErased(desk, requireReply(desk, reply));
  const { key } = viewer.session;
  if (!key) throw new RefusalError(refuse('UNAUTHENTICATED', 'locked'));
  const savedAt = desk.now();
  desk.drafts.save({ reply, person: viewer.person }, key, draft, savedAt);
  return { savedAt };
};

export interface ReviseInput extends RevisionInput {
  readonly commandId: string;
  readonly reply: ReplyId;
  readonly basedOn: number;
}

/** Saves a revision; whoever does becomes an author, and every decision on the one before is void. */
export const revise = async (
  desk: Desk,
  viewer: Viewer,
  raw: ReviseInput,
): Promise<CommandReceipt & { revision: number; contentHash: string | null }> => {
  const input = { ...raw, document: normaliseDocument(raw.document) };
  actingRole(desk, viewer, EDITING_ROLES);
  const earlier = await answerOfEarlier(desk, viewer, input.commandId);
  if (earlier) return { ...earlier, ...savedAs(desk, earlier, input) };
  const before = requireReply(desk, input.reply);
  if (isUnchanged(desk, before, input) && input.basedOn === before.state.context.revision) {
    return {
      commandId: input.commandId,
      seq: null,
      count: 0,
      subject: before.id,
      revision: before.state.context.revision,
      contentHash: before.state.context.contentHash,
    };
  }
  const content = await renderContent(desk, before, input);
  const contentHash = contentHashOf(content, nodeCrypto);
  const receipt = await onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const entry = requireReply(desk, input.reply);
    const deviation = deviationOf(desk, input);
    const revision = input.basedOn + 1;
    const event = {
      actor: { person: viewer.person, role },
      at: desk.now(),
      revision,
      contentHash,
      operation: input.operation,
    };
    throwIfRefused(maySave(entry.state.context, { type: 'revise', ...event }));
    return {
      drafts: [
        {
          type: 'reply.revised',
          subject: entry.id,
          by: { role },
          data: { revision, contentHash, operation: input.operation, template: input.template, deviation },
          seal: [{ under: entry.customer, value: { content, document: input.document } }],
        },
      ],
      reads: [entry.channel, ...(input.template ? [input.template.template] : [])],
      subject: entry.id,
    };
  });
  desk.drafts.discard({ reply: input.reply, person: viewer.person });
  return { ...receipt, revision: input.basedOn + 1, contentHash };
};

/** What a command that was sent again had saved the first time. */
const savedAs = (
  desk: Desk,
  { seq }: CommandReceipt,
  { basedOn }: ReviseInput,
): { revision: number; contentHash: string | null } => {
  const reading = seq === null ? null : readKnownRecord(desk.journal.read(seq));
  if (!reading?.ok || reading.record.type !== 'reply.revised') return { revision: basedOn, contentHash: null };
  const { revision, contentHash } = reading.record.data;
  return { revision, contentHash };
};

export interface SubmitInput {
  readonly commandId: string;
  readonly reply: ReplyId;
  readonly version: number;
  readonly revision: number;
  readonly contentHash: string;
  readonly note: string;
}

/** Hands a revision to the reviewers: it is fixed, and the policy in force says who decides. */
export const submit = (desk: Desk, viewer: Viewer, input: SubmitInput): Promise<CommandReceipt> =>
  onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const entry = targetReply(desk, input);
    const { context } = entry.state;
    throwIfRefused(namesNewestContent(context, input));
    const revision = entry.revisions.at(-1);
    const sealed = revision ? desk.texts.revision(revision.seq) : null;
    if (!revision || !sealed) throw new RefusalError(refuse('INVALID_INPUT', 'nothingToSubmit'));
    if (revision.template) throwIfRefused(mayUseTemplate(desk, revision.template, entry.channel));
    const isRemoval = revision.operation === 'takeDown';
    const { language } = sealed.content;
    requireInOrder(desk, entry);
    const findings = isRemoval ? [] : checksOf(desk, entry, sealed.document, language);
    const { version, content } = desk.policyInForce();
    const route = routeFor(
      content,
      version,
      policyInputOf(entry, { document: sealed.document, language }, revision.deviation),
    );
    const blocking = findings.filter(isBlocking);
    const refusal = maySubmit(context, {
      type: 'submit',
      actor: { person: viewer.person, role },
      at: desk.now(),
      revision: input.revision,
      contentHash: input.contentHash,
      route,
      blockingFindings: blocking.map(nameOfFinding),
    });
    throwIfRefused(refusal?.reason === 'blockingFindings' ? withSentences(refusal, blocking) : refusal);
    return {
      drafts: [
        {
          type: 'reply.submitted',
          subject: entry.id,
          by: { role },
          data: {
            revision: input.revision,
            contentHash: input.contentHash,
            authors: [...context.authors],
            route,
            findings: findings.map(({ check, rule, severity }) => ({ check, rule, severity })),
          },
          ...sealText(entry, input.note),
        },
      ],
      reads: readsOfSubmit(entry, revision.template),
      subject: entry.id,
    };
  });

/** What the channel would take is not known while it is out of order. */
const requireInOrder = (desk: Desk, { channel }: ReplyEntry): void => {
  if (desk.channels.problemOf(channel) === null) return;
  const name = desk.tables.channels.get(channel)?.name ?? '';
  throw new RefusalError(refuse('UNAVAILABLE', 'channelOutOfOrder', { channel: name }));
};

/** By the rule of the policy, or the program's own check. */
const nameOfFinding = ({ check, rule }: Finding): string => rule ?? check;

const sentenceOf = ({ message, values, rule }: Finding): string => {
  const key = `check.${message}`;
  const sentence = (isWordKey(key) ? inWords(key, values) : message).replace(/\.$/, '');
  return rule === null ? `${sentence}.` : `${sentence} ${inWords('check.rule', { rule })}.`;
};

/** `findings` are sentences for people, `checks` the names for programs. */
const withSentences = (refusal: Refusal, findings: readonly Finding[]): Refusal => ({
  ...refusal,
  values: { findings: findings.map(sentenceOf).join(' '), checks: findings.map(nameOfFinding) },
});

const readsOfSubmit = (entry: ReplyEntry, template: TemplatePin | null): Subject[] => [
  'policy',
  'publishing',
  entry.channel,
  ...(template ? [template.template] : []),
];

interface RecallInput {
  readonly commandId: string;
  readonly reply: ReplyId;
  readonly version: number;
  readonly reason: string;
}

/** Takes a submitted or approved reply back to the desk. */
export const recall = (desk: Desk, viewer: Viewer, input: RecallInput): Promise<CommandReceipt> =>
  onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const entry = targetReply(desk, input);
    const refusal = recallRefusal(desk, entry, viewer, role);
    if (refusal) throw new RefusalError(refusal);
    const { revision } = entry.state.context;
    return {
      drafts: [
        {
          type: 'reply.recalled',
          subject: entry.id,
          by: { role },
          data: { revision },
          ...sealText(entry, input.reason),
        },
      ],
      subject: entry.id,
    };
  });

/** Gives a draft up; for a correction or take-down, what is public stays as it is. */
export const withdraw = (desk: Desk, viewer: Viewer, input: RecallInput): Promise<CommandReceipt> =>
  onReply(desk, viewer, input, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const entry = targetReply(desk, input);
    const isChange = ['correcting', 'takingDown'].some((state) => isIn(entry.state.value, `work.${state}`));
    if (!isChange && input.reason === '') throw new RefusalError(refuse('INVALID_INPUT', 'reasonNeeded'));
    return {
      drafts: [
        { type: 'reply.withdrawn', subject: entry.id, by: { role }, data: {}, ...sealText(entry, input.reason) },
      ],
      subject: entry.id,
    };
  });
