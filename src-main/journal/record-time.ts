import { refuse, RefusalError } from '#workflows/errors.ts';
import type { UnplacedRecord } from '#workflows/journal/record.ts';
import type { Time } from '#workflows/time.ts';

/** Signatures older than this are not taken (JOURNAL.md, Signatures and keys). */
const MAX_SIGNING_DELAY = 5 * 60_000;

/**
 * The time at which a command takes its place: never before the newest record, never before its signatures.
 * @param now the clock's time
 * @param last `at` of the newest record, durable or not; empty when there is none
 * @throws RefusalError `UNAVAILABLE` when the clock is so far behind that the signatures would be too old
 */
export const timeOfCommand = (records: readonly UnplacedRecord[], now: Time, last: string): Time => {
  if (records[0]?.type === 'clock.corrected') return now;
  let at = last > now ? last : now;
  let earliest = '';
  for (const { sig } of records) {
    if (!sig) continue;
    if (sig.at > at) at = sig.at;
    if (earliest === '' || sig.at < earliest) earliest = sig.at;
  }
  const behind = Date.parse(at) - Date.parse(earliest === '' ? now : earliest);
  if (behind > MAX_SIGNING_DELAY) {
    throw new RefusalError(refuse('UNAVAILABLE', 'clockBehind', { minutes: Math.round(behind / 60_000) }));
  }
  return at;
};
