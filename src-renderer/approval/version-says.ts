import type { Role } from '#workflows/people/roles.ts';
import { refusalInWords } from '../api/errors.ts';
import type { Words } from '../words/use-words.ts';
import { isOwnRefusal } from './version-offers.ts';
import type { VersionFacts } from './version-state.tsx';

export interface Reader {
  readonly roles: readonly Role[];
  readonly mayEdit: boolean;
  readonly isReadOnly: boolean;
  /** Names of those who write and approve versions. */
  readonly writers: readonly string[];
}

type Kind = 'templates' | 'policy';

const inReviewSays = (say: Words, kind: Kind, { reviews }: VersionFacts, { roles }: Reader): string => {
  const open = reviews.filter(({ state }) => state === 'deciding');
  const own = open.find((review) => !review.mayDecide && isOwnRefusal(review, roles));
  if (own?.refusal && !open.some(({ mayDecide }) => mayDecide)) return refusalInWords(say, own.refusal);
  const [last] = open;
  return open.length === 1 && last
    ? say(`${kind}.says.inReview.last`, { open: last.review })
    : say(`${kind}.says.inReview`, { open: open.map(({ review }) => say(`review.${review}`)) });
};

/** What follows for the reader while a version is written or decided; `null` where that is over. */
export const versionSays = (say: Words, kind: Kind, version: VersionFacts, reader: Reader): string | null => {
  if (reader.isReadOnly) return say('templates.says.readOnly');
  if (reader.roles.includes('auditor')) return say('templates.says.auditor');
  if (version.state === 'inReview') return inReviewSays(say, kind, version, reader);
  if (version.state !== 'draft') return null;
  return reader.mayEdit
    ? say(`${kind}.says.draft`, { version: version.version })
    : say(`${kind}.says.draft.other`, { who: reader.writers });
};
