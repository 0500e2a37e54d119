import { useState } from 'react';
import { useWords } from '../words/use-words.ts';

/** So many stand there at once; a list of hundreds would bury the rules. */
const SHOWN = 8;

/** Watched words and phrases, the first of many with the rest on request. */
export const WordList = ({ words }: { words: readonly string[] }) => {
  const say = useWords();
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? words : words.slice(0, SHOWN);
  return (
    <span className="word-list">
      {shown.map((word) => (
        <bdi key={word} className="slot">
          {word}
        </bdi>
      ))}
      {words.length > SHOWN ? (
        <button
          type="button"
          className="link label"
          aria-expanded={showsAll}
          onClick={() => {
            setShowsAll(!showsAll);
          }}
        >
          {showsAll ? say('policy.words.fewer') : say('policy.words.more', { count: words.length - SHOWN })}
        </button>
      ) : null}
    </span>
  );
};
