import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { desk } from '../api/client.ts';
import { useLanguageName } from '../words/use-language-name.ts';
import { useWords } from '../words/use-words.ts';
import type { FactWords } from './template-changes.ts';

/** Language, channels and validity of a template, in words. */
export const useFactWords = (): FactWords => {
  const say = useWords();
  const language = useLanguageName();
  const channels = useQuery(desk.channel.list.queryOptions()).data?.channels;
  return useMemo(() => {
    const names = new Map((channels ?? []).map(({ id, name }) => [id, name]));
    return {
      language,
      channels: (ids) =>
        ids === null
          ? say('templates.allChannels')
          : say.list(ids.map((id) => names.get(id) ?? say('templates.channelGone'))),
      valid: (until) => (until === null ? say('templates.fact.valid.open') : say.date(until)),
    };
  }, [say, language, channels]);
};
