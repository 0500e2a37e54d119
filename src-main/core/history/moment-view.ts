import type { MomentView } from '#workflows/contract/history.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { readKnownRecord } from '#workflows/records.ts';
import type { Time } from '#workflows/time.ts';
import type { Desk } from '../desk.ts';
import { replyOf } from '../log-index.ts';
import { aboutOf } from '../views/about.ts';
import { actorView } from '../views/references.ts';
import { storyValues } from '../views/story.ts';
import type { Moment } from './history-views.ts';

type Read = (seq: number) => { readonly at: Time };

/** The newest record at or before a time among those from `first` up to `end`, whose times never go back; `null` if none. */
const newestBetween = (read: Read, time: Time, first: number, end: number): number | null => {
  let [low, high] = [first, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (read(middle).at <= time) low = middle + 1;
    else high = middle;
  }
  return low === first ? null : low - 1;
};

/**
 * The newest record at or before a time, found by halves; `null` before the first one.
 * @param corrections places of `clock.corrected`, in order: the only records that may be earlier than the one before them
 */
export const newestRecordAt = (
  { size, read }: { readonly size: number; readonly read: Read },
  time: Time,
  corrections: readonly number[],
): number | null => {
  const starts = [0, ...corrections];
  for (let index = starts.length - 1; index >= 0; index -= 1) {
    const found = newestBetween(read, time, starts[index] ?? 0, starts[index + 1] ?? size);
    if (found !== null) return found;
  }
  return null;
};

const placeAt = ({ journal }: Desk, time: Time): number => {
  const corrections = journal.placesOf('clock').filter((seq) => journal.read(seq).type === 'clock.corrected');
  const found = newestRecordAt({ size: journal.size, read: (seq) => journal.read(seq) }, time, corrections);
  if (found === null) throw new RefusalError(refuse('NOT_FOUND', 'noRecordThen'));
  return found;
};

/**
 * A record's place, time and sentence: what is shown at once, before the desk of then is there.
 * @throws RefusalError `NOT_FOUND` beyond the newest record
 */
export const momentView = (desk: Desk, { asOf }: Moment): MomentView => {
  if (asOf >= desk.journal.size) throw new RefusalError(refuse('NOT_FOUND', 'recordNotFound'));
  const record = desk.journal.read(asOf);
  const reading = readKnownRecord(record);
  if (!reading.ok) return { asOf, at: record.at, record: null };
  const { record: known } = reading;
  return {
    asOf,
    at: record.at,
    record: {
      type: known.type,
      actor: actorView(desk, known.actor),
      values: storyValues(desk, known),
      on: aboutOf(desk, known),
      reply: replyOf(known),
    },
  };
};

/** The same of the newest record at or before a time. @throws RefusalError `NOT_FOUND` before the first */
export const momentViewAt = (desk: Desk, { at }: { readonly at: Time }): MomentView =>
  momentView(desk, { asOf: placeAt(desk, at) });
