import { lazy, Suspense, useState } from 'react';
import type { ReplyView, RouteView } from '#workflows/contract/reply.contract.ts';
import { Icon } from '../../design/icon.tsx';
import { useWords, type Words } from '../../words/use-words.ts';
import type { DraftReading } from '../editor/use-draft.ts';

const StatechartDialog = lazy(async () => ({ default: (await import('./statechart-dialog.tsx')).StatechartDialog }));

type Review = RouteView['reviews'][number];

const whoDecides = (say: Words, { state, decidedBy, decidedAt, eligible, isMine }: Review): string => {
  if (state === 'approved' && decidedBy && decidedAt) return `${decidedBy.name}, ${say.moment(decidedAt)}`;
  if (eligible.length === 0) return say('route.nobody');
  if (isMine && state === 'deciding') return say('route.you');
  const [first] = eligible;
  return eligible.length === 1 && first ? first.name : say('route.anyOf', { count: eligible.length });
};

/** The reviews that the policy demands, how far each is, who can decide it, and why it is demanded. */
export const RouteSection = ({ view, draft }: { view: ReplyView; draft: DraftReading }) => {
  const say = useWords();
  const [isChartOpen, setIsChartOpen] = useState(false);
  const route = draft.isEditing ? (draft.preview?.route ?? view.route) : view.route;
  return (
    <section className="section">
      <h2>
        {say('route.title')}
        <button
          type="button"
          className="link"
          onClick={() => {
            setIsChartOpen(true);
          }}
        >
          {say('route.statechart')}
        </button>
      </h2>
      {route ? (
        <>
          <ul className="checks">
            {route.reviews.map((review) => (
              <li key={review.review}>
                <Icon
                  name={review.state === 'approved' ? 'check-circle' : review.state === 'deciding' ? 'dot' : 'ring'}
                  className={review.state === 'approved' ? 'ok' : ''}
                />
                <span>
                  <b>{say(`review.${review.review}`)}</b>{' '}
                  {review.state === 'waiting' ? null : say(`route.state.${review.state}`)}
                </span>
                <span className="label cut" title={review.eligible.map(({ name }) => name).join(', ')}>
                  {whoDecides(say, review)}
                </span>
                {review.comment ? (
                  <span className="more" dir="auto">
                    “{review.comment}”
                  </span>
                ) : null}
                {review.reasons.map(({ rule, reason }) => (
                  <span key={rule} className="more">
                    {reason} ({say('route.rule', { policy: route.policy, rule })})
                  </span>
                ))}
              </li>
            ))}
          </ul>
          <p className="soft" style={{ marginTop: 'var(--s1)' }}>
            {route.reviews.length > 1 ? say(`route.order.${route.order}`) : null}{' '}
            {route.isForecast ? say('route.forecast') : null}
          </p>
        </>
      ) : (
        <p className="soft">{say('route.none')}</p>
      )}
      {isChartOpen ? (
        <Suspense fallback={null}>
          <StatechartDialog
            value={view.value}
            isOpen
            onClose={() => {
              setIsChartOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </section>
  );
};
