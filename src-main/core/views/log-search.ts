import type { Desk } from '../desk.ts';
import type { LogFilter } from '#workflows/contract/journal.contract.ts';
import type { KnownRecord } from '#workflows/records.ts';
import type { RowKind } from '../../journal/log-rows.ts';
import { replyOf, rowFilterOf, type Finds, type LogSelection } from '../log-index.ts';
import { storyInWords } from '../words.ts';
import { handleOfReply, requireKnown } from './about.ts';
import { contentHashIn, storyValues } from './story.ts';

/** Rows that are looked through at once for what may be found. */
const AT_ONCE = 256;

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
const sentenceOf = (desk: Desk, record: KnownRecord): string =>
  fold([storyInWords(record.type, storyValues(desk, record)), record.type, contentHashIn(record)].join('\n'));

/** Handles by reply that a search keeps at hand; replies of the same time come together. */
const MOST_HANDLES = 1000;

/** Whether a record is what a text means: its number, the beginning of a fingerprint in it, or words that all stand there. */
const testFor = (desk: Desk, text: string): ((seq: number) => boolean) => {
  const wanted = fold(text.trim());
  const number = numberIn(wanted);
  const hash = hashIn(wanted);
  const words = wanted.split(/\s+/).map((word) => word.replace(/^@/, ''));
  const handles = new Map<string, string>();
  const handleIn = (record: KnownRecord): string => {
    const reply = replyOf(record);
    if (reply === null) return '';
    if (handles.size > MOST_HANDLES) handles.clear();
    const known = handles.get(reply) ?? fold(handleOfReply(desk, reply) ?? '');
    handles.set(reply, known);
    return known;
  };
  return (seq) => {
    if (seq === number) return true;
    let record: KnownRecord | null = null;
    const read = (): KnownRecord => (record ??= requireKnown(desk.journal.read(seq)));
    const sentence = desk.log.sentence(seq, () => sentenceOf(desk, read()));
    if (hash !== null && sentence.includes(`\n${hash}`)) return true;
    return words.every((word) => sentence.includes(word) || handleIn(read()).includes(word));
  };
};

const selectionOf = ({ found }: Finds): LogSelection => ({
  *kinds() {
    const counts = new Map<RowKind, number>();
    for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    yield* counts;
  },
  page: (isWanted, { offset, limit }) =>
    found
      .filter(({ kind }) => isWanted(kind))
      .slice(offset, offset + limit)
      .map(({ seq }) => seq),
});

/**
 * The records under a filter that its text finds. They are read newest first, with a turn for everybody else in between;
 * what came since the same search is all that is read when it is made again.
 * @throws as the signal says
 */
export const searchLog = async (desk: Desk, filter: LogFilter, signal?: AbortSignal): Promise<LogSelection> => {
  const { log } = desk;
  const rowFilter = rowFilterOf(filter);
  const isFound = testFor(desk, filter.text);
  const before = log.finds(rowFilter, filter.text) ?? { through: 0, found: [] };
  const { era } = log;
  const through = log.size;
  const turns = log.turns(signal);
  const found: { seq: number; kind: RowKind }[] = [];
  const kinds = new Map<number, RowKind>();
  for (let to = through; to > before.through;) {
    const from = Math.max(before.through, to - AT_ONCE);
    const rows: { seq: number; kind: number }[] = [];
    desk.journal.log.scan(from, to, rowFilter, (seq, kind) => rows.push({ seq, kind }));
    for (const { seq, kind } of rows.reverse()) {
      const turn = turns.take();
      if (turn) await turn;
      if (!isFound(seq)) continue;
      const known = kinds.get(kind) ?? desk.journal.log.kind(kind);
      kinds.set(kind, known);
      found.push({ seq, kind: known });
    }
    to = from;
  }
  const finds = { through, era, found: [...found, ...before.found] };
  log.keepFinds(rowFilter, filter.text, finds);
  return selectionOf(finds);
};
