import type { Words } from './use-words.ts';

type Values = Readonly<Record<string, string | number>>;

/** Taking a reply, giving it to another and giving it back are one type of record, but three sentences. */
const keyOf = (type: string, { who, person }: Values): string => {
  if (type !== 'reply.claimed') return `story.${type}`;
  if (person === '') return 'story.reply.claimed.none';
  return person === who ? 'story.reply.claimed.self' : 'story.reply.claimed';
};

/** A record's sentence. */
export const storyInWords = (say: Words, { type, values }: { type: string; values: Values }): string => {
  const key = keyOf(type, values);
  if (!say.has(key)) return type;
  const cause = `cause.${String(values.cause)}`;
  return say(key, say.has(cause) ? { ...values, cause: say(cause) } : values);
};
