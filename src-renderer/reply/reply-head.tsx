import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { dueInWords } from '../words/due.ts';
import { useNow } from '../words/use-now.ts';
import { useWords, type Words } from '../words/use-words.ts';
import type { DraftReading } from './editor/use-draft.ts';

const subtitle = (say: Words, view: ReplyView, draft: DraftReading): string => {
  const place = say('reply.as', { channel: view.channel.name, handle: view.channel.handle });
  const newest = view.revisions.at(-1);
  if (draft.isEditing) {
    const saved = draft.savedAt ? say('draft.saved', { at: say.clock(draft.savedAt) }) : say('draft.notSavedYet');
    return `${place} · ${say('draft.number', { number: (newest?.revision ?? 0) + 1 })}, ${draft.isSaving ? say('draft.saving') : saved}`;
  }
  if (!newest) return place;
  return `${place} · ${say('revision.by', { revision: newest.revision, who: newest.by.name, at: say.moment(newest.at) })}`;
};

const DueState = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const now = useNow();
  if (
    ['noResponse', 'merged', 'withdrawn', 'closed', 'takenDown', 'monitoring', 'privateHandling', 'rejected'].includes(
      view.state,
    )
  ) {
    return <span className="state soft">{say(`reply.state.${view.state as 'closed'}`)}</span>;
  }
  // What is corrected or taken down was answered before: it is not overdue.
  if (view.publication?.state === 'succeeded') {
    const { readback, attemptedAt } = view.publication;
    const at = attemptedAt ?? view.dueAt;
    const isFine = readback?.outcome === 'same' || readback === null;
    return (
      <span className={`state ${isFine ? 'ok' : 'warn'}`} title={say.exact(at)}>
        <Icon name={isFine ? 'check-circle' : 'warn'} size="small" />
        {say('reply.publishedAt', { at: say.moment(at) })}
      </span>
    );
  }
  const { text, tone } = dueInWords(say, { dueAt: view.dueAt, now, atRiskMinutes: view.atRiskMinutes });
  return (
    <span className={`state ${tone === 'plain' ? 'soft' : tone}`} title={say.exact(view.dueAt)}>
      <Icon name={tone === 'bad' ? 'warn' : 'clock'} size="small" />
      {text}
    </span>
  );
};

/** Whom it answers, on which channel, in which version, and until when. */
export const ReplyHead = ({
  view,
  draft,
  onOpenContext,
}: {
  view: ReplyView;
  draft: DraftReading;
  onOpenContext: () => void;
}) => {
  const say = useWords();
  const title = view.post ? say('reply.title', { handle: view.post.handle }) : say('reply.titleErased');
  return (
    <header className="reply-head">
      <div className="grow">
        <h1 className="cut" title={title}>
          {title}
        </h1>
        <span className="label cut">{subtitle(say, view, draft)}</span>
      </div>
      {view.isHeld ? (
        <span className="state soft" title={say('reply.held')}>
          <Icon name="lock" size="small" />
          {say('reply.heldShort')}
        </span>
      ) : null}
      <DueState view={view} />
      <span className="open-context no-print">
        <Button kind="lined" icon="panel" onClick={onOpenContext}>
          {say('context.title')}
        </Button>
      </span>
    </header>
  );
};
