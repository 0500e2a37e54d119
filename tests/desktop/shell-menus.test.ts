import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { contextMenuTemplate } from '#main/electron/context-menu.ts';
import { menuTemplate } from '#main/electron/menu.ts';

const itemsOf = (template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  template.flatMap((item) => [item, ...itemsOf(Array.isArray(item.submenu) ? item.submenu : [])]);

const menu = ({ isMac = false, isDevelopment = false } = {}) => {
  const sent: string[] = [];
  const template = menuTemplate(
    { send: (command) => sent.push(command), openWorkspace: () => sent.push('open') },
    { isMac, isDevelopment },
  );
  return { sent, template, items: itemsOf(template) };
};

const rolesOf = (items: readonly MenuItemConstructorOptions[]): (string | undefined)[] => items.map(({ role }) => role);

describe('the menu', () => {
  it.each([false, true])('has each accelerator and each name once (Mac: %s)', (isMac) => {
    const { items } = menu({ isMac, isDevelopment: true });
    for (const key of ['accelerator', 'id'] as const) {
      const values = items.map((item) => item[key]).filter((value) => value !== undefined);
      expect(values.length).toBeGreaterThan(5);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('only navigates, locks, closes, finds and opens', () => {
    const { items, sent } = menu();
    for (const { click } of items) click?.(undefined as never, undefined, undefined as never);
    expect(sent.filter((command) => !command.startsWith('/')).sort()).toEqual([
      'closeWorkspace',
      'find',
      'lock',
      'open',
    ]);
    expect(sent.filter((command) => command.startsWith('/')).sort()).toEqual(
      ['/', '/channels', '/log', '/people', '/policy', '/preferences', '/templates'].sort(),
    );
  });

  it('shows what developers need in development alone', () => {
    expect(rolesOf(menu({ isDevelopment: true }).items)).toContain('toggleDevTools');
    expect(rolesOf(menu().items)).not.toContain('toggleDevTools');
    expect(rolesOf(menu().items)).not.toContain('reload');
  });

  it('can quit everywhere, on a Mac in the app’s own menu', () => {
    expect(rolesOf(menu().items)).toContain('quit');
    const [first] = menu({ isMac: true }).template;
    expect(first?.role).toBe('appMenu');
    expect(rolesOf(itemsOf(first ? [first] : []))).toContain('quit');
  });
});

describe('a right click', () => {
  const NOTHING = { isEditable: false, selectionText: '', misspelledWord: '', dictionarySuggestions: [] };
  const acts = () => {
    const done: string[] = [];
    return {
      done,
      acts: {
        replaceMisspelling: (word: string) => done.push(`replace ${word}`),
        learn: (word: string) => done.push(`learn ${word}`),
      },
    };
  };

  it('offers nothing where there is nothing to do', () => {
    expect(contextMenuTemplate(NOTHING, acts().acts)).toEqual([]);
    expect(contextMenuTemplate({ ...NOTHING, selectionText: ' \n' }, acts().acts)).toEqual([]);
  });

  it('offers to copy what is selected, and no more, where nothing can be written', () => {
    expect(rolesOf(contextMenuTemplate({ ...NOTHING, selectionText: 'text' }, acts().acts))).toEqual(['copy']);
  });

  it('offers suggestions and to learn the word where it is misspelt', () => {
    const { done, acts: given } = acts();
    const misspelt = { isEditable: true, misspelledWord: 'teh', dictionarySuggestions: ['the', 'tech'] };
    const template = contextMenuTemplate({ ...NOTHING, ...misspelt }, given);
    for (const { click } of template) click?.(undefined as never, undefined, undefined as never);
    expect(done).toEqual(['replace the', 'replace tech', 'learn teh']);
    expect(rolesOf(template)).toContain('paste');
  });

  it('says so where there are no suggestions', () => {
    const misspelt = { isEditable: true, misspelledWord: 'xqzt', dictionarySuggestions: [] };
    const [first] = contextMenuTemplate({ ...NOTHING, ...misspelt }, acts().acts);
    expect(first).toEqual({ label: 'No suggestions', enabled: false });
  });
});
