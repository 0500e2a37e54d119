import { Menu } from '@mantine/core';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/use-words.ts';
import type { DraftSession } from './use-draft.ts';

const COMMON = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'ar', 'he', 'ja', 'zh', 'sv', 'da', 'cs'];

/** In which language the answer is written; the channel is told, and the policy's rules go by it. */
export const LanguageMenu = ({ draft }: { draft: DraftSession }) => {
  const say = useWords();
  const { locale } = useIntl();
  const names = useMemo(() => new Intl.DisplayNames([locale, 'en'], { type: 'language' }), [locale]);
  const nameOf = (tag: string): string => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
  const tags = COMMON.includes(draft.language) ? COMMON : [draft.language, ...COMMON];
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button
          type="button"
          className="button"
          aria-label={say('editor.language', { language: nameOf(draft.language) })}
        >
          {nameOf(draft.language)}
          <Icon name="down" size="small" />
        </button>
      </Menu.Target>
      <Menu.Dropdown style={{ maxHeight: 360, overflow: 'auto' }}>
        {tags.map((tag) => (
          <Menu.Item
            key={tag}
            onClick={() => {
              draft.setLanguage(tag);
            }}
          >
            {nameOf(tag)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
