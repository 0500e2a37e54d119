import type { JournalRecord } from '../journal/record.ts';
import { isFromFalseTime, timeSchema, type Time } from '../time.ts';

/**
 * The rules of `clock.corrected`, the one record at which time goes back (JOURNAL.md, A record): it says from which time to
 * which, and it does nothing else.
 */
export class ClockRules {
  /** `at` and `cont` of the record before. */
  #before: Pick<JournalRecord, 'at' | 'cont'> | null = null;

  /** Takes the next record; returns what it breaks, in words. */
  take(record: JournalRecord): string[] {
    const before = this.#before;
    this.#before = record;
    if (record.type !== 'clock.corrected') return [];
    const { from, to } = record.data;
    const problems: string[] = [];
    if (record.cont === true || before?.cont === true)
      problems.push('a correction of the clock is a command of its own');
    if (from !== before?.at) problems.push('it does not name the time of the record before it');
    if (!timeSchema.safeParse(to).success || !timeSchema.safeParse(from).success) return problems;
    if ((to as Time) > record.at || isFromFalseTime(record.at, to as Time))
      problems.push('time does not go on from where the correction says');
    if (!isFromFalseTime(from as Time, to as Time))
      problems.push('the clock was not behind, so nothing was to be corrected');
    return problems;
  }
}
