import type { ReactNode } from 'react';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import type { VersionFacts } from './version-state.tsx';

const Reason = ({ version }: { version: VersionFacts }) => {
  const say = useWords();
  const { lastReason, state, submittedAt } = version;
  if (!lastReason) return null;
  const values = { who: lastReason.by.name, at: say.moment(lastReason.at) };
  const text = <span dir="auto">“{lastReason.text}”</span>;
  if (state === 'rejected')
    return (
      <Strip icon="close" tone="caution" title={say('version.rejectedBy', values)}>
        {text}
      </Strip>
    );
  if (state === 'retired')
    return (
      <Strip icon="lock" title={say('version.retiredBy', values)}>
        {text}
      </Strip>
    );
  // After it was submitted again the reason is history; a reviewer still wants to see whether it was answered.
  const isAnswered = submittedAt !== null && submittedAt > lastReason.at;
  if (state !== 'draft' && state !== 'inReview') return null;
  return (
    <Strip icon="back" {...(isAnswered ? {} : { tone: 'caution' as const })} title={say('version.returned', values)}>
      {text}
    </Strip>
  );
};

/** What a reader must know before they read the version: that they decide, why it came back, that a newer one is there. */
export const VersionStrips = ({
  version,
  newest,
  showNewest,
}: {
  version: VersionFacts;
  newest: number;
  showNewest: ReactNode;
}) => {
  const say = useWords();
  const mine = version.reviews.filter(({ mayDecide, state }) => mayDecide && state === 'deciding');
  return (
    <>
      {version.version < newest ? (
        <Strip icon="fork" title={say('version.toNewest', { version: newest })} acts={showNewest}>
          {say('version.toNewest.text', { shown: version.version })}
        </Strip>
      ) : null}
      {version.state === 'inReview' && mine.length > 0 ? (
        <Strip
          icon="dot"
          title={say('version.waitsOnYou', { review: mine.map(({ review }) => say(`review.${review}`)) })}
        >
          {say('version.waitsOnYou.text')}
        </Strip>
      ) : null}
      <Reason version={version} />
    </>
  );
};
