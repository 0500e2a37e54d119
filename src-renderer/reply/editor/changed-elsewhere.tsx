import { useState } from 'react';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { Button } from '../../design/button.tsx';
import { Strip } from '../../design/pane-state.tsx';
import { useWords } from '../../words/use-words.ts';
import { DiffText } from '../compare/compare-view.tsx';
import { diffTexts } from '../compare/word-diff.ts';
import { plainText } from './plain-text.ts';
import type { DraftSession } from './use-draft.ts';

/** Somebody saved a newer revision while this was being written: both are kept, and the person chooses. */
export const ChangedElsewhere = ({ view, draft }: { view: ReplyView; draft: DraftSession }) => {
  const say = useWords();
  const [isComparing, setIsComparing] = useState(false);
  const newest = view.revisions.at(-1);
  if (!draft.isStale || !newest) return null;
  return (
    <Strip
      icon="fork"
      title={say('stale.title', { who: newest.by.name, revision: newest.revision, at: say.moment(newest.at) })}
      acts={
        <>
          <Button
            kind="lined"
            size="small"
            onClick={() => {
              setIsComparing(!isComparing);
            }}
          >
            {say(isComparing ? 'stale.hide' : 'stale.compare')}
          </Button>
          <Button size="small" onClick={draft.takeNewest}>
            {say('stale.takeTheirs')}
          </Button>
          <Button
            size="small"
            onClick={() => {
              draft.rebase();
            }}
          >
            {say('stale.keepMine')}
          </Button>
        </>
      }
    >
      {say('stale.text')}
      {isComparing ? (
        <span className="read" style={{ display: 'block', marginTop: 'var(--s2)' }} dir="auto">
          <DiffText parts={diffTexts(newest.text, plainText(draft.document))} />
        </span>
      ) : null}
    </Strip>
  );
};
