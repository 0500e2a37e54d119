import { LOG_VIEWS, type LogFilter, type LogView } from '#workflows/contract/journal.contract.ts';
import { ROLES, type Role } from '#workflows/people/roles.ts';

/** What the log's address carries, so that a view can be shared: absent members narrow nothing. */
export interface LogSearch {
  readonly view?: LogView;
  readonly from?: string;
  readonly to?: string;
  readonly person?: string;
  readonly role?: Role;
  readonly channel?: string;
  readonly type?: string;
  readonly reply?: string;
  readonly text?: string;
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const ULID = '[0-7][0-9A-HJKMNP-TV-Z]{25}';

const matching = (value: unknown, pattern: RegExp): string | null => {
  // A text of digits alone arrives as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && pattern.test(text) ? text : null;
};

/** Reads an address; what makes no sense in it is left out. */
export const readLogSearch = (raw: Record<string, unknown>): LogSearch => {
  const from = matching(raw.from, TIME);
  const to = matching(raw.to, TIME);
  const person = matching(raw.person, new RegExp(`^person/${ULID}$`));
  const channel = matching(raw.channel, new RegExp(`^channel/${ULID}$`));
  const reply = matching(raw.reply, new RegExp(`^reply/${ULID}$`));
  const type = matching(raw.type, /^[A-Za-z]+\.[A-Za-z]+(?:\/[1-9]\d*)?$/);
  const text = matching(raw.text, /^.{1,200}$/u);
  const view = LOG_VIEWS.find((name) => name === raw.view);
  const role = ROLES.find((name) => name === raw.role);
  return {
    ...(view ? { view } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(person === null ? {} : { person }),
    ...(role ? { role } : {}),
    ...(channel === null ? {} : { channel }),
    ...(type === null ? {} : { type }),
    ...(reply === null ? {} : { reply }),
    ...(text === null ? {} : { text }),
  };
};

/** The view that an address without one shows: decisions, or everything of a single reply. */
export const viewOf = ({ view, reply }: LogSearch): LogView => view ?? (reply ? 'everything' : 'decisions');

/** What the core is asked. Precondition: the address was read by {@link readLogSearch}. */
export const filterOf = (search: LogSearch): LogFilter => ({
  view: viewOf(search),
  from: search.from ?? null,
  to: search.to ?? null,
  person: (search.person ?? null) as LogFilter['person'],
  role: search.role ?? null,
  channel: (search.channel ?? null) as LogFilter['channel'],
  type: search.type ?? null,
  reply: (search.reply ?? null) as LogFilter['reply'],
  text: search.text ?? '',
});

/** Whether anything but the view is narrowed. */
export const isNarrowed = ({ view: _view, ...rest }: LogSearch): boolean => Object.keys(rest).length > 0;
