import type { PracticePost } from '#workflows/contract/practice.contract.ts';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { PostItem } from './post-item.tsx';
import type { Place } from './thread-list.tsx';
import type { Thread } from './threads.ts';

interface ThreadViewProps {
  readonly thread: Thread;
  readonly place: (Place & { readonly limit: number | null }) | null;
  readonly wanted: string;
  readonly mayPost: boolean;
  readonly mayTakeIn: boolean;
  readonly onAnswer: (post: PracticePost) => void;
}

/** Says, above whatever is shown, that none of it is public. */
export const NotPublicStrip = () => {
  const say = useWords();
  return (
    <Strip icon="lock" title={say('practice.banner')}>
      {say('practice.banner.text')}
    </Strip>
  );
};

/** A thread as a customer would see it. */
export const ThreadView = ({ thread, place, wanted, mayPost, mayTakeIn, onAnswer }: ThreadViewProps) => {
  const say = useWords();
  const title = say('practice.title', { handle: thread.first.handle });
  const subtitle = place
    ? [
        say('practice.subtitle', { channel: place.name, handle: place.handle }),
        ...(place.limit === null ? [] : [say('practice.limit', { count: place.limit })]),
      ].join(' · ')
    : '';
  return (
    <section className="pane reply-pane" aria-label={say('practice.thread')} id="thread" tabIndex={-1}>
      <header className="reply-head lined-head">
        <div className="grow">
          <h1 className="cut" title={title}>
            {title}
          </h1>
          <span className="label cut" title={subtitle}>
            {subtitle}
          </span>
        </div>
        <span className="state soft">{say('practice.posts', { count: thread.posts.length })}</span>
      </header>
      <NotPublicStrip />
      {mayPost ? null : (
        <Strip icon="eye" title={say('practice.readOnly')}>
          {say('practice.readOnly.text')}
        </Strip>
      )}
      <div className="practice-thread">
        <ol>
          {thread.posts.map((item) => (
            <PostItem
              key={item.post.id}
              item={item}
              isWanted={item.post.id === wanted}
              mayPost={mayPost}
              mayTakeIn={mayTakeIn}
              onAnswer={() => {
                onAnswer(item.post);
              }}
            />
          ))}
        </ol>
      </div>
    </section>
  );
};
