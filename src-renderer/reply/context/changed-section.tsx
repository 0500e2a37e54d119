import { useMemo } from 'react';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { useWords } from '../../words/use-words.ts';
import { countChanges, diffTexts } from '../compare/word-diff.ts';

/** What is different since the person was here last, in numbers. */
export const ChangedSection = ({ view, lastSeen }: { view: ReplyView; lastSeen: number | null }) => {
  const say = useWords();
  const newest = view.revisions.at(-1);
  const seen = view.revisions.find(({ revision }) => revision === lastSeen);
  const changes = useMemo(
    () => (newest && seen ? countChanges(diffTexts(seen.text, newest.text)) : null),
    [newest, seen],
  );
  if (!newest || !seen || !changes || seen.revision === newest.revision) return null;
  return (
    <section className="section">
      <h2>{say('changed.title')}</h2>
      <p>{say('changed.by', { revision: newest.revision, who: newest.by.name, seen: seen.revision })}</p>
      <p className="label" style={{ marginTop: 'var(--s1)' }}>
        {say('changed.words', changes)}
      </p>
    </section>
  );
};
