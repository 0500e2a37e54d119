import { firstGraphemes } from '#workflows/content/words.ts';
import type { PolicyVersionView } from '#workflows/contract/policy.contract.ts';
import type { TemplateSummary, TemplateVersionView } from '#workflows/contract/template.contract.ts';
import type { TemplateId } from '#workflows/identifiers.ts';
import { REVIEW_KINDS, type ReviewKind } from '#workflows/people/roles.ts';
import { formatBody } from '#workflows/template/template.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { eligibleForVersion, versionRefusal, VERSION_ROLES } from '../commands/version-commands.ts';
import { requireTemplate } from '../commands/template-commands.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { TemplateEntry, VersionEntry } from '../state/tables.ts';
import { approvedVersion, repliesUsing, versionStateAt } from '../templates.ts';
import type { Viewer } from '../viewer.ts';
import { personRef } from './references.ts';
import { requireReply } from './reply-view.ts';
import { workState } from './waiting.ts';

const EXCERPT = 140;

const reviewsOf = <Content>(
  desk: DeskReading,
  viewer: Viewer,
  entry: VersionEntry<Content>,
): TemplateVersionView['reviews'] => {
  const { context, value } = entry.state;
  if (value === 'draft') return [];
  return REVIEW_KINDS.map((review) => {
    const decision = context.decisions[review];
    const refusal = versionRefusal(desk, viewer, entry, { type: 'approve', review, contentHash: entry.contentHash });
    return {
      review,
      state: decision ? ('approved' as const) : ('deciding' as const),
      by: decision ? personRef(desk, decision.person) : null,
      at: decision?.at ?? null,
      eligible: eligibleForVersion(desk, context, review),
      mayDecide: refusal === null && !desk.journal.readOnly,
      refusal: refusal ? { reason: refusal.reason, values: { ...refusal.values } } : null,
    };
  });
};

const versionFacts = <Content>(desk: DeskReading, viewer: Viewer, entry: VersionEntry<Content>) => ({
  version: entry.version,
  state: versionStateAt(entry, desk.now()),
  content: entry.content,
  contentHash: entry.contentHash,
  authors: entry.state.context.authors.map((author) => personRef(desk, author)),
  revisedAt: entry.revisedAt,
  submittedAt: entry.submittedAt,
  approvedAt: entry.approvedAt,
  reviews: reviewsOf(desk, viewer, entry),
  lastReason: entry.lastReason
    ? { by: personRef(desk, entry.lastReason.by), at: entry.lastReason.at, text: entry.lastReason.text }
    : null,
});

const openReviewsOf = <Content>(desk: DeskReading, entry: VersionEntry<Content>): ReviewKind[] =>
  versionStateAt(entry, desk.now()) === 'inReview'
    ? REVIEW_KINDS.filter((review) => !entry.state.context.decisions[review])
    : [];

/** Whether a version in review waits on the person: there is a review that they may decide. */
const waitsOn = <Content>(desk: DeskReading, viewer: Viewer, entry: VersionEntry<Content>): boolean =>
  versionStateAt(entry, desk.now()) === 'inReview' &&
  reviewsOf(desk, viewer, entry).some(({ mayDecide, state }) => mayDecide && state === 'deciding');

const summaryOf = (desk: DeskReading, viewer: Viewer, entry: TemplateEntry): TemplateSummary | null => {
  const newest = entry.versions.at(-1);
  if (!newest) return null;
  const approved = approvedVersion(entry, desk.now());
  const shown = approved ?? newest;
  return {
    id: entry.id,
    name: shown.content.name,
    language: shown.content.language,
    approvedVersion: approved?.version ?? null,
    newestVersion: newest.version,
    newestState: versionStateAt(newest, desk.now()),
    validUntil: shown.content.validUntil,
    slots: shown.content.slots.length,
    channels: shown.content.channels,
    usedBy: repliesUsing(desk, entry.id).length,
    waitsOnMe: waitsOn(desk, viewer, newest),
    openReviews: openReviewsOf(desk, newest),
    excerpt: firstGraphemes(formatBody(shown.content.body).replace(/\s+/gu, ' '), EXCERPT),
    changedAt: entry.changedAt,
  };
};

const mayEdit = (desk: DeskReading, { roles }: Viewer): boolean =>
  !desk.journal.readOnly && VERSION_ROLES.some((role) => roles.includes(role));

/** Whether the name or the wording of a version that matters now has the words. */
const isFound = (desk: DeskReading, { versions, ...entry }: TemplateEntry, search: string): boolean => {
  const shown = [versions.at(-1), approvedVersion({ versions, ...entry }, desk.now())];
  return shown.some(
    (version) =>
      version && `${version.content.name}\n${formatBody(version.content.body)}`.toLowerCase().includes(search),
  );
};

export const templatesView = (
  desk: DeskReading,
  viewer: Viewer,
  search = '',
): { templates: TemplateSummary[]; total: number; mayEdit: boolean } => {
  const all = [...desk.tables.templates.values()];
  const words = search.toLowerCase();
  return {
    mayEdit: mayEdit(desk, viewer),
    total: all.length,
    templates: all
      .filter((entry) => words === '' || isFound(desk, entry, words))
      .flatMap((entry) => summaryOf(desk, viewer, entry) ?? [])
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)),
  };
};

export const countTemplatesWaiting = (desk: DeskReading, viewer: Viewer): number => {
  let count = 0;
  for (const { versions } of desk.tables.templates.values()) {
    const newest = versions.at(-1);
    if (newest && waitsOn(desk, viewer, newest)) count += 1;
  }
  return count;
};

export const isPolicyWaiting = (desk: DeskReading, viewer: Viewer): boolean => {
  const newest = desk.tables.policy.get().versions.at(-1);
  return newest !== undefined && waitsOn(desk, viewer, newest);
};

export const templateView = (desk: DeskReading, viewer: Viewer, id: TemplateId) => {
  const entry = requireTemplate(desk, id);
  return {
    id,
    versions: entry.versions.map((version) => versionFacts(desk, viewer, version)),
    usedBy: repliesUsing(desk, id).map(({ entry: reply, version }) => ({
      reply: reply.id,
      version,
      handle: desk.texts.capture(reply.mention)?.capture.post.author.handle ?? null,
      state: workState(reply),
    })),
    mayEdit: mayEdit(desk, viewer),
  };
};

/** Approved versions that may be used on a reply's channel now, those in the customer's language first. */
export const usableTemplates = (desk: DeskReading, id: ReplyId) => {
  const reply = requireReply(desk, id);
  const found = [...desk.tables.templates.values()].flatMap((entry) => {
    const version = approvedVersion(entry, desk.now());
    const isForChannel =
      version && (version.content.channels === null || version.content.channels.includes(reply.channel));
    return isForChannel ? [{ id: entry.id, version: version.version, content: version.content }] : [];
  });
  const isOwn = (language: string): number => (language === reply.language ? 0 : 1);
  return {
    templates: found.sort(
      (a, b) => isOwn(a.content.language) - isOwn(b.content.language) || a.content.name.localeCompare(b.content.name),
    ),
  };
};

export const policyView = (desk: DeskReading, viewer: Viewer) => {
  const inForce = desk.policyInForce();
  return {
    inForce: { version: inForce.version, content: inForce.content },
    versions: desk.tables.policy.get().versions.map((entry): PolicyVersionView => versionFacts(desk, viewer, entry)),
    channelNames: Object.fromEntries([...desk.tables.channels.values()].map(({ id, name }) => [id, name])),
    mayEdit: mayEdit(desk, viewer),
  };
};
