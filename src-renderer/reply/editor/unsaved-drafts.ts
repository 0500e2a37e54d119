import type { Draft } from '#workflows/contract/reply.contract.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';

/** Whose working copy of which reply. */
export interface DraftOwner {
  readonly person: PersonId;
  readonly reply: ReplyId;
}

interface Unsaved {
  readonly draft: Draft;
  /** Milliseconds since 1970 when the desk could not be given it. */
  readonly at: number;
}

/**
 * Working copies that the desk did not take, for as long as the page is open: a desk that comes back asks for a sign-in,
 * which takes the editor off the page before it could save again.
 */
const unsaved = new Map<string, Unsaved>();

const keyOf = ({ person, reply }: DraftOwner): string => `${person} ${reply}`;

export const keepUnsaved = (owner: DraftOwner, draft: Draft): void => {
  unsaved.set(keyOf(owner), { draft, at: Date.now() });
};

export const forgetUnsaved = (owner: DraftOwner): void => {
  unsaved.delete(keyOf(owner));
};

/** What was written and not saved, unless the same person saved something later elsewhere. @param savedAt RFC 3339 */
export const unsavedDraft = (owner: DraftOwner, savedAt: string | null): Draft | null => {
  const kept = unsaved.get(keyOf(owner));
  return kept && (savedAt === null || kept.at >= Date.parse(savedAt)) ? kept.draft : null;
};
