import { isTime } from '#workflows/time.ts';
import type { DeskSearch } from '../app/addresses.ts';

/** What is shown of a reply of the past. */
export const PAST_VIEWS = ['story', 'work', 'versions'] as const;
export type PastView = (typeof PAST_VIEWS)[number];

/** What the address of the desk of the past may carry beside its path. */
export interface PastSearch extends Omit<DeskSearch, 'view'> {
  readonly view?: PastView;
  /** Which version of the text, or of the policy, is shown; the newest of then without it. */
  readonly version?: number;
  /** With which other version it is compared. */
  readonly base?: number;
}

const version = (value: unknown): number | undefined =>
  Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;

/** Reads an address; what makes no sense in it is left out. */
export const readPastSearch = (raw: Record<string, unknown>): PastSearch => {
  const view = PAST_VIEWS.find((name) => name === raw.view);
  const [shown, base] = [version(raw.version), version(raw.base)];
  // A search of digits alone arrives as a number.
  const search = typeof raw.search === 'number' ? String(raw.search) : raw.search;
  return {
    ...(typeof search === 'string' && search !== '' ? { search } : {}),
    ...(raw.sort === 'newest' || raw.sort === 'due' ? { sort: raw.sort } : {}),
    ...(view ? { view } : {}),
    ...(shown === undefined ? {} : { version: shown }),
    ...(base === undefined ? {} : { base }),
  };
};

/** What stands in an address for the record: its number, or a time, for the newest record at or before it. */
export type PastMoment =
  { readonly kind: 'record'; readonly asOf: number } | { readonly kind: 'time'; readonly at: string };

/** @returns `null` for what is neither a record's number nor a time in the journal's spelling */
export const readPastMoment = (raw: string | undefined): PastMoment | null => {
  if (raw === undefined) return null;
  if (/^\d{1,15}$/.test(raw)) return { kind: 'record', asOf: Number(raw) };
  return isTime(raw) ? { kind: 'time', at: raw } : null;
};
