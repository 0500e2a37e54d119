import type { Condition } from '#workflows/policy/policy.ts';
import type { Words } from '../words/use-words.ts';

/** Names that a condition needs to be said in words. */
export interface Names {
  readonly channel: (id: string) => string;
  readonly language: (tag: string) => string;
}

/** Every member of a condition in words; none when it always holds. */
export const conditionInWords = (say: Words, when: Condition, names: Names): string[] => {
  const { channels, languages, deviationOver, words, customers } = when;
  return [
    ...(channels ? [say('policy.when.channels', { channels: channels.map(names.channel) })] : []),
    ...(languages ? [say('policy.when.languages', { languages: languages.map(names.language) })] : []),
    ...(deviationOver === undefined ? [] : [say('policy.when.deviation', { percent: deviationOver })]),
    ...(words ? [say('policy.when.words', { count: words.length })] : []),
    ...(customers ? [say('policy.when.customers', { count: customers.length })] : []),
  ];
};

/** So many minutes, in the largest unit that says them exactly enough. */
export const minutesInWords = (say: Words, minutes: number): string => {
  if (minutes < 60) return say('span.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (minutes % (24 * 60) === 0 && hours >= 48) return say('span.days', { count: hours / 24 });
  return say('span.hoursAndMinutes', { hours, minutes: minutes % 60 });
};
