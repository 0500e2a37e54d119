import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { DESKTOP_WORDS } from './desktop-words.ts';

const WORDS = DESKTOP_WORDS.spelling;
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

export interface SpellingActs {
  readonly replaceMisspelling: (word: string) => void;
  readonly learn: (word: string) => void;
}

type Params = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'misspelledWord' | 'dictionarySuggestions'>;

const spelling = (
  { misspelledWord, dictionarySuggestions }: Params,
  acts: SpellingActs,
): MenuItemConstructorOptions[] => {
  if (misspelledWord === '') return [];
  const suggestions = dictionarySuggestions.map((word) => ({
    label: word,
    click: () => acts.replaceMisspelling(word),
  }));
  return [
    ...(suggestions.length > 0 ? suggestions : [{ label: WORDS.none, enabled: false }]),
    SEPARATOR,
    { label: WORDS.learn, click: () => acts.learn(misspelledWord) },
    SEPARATOR,
  ];
};

/** What a right click offers: Electron has no such menu of its own, and spelling suggestions are shown nowhere else. */
export const contextMenuTemplate = (params: Params, acts: SpellingActs): MenuItemConstructorOptions[] => {
  if (params.isEditable) {
    return [
      ...spelling(params, acts),
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'pasteAndMatchStyle' },
      SEPARATOR,
      { role: 'selectAll' },
    ];
  }
  return params.selectionText.trim() === '' ? [] : [{ role: 'copy' }];
};
