import { createIntl } from '@formatjs/intl';
import type { Refusal } from '#workflows/errors.ts';
import { WORDS, type WordKey } from '#workflows/words/words.ts';

type Values = Readonly<Record<string, string | number | readonly string[]>>;

const LOCALE = 'en-GB';

const intl = createIntl({ locale: LOCALE, messages: WORDS });

/** A list in words; nobody has a word of its own, so that a sentence never ends in a gap. */
const listInWords = (names: readonly string[]): string =>
  names.length === 0 ? 'Nobody here' : intl.formatList(names, { type: 'conjunction' });

const toPlain = (values: Values): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? listInWords(value) : value]),
  );

export const isWordKey = (key: string): key is WordKey => Object.hasOwn(WORDS, key);

/** A sentence of the catalogue, for what is not a screen: command line, exports, messages of the interface. */
export const inWords = (key: WordKey, values: Values = {}): string =>
  intl.formatMessage({ id: key, defaultMessage: WORDS[key] }, toPlain(values));

/** What a refusal says. */
export const refusalInWords = ({ reason, values }: Pick<Refusal, 'reason' | 'values'>): string => {
  const key = `refusal.${reason}`;
  return isWordKey(key) ? inWords(key, values) : reason;
};

/** A record's sentence in the story; `values` are those of its story entry. */
export const storyInWords = (type: string, values: Readonly<Record<string, string | number>>): string => {
  const key = storyKey(type, values);
  const cause = values.cause;
  const causeKey = `cause.${String(cause)}`;
  return isWordKey(key)
    ? inWords(key, typeof cause === 'string' && isWordKey(causeKey) ? { ...values, cause: inWords(causeKey) } : values)
    : type;
};

/** Taking a reply, giving it to another and giving it back are one type of record, but three sentences. */
export const storyKey = (type: string, { who, person }: Readonly<Record<string, string | number>>): string => {
  if (type !== 'reply.claimed') return `story.${type}`;
  if (person === '') return 'story.reply.claimed.none';
  return person === who ? 'story.reply.claimed.self' : 'story.reply.claimed';
};

/** The day, by this machine's clock. */
export const dateInWords = (at: string): string =>
  new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long' }).format(new Date(at));

/** Date and time in a person's time zone. */
export const timeInWords = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(new Date(at));
