import type { ErasureView } from '#workflows/contract/erasure.contract.ts';
import { useWords, type Words } from '../words/use-words.ts';

const goesOf = (say: Words, { takes: { replies, files } }: ErasureView): string[] => [
  say('erasure.goes.posts', { count: replies }),
  say('erasure.goes.replies', { count: replies }),
  say('erasure.goes.files', { count: files }),
];

const staysOf = (say: Words, { leaves: { publicReplies, quotedBy } }: ErasureView): string[] => [
  say('erasure.stays.journal'),
  ...(publicReplies > 0 ? [say('erasure.stays.public', { count: publicReplies })] : []),
  ...(quotedBy > 0 ? [say('erasure.stays.quoted', { count: quotedBy })] : []),
  say('erasure.stays.copies'),
];

const Part = ({ title, items }: { title: string; items: readonly string[] }) => (
  <section>
    <h3>{title}</h3>
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  </section>
);

/** What an erasure takes, what it leaves, and what stands against it. */
export const ErasureFacts = ({ view }: { view: ErasureView }) => {
  const say = useWords();
  return (
    <div className="erasure-facts">
      <Part title={say('erasure.goes')} items={goesOf(say, view)} />
      <Part title={say('erasure.stays')} items={staysOf(say, view)} />
      {view.obstacles.length > 0 ? (
        <div role="status" className="erasure-obstacles">
          <Part
            title={say('erasure.obstacles')}
            items={view.obstacles.map(({ reason, values }) => say(`refusal.${reason as 'erasureHeld'}`, values))}
          />
        </div>
      ) : null}
    </div>
  );
};
