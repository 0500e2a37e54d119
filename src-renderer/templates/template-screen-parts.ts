import type { TemplateVersionView } from '#workflows/contract/template.contract.ts';
import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { Role } from '#workflows/people/roles.ts';
import { refusalInWords } from '../api/errors.ts';
import { isOwnRefusal } from '../approval/version-offers.ts';
import type { Words } from '../words/use-words.ts';

/** One template as the desk tells of it. */
export interface TemplateView {
  readonly id: TemplateId;
  readonly versions: readonly TemplateVersionView[];
  readonly usedBy: readonly {
    readonly reply: ReplyId;
    readonly version: number;
    readonly handle: string | null;
    readonly state: string;
  }[];
  readonly mayEdit: boolean;
}

interface Reader {
  readonly roles: readonly Role[];
  readonly mayEdit: boolean;
  readonly isReadOnly: boolean;
  /** Names of those who write and approve templates. */
  readonly writers: readonly string[];
}

const inReviewSays = (say: Words, version: TemplateVersionView, { roles }: Reader): string => {
  const open = version.reviews.filter(({ state }) => state === 'deciding');
  const own = open.find((review) => !review.mayDecide && isOwnRefusal(review, roles));
  if (own?.refusal && !open.some(({ mayDecide }) => mayDecide)) return refusalInWords(say, own.refusal);
  const [last] = open;
  return open.length === 1 && last
    ? say('templates.says.inReview.last', { open: last.review })
    : say('templates.says.inReview', { open: open.map(({ review }) => say(`review.${review}`)) });
};

/** What follows for the reader from how the version stands: the sentence at the foot. */
export const templateSays = (say: Words, version: TemplateVersionView, reader: Reader): string => {
  const { state, content } = version;
  if (reader.isReadOnly) return say('templates.says.readOnly');
  if (reader.roles.includes('auditor')) return say('templates.says.auditor');
  const until = content.validUntil;
  switch (state) {
    case 'draft':
      return reader.mayEdit
        ? say('templates.says.draft', { version: version.version })
        : say('templates.says.draft.other', { who: reader.writers });
    case 'inReview':
      return inReviewSays(say, version, reader);
    case 'approved':
      return until === null
        ? say('templates.says.approved')
        : say('templates.says.approved.until', { at: say.date(until) });
    case 'expired':
      return say('templates.says.expired', { at: say.date(until ?? version.revisedAt) });
    default:
      return say(`templates.says.${state}`);
  }
};
