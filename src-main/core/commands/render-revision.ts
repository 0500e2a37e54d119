import { randomBytes } from 'node:crypto';
import type { Content } from '#workflows/content/content.ts';
import { documentSchema, textOf, type Document } from '#workflows/content/document.ts';
import { isSameLanguage } from '#workflows/content/language.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { canonicalText, type JsonObject } from '#workflows/journal/canonical.ts';
import type { PreviewSegment } from '#workflows/channel/channel.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import { deviationFrom, type Deviation } from '#workflows/template/deviation.ts';
import { ChannelError } from '../../channels/channel-adapter.ts';
import type { Desk } from '../desk.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { templateVersion } from '../templates.ts';

export interface RevisionInput {
  readonly operation: 'reply' | 'correct' | 'takeDown';
  readonly document: Document;
  readonly template: TemplatePin | null;
  readonly language: string;
}

/** Receipt of what is public for a reply. @throws RefusalError when nothing is */
const publicReceipt = (desk: Desk, entry: ReplyEntry) => {
  const published = desk.tables.publications
    .ofReply(entry.id)
    .filter(({ receipt, operation }) => receipt !== null && operation !== 'acknowledge')
    .sort((a, b) => (b.succeededSeq ?? 0) - (a.succeededSeq ?? 0))[0];
  if (!published?.receipt) throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'nothingPublic'));
  return published.receipt;
};

/** The target of the customer's post. @throws RefusalError when the customer was erased */
const captureOf = (desk: Desk, entry: ReplyEntry) => {
  const sealed = desk.texts.capture(entry.mention);
  if (!sealed) throw new RefusalError(refuse('NOT_FOUND', 'customerErased'));
  return sealed.capture;
};

/** What the channel would be sent for a text. @throws RefusalError when a mention cannot be resolved now */
export const renderText = async (
  desk: Desk,
  entry: ReplyEntry,
  { operation, document, language }: RevisionInput,
): Promise<{ payload: JsonObject; segments: readonly PreviewSegment[] }> => {
  const capture = captureOf(desk, entry);
  const adapter = desk.channels.get(entry.channel);
  const corrects = operation === 'correct' ? publicReceipt(desk, entry) : null;
  try {
    return await adapter.render({ text: textOf(document), language, target: capture.target, corrects });
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const channel = desk.tables.channels.get(entry.channel)?.name ?? '';
    throw new RefusalError(refuse('UNAVAILABLE', 'channelUnreachable', { channel }), { cause: error });
  }
};

/** The content that a revision fixes: exactly what would be sent, by which account, in answer to what. */
export const renderContent = async (desk: Desk, entry: ReplyEntry, input: RevisionInput): Promise<Content> => {
  const capture = captureOf(desk, entry);
  const channel = desk.tables.channels.get(entry.channel);
  const mention = desk.tables.mentions.get(entry.mention);
  if (!channel || channel.isRemoved) throw new RefusalError(refuse('NOT_FOUND', 'channelRemoved'));
  const payload: JsonObject =
    input.operation === 'takeDown'
      ? { remove: publicReceipt(desk, entry) }
      : (await renderText(desk, entry, input)).payload;
  return {
    salt: randomBytes(16).toString('base64'),
    operation: input.operation,
    channel: entry.channel,
    account: channel.account,
    target: capture.target,
    captureHash: mention?.captureHash ?? '',
    language: input.language,
    payload,
  };
};

/** How far the text is from the template that it pins; `null` without one. @throws RefusalError `NOT_FOUND` */
export const deviationOf = (
  desk: Desk,
  { template, document }: Pick<RevisionInput, 'template' | 'document'>,
): Deviation | null => {
  if (!template) return null;
  const version = templateVersion(desk, template);
  if (!version) throw new RefusalError(refuse('NOT_FOUND', 'templateNotFound'));
  return deviationFrom(version.content, document);
};

/** Neighbouring pieces of text are one, so that the same words always make the same document. */
export const normaliseDocument = (document: Document): Document =>
  documentSchema.parse({
    lines: document.lines.map((line) => {
      const merged: Document['lines'][number] = [];
      for (const inline of line) {
        const last = merged.at(-1);
        if (inline.type === 'text' && last?.type === 'text')
          merged[merged.length - 1] = { type: 'text', text: last.text + inline.text };
        else merged.push(inline);
      }
      return merged;
    }),
  });

/** Whether a revision would say the very same as the newest one: then nothing is recorded, and nothing is voided. */
export const isUnchanged = (desk: Desk, entry: ReplyEntry, input: RevisionInput): boolean => {
  const newest = entry.revisions.at(-1);
  const sealed = newest ? desk.texts.revision(newest.seq) : null;
  if (!newest || !sealed || newest.operation !== input.operation) return false;
  return (
    canonicalText(sealed.document) === canonicalText(input.document) &&
    canonicalText(newest.template) === canonicalText(input.template) &&
    isSameLanguage(sealed.content.language, input.language)
  );
};
