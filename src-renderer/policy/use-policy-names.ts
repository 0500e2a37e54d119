import { useMemo } from 'react';
import { useLanguageName } from '../words/use-language-name.ts';
import { useWords } from '../words/use-words.ts';
import type { Names } from './condition-words.ts';

/** Names of the channels and languages that a policy speaks of. */
export const usePolicyNames = (channelNames: Readonly<Record<string, string>> | undefined): Names => {
  const say = useWords();
  const languageName = useLanguageName();
  return useMemo(
    () => ({ channel: (id: string) => channelNames?.[id] ?? say('policy.channelGone'), language: languageName }),
    [channelNames, languageName, say],
  );
};
