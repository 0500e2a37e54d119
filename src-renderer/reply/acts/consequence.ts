import type { ReplyAct, ReplyView } from '#workflows/contract/reply.contract.ts';
import { spanInWords } from '../../words/due.ts';
import type { Words } from '../../words/use-words.ts';
import type { DraftSession } from '../editor/use-draft.ts';

/** What follows from the next act, in a sentence at the left of the bar. */
export const consequence = (say: Words, view: ReplyView, draft: DraftSession, chosen: ReplyAct | null): string => {
  if (chosen) {
    const key = `consequence.${chosen}`;
    return say.has(key) ? say(key) : '';
  }
  const newest = view.revisions.at(-1);
  const reviews = (view.route?.reviews ?? []).map(({ review }) => say(`review.${review}`));
  switch (view.state) {
    case 'triage':
      return say('consequence.claim');
    case 'drafting':
    case 'correcting':
    case 'takingDown':
      if (!draft.isEditing && view.assignee && view.operation !== 'takeDown')
        return say('consequence.drafting', { who: view.assignee.name });
      return say('consequence.submit', {
        revision: draft.isChanged || !newest ? (newest?.revision ?? 0) + 1 : newest.revision,
        reviews,
      });
    case 'inReview': {
      const open = (view.route?.reviews ?? []).filter(({ state }) => state !== 'approved');
      const mine = open.find(({ isMine }) => isMine);
      if (!mine)
        return say('consequence.waits', {
          reviews: open.map(({ review }) => say(`review.${review}`)),
          names: open.flatMap(({ eligible }) => eligible.map(({ name }) => name)),
        });
      return open.length === 1
        ? say('consequence.lastReview', { review: say(`review.${mine.review}`) })
        : say('consequence.firstReview', {
            reviews: open.filter((entry) => entry !== mine).map(({ review }) => say(`review.${review}`)),
          });
    }
    case 'approved':
      return view.approvalExpiresAt ? say('consequence.approved', { at: say.moment(view.approvalExpiresAt) }) : '';
    case 'scheduled':
      return view.scheduledFor ? say('consequence.scheduled', { at: say.moment(view.scheduledFor) }) : '';
    case 'publishing':
      return say('consequence.publishing');
    case 'published': {
      const at = view.publication?.attemptedAt;
      if (!at || !view.post) return '';
      return say('consequence.published', {
        span: spanInWords(say, view.post.at, at),
        promised: spanInWords(say, view.post.at, view.dueAt),
      });
    }
    default: {
      const key = `consequence.state.${view.state}`;
      return say.has(key) ? say(key) : '';
    }
  }
};
