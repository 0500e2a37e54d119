import type { ExportScope } from '#workflows/journal/export-manifest.ts';
import type { Words } from '../words/use-words.ts';
import type { LogSearch } from './log-address.ts';
import type { ExportOption } from './export-choice.tsx';
import { periodInWords } from './period-filter.tsx';

/** What of the log can be exported as it is shown: the narrowest first. */
export const scopesOf = (search: LogSearch, reply: string | null): ExportScope[] => [
  ...(reply === null ? [] : [{ of: 'reply', reply } as ExportScope]),
  ...(search.from === undefined && search.to === undefined
    ? []
    : [{ of: 'period', from: search.from ?? null, to: search.to ?? null } as ExportScope]),
  { of: 'journal' },
];

export const scopeOption = (say: Words, { of }: ExportScope, search: LogSearch): ExportOption<ExportScope['of']> => ({
  value: of,
  label:
    of === 'period' ? say('export.scope.period', { period: periodInWords(say, search) }) : say(`export.scope.${of}`),
  hint: say(`export.scope.${of}.hint`),
});

/** The suggested new folder in a place that was chosen. */
export const folderIn = (place: string, suggested: string): string => {
  const name = suggested.split(/[\\/]/).at(-1) ?? '';
  const separator = place.includes('\\') ? '\\' : '/';
  return place.endsWith(separator) ? `${place}${name}` : `${place}${separator}${name}`;
};
