import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Queue, ReplyView, StoryEntry } from '#workflows/contract/reply.contract.ts';
import { bareId } from '../app/addresses.ts';
import { waitingInWords } from '../queue/waiting-words.ts';
import { readOnlyDraft } from '../reply/editor/use-draft.ts';
import { PostPair } from '../reply/post-pair.tsx';
import { ProgressRail } from '../reply/progress-rail.tsx';
import { ReplyHead } from '../reply/reply-head.tsx';
import { ReplyStrips } from '../reply/reply-strips.tsx';
import { StoryEntries } from '../reply/story-list.tsx';
import { ReadText } from '../reply/work-area.tsx';
import { useWords, type Words } from '../words/use-words.ts';
import { PAST_VIEWS, type PastSearch, type PastView } from './past-address.ts';
import type { Past } from './past.tsx';
import { TextVersions } from './text-versions.tsx';

/** Who was to do what next. */
const waitedFor = (say: Words, { waiting, publication, state }: ReplyView): string => {
  const publishedAt = publication?.state === 'succeeded' ? publication.attemptedAt : null;
  const what = waitingInWords(say, { waiting, publishedAt, state });
  if (what === '') return say('history.waits.nothing');
  // One name is in the sentence already; the program does what nobody is named for.
  return waiting.names.length > 1 || (waiting.reviews.length > 0 && waiting.names.length > 0)
    ? say('history.waits.names', { what, who: waiting.names })
    : say('history.waits', { what });
};

/** One reply as it was: the post, the text, how far it had come, the story up to then, and every version of the text. */
export const PastReply = ({
  past,
  view,
  story,
  queue,
  search,
  onOpenContext,
}: {
  past: Past;
  view: ReplyView;
  story: readonly StoryEntry[];
  queue: Queue;
  search: PastSearch;
  onOpenContext: () => void;
}) => {
  const say = useWords();
  const navigate = useNavigate();
  const draft = useMemo(() => readOnlyDraft(view), [view]);
  const counts = { count: view.revisions.length };
  const shown: PastView = search.view ?? 'story';
  const change = (next: PastSearch): void =>
    void navigate({
      to: '/as-of/$moment/queue/$queue/$reply',
      params: { moment: String(past.asOf), queue, reply: bareId(view.id) },
      search: next,
      replace: true,
    });
  return (
    <article className="pane reply-pane" aria-label={say('reply.pane')} id="reply" tabIndex={-1}>
      <ReplyHead view={view} draft={draft} onOpenContext={onOpenContext} />
      <ProgressRail view={view} />
      <div className="tools past-tabs">
        <span className="segments" role="group" aria-label={say('reply.tabs')}>
          {PAST_VIEWS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={shown === name}
              onClick={() => {
                change({ ...search, view: name });
              }}
            >
              {say(`history.tab.${name}`, counts)}
            </button>
          ))}
        </span>
        {view.noteToReviewers ? (
          <span className="label cut" title={view.noteToReviewers} dir="auto">
            {say('review.note', { note: view.noteToReviewers })}
          </span>
        ) : null}
      </div>
      {/* All of it scrolls as one: under the bar there is less room than on the desk of now. */}
      <div className="past-work" tabIndex={0} role="group" aria-label={say(`history.tab.${shown}`, counts)}>
        {shown === 'versions' ? (
          <div className="work">
            <TextVersions asOf={past.asOf} view={view} search={search} onChange={change} />
          </div>
        ) : (
          <>
            <PostPair view={view} draft={draft} />
            <div className="work">
              <div className="work-strip">
                <ReplyStrips view={view} />
              </div>
              {shown === 'story' ? (
                <StoryEntries reply={view.id} entries={story} />
              ) : (
                <ReadText view={view} lastSeen={null} />
              )}
            </div>
          </>
        )}
      </div>
      <footer className="bar past-foot no-print">
        <p>{waitedFor(say, view)}</p>
      </footer>
    </article>
  );
};
