import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { Button } from '../design/button.tsx';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { CompareView } from './compare/compare-view.tsx';
import { ChangedElsewhere } from './editor/changed-elsewhere.tsx';
import { DraftEditor } from './editor/draft-editor.tsx';
import type { DraftSession } from './editor/use-draft.ts';
import { PublicationStrip } from './publication-strip.tsx';
import type { ReplyTab } from './reply-screen.tsx';
import { StoryList } from './story-list.tsx';

const Returned = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const { returned } = view;
  if (!returned || !['drafting', 'correcting', 'takingDown', 'rejected'].includes(view.state)) return null;
  return (
    <Strip
      icon="back"
      tone="caution"
      title={say(returned.wasRejected ? 'returned.rejected' : 'returned.changes', {
        who: returned.by.name,
        revision: returned.revision,
        at: say.moment(returned.at),
      })}
    >
      <span dir="auto">“{returned.reason}”</span>
    </Strip>
  );
};

const TemplateProblem = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const problem = view.template?.problem;
  if (!view.template || !problem || !['drafting', 'inReview', 'approved'].includes(view.state)) return null;
  return (
    <Strip
      icon="warn"
      tone="caution"
      title={say(`template.problem.${problem}`, { name: view.template.name, version: view.template.version })}
    >
      {say('template.problem.text')}
    </Strip>
  );
};

const Followed = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  if (!view.post) return <Strip icon="lock" title={say('post.erased')} />;
  if (view.followedBy.length === 0) return null;
  return (
    <Strip icon="chat" title={say('reply.followed', { count: view.followedBy.length })}>
      {say('reply.followed.text')}
    </Strip>
  );
};

const ReadText = ({ view, lastSeen }: { view: ReplyView; lastSeen: number | null }) => {
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
        <PublicationStrip view={view} />
        <Returned view={view} />
        <TemplateProblem view={view} />
        <Followed view={view} />
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
