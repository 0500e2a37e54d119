import { useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { CopySign } from './copy-button.tsx';
import { shortHash } from './short-hash.ts';

/** A hash by its first eight characters; all of it on demand, and to copy. */
export const HashValue = ({ name, value }: { name: string; value: string }) => {
  const say = useWords();
  const [isWhole, setIsWhole] = useState(false);
  return (
    <span className="hash-value">
      <button
        type="button"
        className={`link ${isWhole ? 'mono' : 'hash'}`}
        aria-expanded={isWhole}
        aria-label={say('log.hash.show', { name, short: shortHash(value) })}
        title={value}
        onClick={() => {
          setIsWhole(!isWhole);
        }}
      >
        {isWhole ? value : shortHash(value)}
      </button>
      <CopySign text={value} label={say('log.hash.copy', { name })} />
    </span>
  );
};
