import { DiffText } from '../reply/compare/compare-view.tsx';
import { diffTexts } from '../reply/compare/word-diff.ts';
import { useWords } from '../words/use-words.ts';

export interface Change {
  readonly what: string;
  /** Empty where it was not there before. */
  readonly before: string;
  readonly after: string;
}

/** What is longer than this is compared word by word. */
const SHORT = 60;

const BeforeAfter = ({ before, after }: Omit<Change, 'what'>) => {
  const say = useWords();
  return (
    <>
      {before === '' ? null : (
        <del>
          <span className="sr-only">{say('compare.removed')} </span>
          <bdi>{before}</bdi>
        </del>
      )}{' '}
      {after === '' ? null : (
        <ins>
          <span className="sr-only">{say('compare.added')} </span>
          <bdi>{after}</bdi>
        </ins>
      )}
    </>
  );
};

/** What differs from another version, one line each: what, before, after. */
export const ChangeList = ({ title, changes }: { title: string; changes: readonly Change[] }) => {
  const say = useWords();
  return (
    <section className="change-list" aria-label={title}>
      <h2>{title}</h2>
      {changes.length === 0 ? (
        <p className="soft">{say('version.changes.none')}</p>
      ) : (
        <dl>
          {changes.map(({ what, before, after }, index) => (
            <div key={index}>
              <dt>{what}</dt>
              <dd>
                {before.length > SHORT && after.length > SHORT ? (
                  <DiffText parts={diffTexts(before, after)} />
                ) : (
                  <BeforeAfter before={before} after={after} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
};
