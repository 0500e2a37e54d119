import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { CompareView } from './compare/compare-view.tsx';
import { ChangedElsewhere } from './editor/changed-elsewhere.tsx';
import { DraftEditor } from './editor/draft-editor.tsx';
import type { DraftSession } from './editor/use-draft.ts';
import type { ReplyTab } from './reply-screen.tsx';
import { ReplyStrips } from './reply-strips.tsx';
import { StoryList } from './story-list.tsx';

/** The newest text against an earlier one, or what there is in its place. */
export const ReadText = ({ view, lastSeen }: { view: ReplyView; lastSeen: number | null }) => {
  const say = useWords();
  if (view.revisions.length > 0) return <CompareView view={view} lastSeen={lastSeen} />;
  return <p className="soft fit">{say(view.state === 'triage' ? 'triage.text' : 'reply.noText')}</p>;
};

/** The middle of a reply: what is being written or compared, or everything that happened. */
export const WorkArea = ({
  view,
  draft,
  lastSeen,
  tab,
  onTab,
}: {
  view: ReplyView;
  draft: DraftSession;
  lastSeen: number | null;
  tab: ReplyTab;
  onTab: (tab: ReplyTab) => void;
}) => {
  const say = useWords();
  const shown = draft.isEditing && tab === 'story' ? 'story' : tab;
  return (
    <div className="work" tabIndex={-1}>
      <div className="work-strip">
        <ReplyStrips view={view} />
        <ChangedElsewhere view={view} draft={draft} />
      </div>
      <div className="tools">
        <span className="segments" role="group" aria-label={say('reply.tabs')}>
          {(['work', 'story'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={shown === name}
              onClick={() => {
                onTab(name);
              }}
            >
              {say(name === 'story' ? 'story.title' : draft.isEditing ? 'reply.tab.write' : 'reply.tab.text')}
            </button>
          ))}
        </span>
        {draft.isEditing && !['drafting', 'triage', 'rejected', 'correcting'].includes(view.state) ? (
          <>
            <span className="label warn">{say('editor.voids')}</span>
            <Button size="small" onClick={draft.pause}>
              {say('editor.stop')}
            </Button>
          </>
        ) : null}
        {!draft.isEditing && view.noteToReviewers ? (
          <span className="label cut" title={view.noteToReviewers} dir="auto">
            {say('review.note', { note: view.noteToReviewers })}
          </span>
        ) : null}
      </div>
      {shown === 'story' ? (
        <StoryList reply={view.id} />
      ) : draft.isEditing ? (
        <DraftEditor view={view} draft={draft} />
      ) : (
        <ReadText view={view} lastSeen={lastSeen} />
      )}
    </div>
  );
};
