import { useSession } from '../app/session.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords, type Words } from '../words/use-words.ts';
import { isOwnRefusal } from './version-offers.ts';
import { refusalInWords } from '../api/errors.ts';
import type { VersionFacts } from './version-state.tsx';

type Review = VersionFacts['reviews'][number];

const whoDecides = (say: Words, { by, at, eligible, mayDecide }: Review): string => {
  if (by && at) return `${by.name}, ${say.moment(at)}`;
  if (mayDecide) return say('route.you');
  const [first] = eligible;
  if (!first) return say('route.nobody');
  return eligible.length === 1 ? first.name : say('route.anyOf', { count: eligible.length });
};

/** The two reviews of a version: who decided, who can, and why not the reader. */
export const ReviewsSection = ({ version }: { version: VersionFacts }) => {
  const say = useWords();
  const { roles } = useSession().session.person;
  const { reviews, state } = version;
  return (
    <section className="section">
      <h2>{say('version.approval')}</h2>
      {reviews.length === 0 ? (
        <p className="soft">{say(`version.approval.${state === 'draft' ? 'draft' : 'none'}`)}</p>
      ) : (
        <ul className="checks">
          {reviews.map((review) => {
            const isOpen = state === 'inReview' && review.state === 'deciding';
            // The reader’s own refusal names those who can.
            const isOwn = isOpen && isOwnRefusal(review, roles);
            return (
              <li key={review.review}>
                <Icon
                  name={review.state === 'approved' ? 'check-circle' : isOpen ? 'dot' : 'ring'}
                  className={review.state === 'approved' ? 'ok' : ''}
                />
                <span>
                  <b>{say(`review.${review.review}`)}</b>{' '}
                  {review.state === 'approved'
                    ? say('route.state.approved')
                    : say(isOpen ? 'route.state.deciding' : 'version.notDecided')}
                </span>
                <span className="label cut">{isOpen || review.by ? whoDecides(say, review) : null}</span>
                {isOpen && !isOwn && review.eligible.length > 1 ? (
                  <span className="more">{say.list(review.eligible.map(({ name }) => name))}</span>
                ) : null}
                {isOwn && review.refusal ? <span className="more">{refusalInWords(say, review.refusal)}</span> : null}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
};
