import type { Desk } from '../desk.ts';
import type { LogEntry } from '../log-index.ts';
import { storyInWords } from '../words.ts';
import { handleOfReply, requireKnown } from './about.ts';
import { contentHashIn, storyValues } from './story.ts';

/** After so many records other work of the desk gets its turn. */
const AT_ONCE = 500;

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('en');

/** `48,213` and `48213` name a record; `null` for what is no number. */
const numberIn = (text: string): number | null =>
  /^\d{1,3}(?:[,. ]?\d{3})*$|^\d+$/.test(text) ? Number(text.replaceAll(/\D/g, '')) : null;

/** Hexadecimal digits, with the gap in which fingerprints are shown, that a fingerprint may begin with. */
const hashIn = (text: string): string | null => {
  const digits = text.replaceAll(' ', '');
  return /^[0-9a-f]{6,64}$/.test(digits) ? digits : null;
};

/** What the log says of a record, without what only its reply's customer can be found by: that may be erased. */
const sentenceOf = (desk: Desk, { seq }: LogEntry): string =>
  desk.log.sentence(seq, () => {
    const record = requireKnown(desk.journal.read(seq));
    return fold([storyInWords(record.type, storyValues(desk, record)), record.type, contentHashIn(record)].join('\n'));
  });

/**
 * The entries that a text finds: by the record's number, by the beginning of a fingerprint, or by words that stand in
 * their sentence or in the customer's handle. Entries keep their order.
 */
export const searchLog = async (desk: Desk, entries: readonly LogEntry[], text: string): Promise<LogEntry[]> => {
  const wanted = fold(text.trim());
  const number = numberIn(wanted);
  const hash = hashIn(wanted);
  const words = wanted.split(/\s+/).map((word) => word.replace(/^@/, ''));
  const handles = new Map<string, string>();
  const handleOf = ({ reply }: LogEntry): string => {
    if (reply === null) return '';
    const known = handles.get(reply) ?? fold(handleOfReply(desk, reply) ?? '');
    handles.set(reply, known);
    return known;
  };
  const isFound = (entry: LogEntry): boolean => {
    if (entry.seq === number) return true;
    const sentence = sentenceOf(desk, entry);
    if (hash !== null && sentence.includes(`\n${hash}`)) return true;
    return words.every((word) => sentence.includes(word) || handleOf(entry).includes(word));
  };
  const found: LogEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    if (isFound(entry)) found.push(entry);
  }
  return found;
};
