import { versionAt } from '#workflows/approval/version.replay.ts';
import { refuse, type Refusal } from '#workflows/errors.ts';
import type { ChannelId, ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import type { TemplateContent } from '#workflows/template/template.ts';
import type { Time } from '#workflows/time.ts';
import type { DeskReading } from './desk-reading.ts';
import type { ReplyEntry, TemplateEntry, VersionEntry } from './state/tables.ts';

export type VersionStateName = 'draft' | 'inReview' | 'approved' | 'superseded' | 'retired' | 'expired' | 'rejected';

/** State of a version now: an approved one whose validity is over has expired. */
export const versionStateAt = <Content>(entry: VersionEntry<Content>, now: Time): VersionStateName => {
  const { value } = versionAt(entry.state, now);
  return (typeof value === 'string' ? value : 'inReview') as VersionStateName;
};

export const templateVersion = (
  desk: DeskReading,
  { template, version }: TemplatePin,
): VersionEntry<TemplateContent> | null => desk.tables.templates.get(template)?.versions[version - 1] ?? null;

/** The version that may be used now; `null` when there is none. */
export const approvedVersion = (entry: TemplateEntry, now: Time): VersionEntry<TemplateContent> | null =>
  entry.versions.findLast((version) => versionStateAt(version, now) === 'approved') ?? null;

export type TemplateProblem = 'retired' | 'expired' | 'superseded' | 'notApproved';

/** Why a pinned version cannot be submitted (invariant 8), or `null`. */
export const templateProblem = (entry: VersionEntry<TemplateContent>, now: Time): TemplateProblem | null => {
  const state = versionStateAt(entry, now);
  if (state === 'approved') return null;
  return state === 'retired' || state === 'expired' || state === 'superseded' ? state : 'notApproved';
};

/** Invariant 8 as a refusal: an unapproved, retired or expired version, or one for another channel, is not submitted. */
export const mayUseTemplate = (desk: DeskReading, pin: TemplatePin, channel: ChannelId): Refusal | null => {
  const entry = templateVersion(desk, pin);
  if (!entry) return refuse('NOT_FOUND', 'templateNotFound');
  const { name, channels } = entry.content;
  if (channels && !channels.includes(channel)) return refuse('INVALID_INPUT', 'templateNotForChannel', { name });
  const problem = templateProblem(entry, desk.now());
  return problem ? refuse('INVALID_INPUT', `template_${problem}`, { name, version: pin.version }) : null;
};

/** Open replies whose newest revision was made from a template. */
export const repliesUsing = (desk: DeskReading, template: TemplateId): { entry: ReplyEntry; version: number }[] =>
  [...desk.tables.replies.open()]
    .sort((a, b) => a.openedSeq - b.openedSeq)
    .flatMap((entry) => {
      const pin = entry.revisions.at(-1)?.template;
      const isUnpublished = entry.state.context.publishedHash === null;
      return pin?.template === template && isUnpublished ? [{ entry, version: pin.version }] : [];
    });

export const replyIdsUsing = (desk: DeskReading, template: TemplateId, version: number): ReplyId[] =>
  repliesUsing(desk, template)
    .filter((use) => use.version === version)
    .map(({ entry }) => entry.id);
