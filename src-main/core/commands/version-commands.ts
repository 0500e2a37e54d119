import { mayDecideVersion, type VersionContext, type VersionDecision } from '#workflows/approval/version.machine.ts';
import { refuse, RefusalError, type Refusal } from '#workflows/errors.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { REVIEW_KINDS, type ReviewKind, type Role } from '#workflows/people/roles.ts';
import { readKnownRecord } from '#workflows/records.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { VersionEntry } from '../state/tables.ts';
import { peopleInRole, type Viewer } from '../viewer.ts';

/** Roles that write and approve templates and policy. */
export const VERSION_ROLES: readonly Role[] = ['comms', 'legal'];

/** Who can decide a review of a version: in the role, no author, not in the other review. */
export const eligibleForVersion = (
  desk: DeskReading,
  { authors, decisions }: VersionContext,
  review: ReviewKind,
): { id: PersonId; name: string }[] => {
  const others = REVIEW_KINDS.filter((kind) => kind !== review).flatMap((kind) => decisions[kind]?.person ?? []);
  return peopleInRole(desk, review, new Set([...authors, ...others]));
};

/** Why the person may not decide a review of a version, with the names of those who can; `null` when they may. */
export const versionRefusal = <Content>(
  desk: DeskReading,
  viewer: Viewer,
  entry: VersionEntry<Content>,
  { type, review, contentHash }: Pick<VersionDecision, 'type' | 'review' | 'contentHash'>,
): Refusal | null => {
  const { context } = entry.state;
  const who = eligibleForVersion(desk, context, review).map(({ name }) => name);
  if (!viewer.roles.includes(review)) return refuse('FORBIDDEN', 'notAReviewer', { who, review });
  if (typeof entry.state.value === 'string') return refuse('ILLEGAL_TRANSITION', 'notInReview');
  const actor = { person: viewer.person, role: review };
  const refusal = mayDecideVersion(context, { type, review, contentHash, actor, at: desk.now() });
  return refusal ? { ...refusal, values: { ...refusal.values, who } } : null;
};

export const requireVersion = <Content>(
  versions: readonly VersionEntry<Content>[],
  version: number,
): VersionEntry<Content> => {
  const entry = versions[version - 1];
  if (!entry) throw new RefusalError(refuse('NOT_FOUND', 'versionNotFound'));
  return entry;
};

/** The version that saving goes to: the newest while it is being worked on, else a new one after it. */
export const versionToSave = <Content>(versions: readonly VersionEntry<Content>[]): number => {
  const newest = versions.at(-1);
  const isOpen =
    newest !== undefined &&
    (newest.state.value === 'draft' || newest.state.value === 'rejected' || typeof newest.state.value !== 'string');
  return isOpen ? newest.version : (newest?.version ?? 0) + 1;
};

/** The version that a command saved, now or when it was first sent; `null` when it had nothing to record. */
export const savedVersion = (
  desk: DeskReading,
  { seq }: CommandReceipt,
  type: 'template.revised' | 'policy.revised',
): { version: number; contentHash: string } | null => {
  const reading = seq === null ? null : readKnownRecord(desk.journal.read(seq));
  if (!reading?.ok || reading.record.type !== type) return null;
  const { version, contentHash } = reading.record.data;
  return { version, contentHash };
};
