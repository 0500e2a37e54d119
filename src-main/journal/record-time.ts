import { refuse, RefusalError } from '#workflows/errors.ts';
import type { UnplacedRecord } from '#workflows/journal/record.ts';
import { TOLERANCE_MINUTES, type Time } from '#workflows/time.ts';
import { VersionConflictError } from './journal.ts';

/** Signatures older than this are not taken (JOURNAL.md, Signatures and keys). */
const MAX_SIGNING_DELAY = TOLERANCE_MINUTES * 60_000;

/**
 * The time at which a command takes its place: never before its signatures, and never before the newest record, unless it is
 * an admin's correction of the clock.
 * @param now the clock's time
 * @param last `at` of the newest record, durable or not; empty when there is none
 * @throws RefusalError `UNAVAILABLE` when the clock is so far behind that the signatures would be too old
 * @throws VersionConflictError when a correction names another record's time than the newest one's
 */
export const timeOfCommand = (records: readonly UnplacedRecord[], now: Time, last: string): Time => {
  const [first, ...others] = records;
  const isCorrection = first?.type === 'clock.corrected' && others.length === 0;
  if (isCorrection && first.data.from !== last) throw new VersionConflictError(first.subject);
  let at = last > now && !isCorrection ? last : now;
  let earliest = '';
  for (const { sig } of records) {
    if (!sig) continue;
    if (sig.at > at) at = sig.at;
    if (earliest === '' || sig.at < earliest) earliest = sig.at;
  }
  const behind = Date.parse(at) - Date.parse(earliest === '' ? now : earliest);
  if (behind > MAX_SIGNING_DELAY) {
    throw new RefusalError(refuse('UNAVAILABLE', 'clockBehind', { newest: at, now }));
  }
  return at;
};
