import { z } from 'zod';

/** RFC 3339 in UTC with milliseconds, `2026-11-22T15:12:36.123Z`; sorts as text. */
export type Time = string;

const TIME_PATTERN = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether the text is a real instant in exactly the journal's spelling (30 February is not). */
export const isTime = (text: unknown): text is Time => {
  if (typeof text !== 'string' || !TIME_PATTERN.test(text)) return false;
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && toTime(instant) === text;
};

export const timeSchema = z.string().refine(isTime, 'not an RFC 3339 time in UTC with milliseconds');

/** The instant that was last asked for: one command asks for the same one again and again. */
let spelt = { milliseconds: 0, time: '1970-01-01T00:00:00.000Z' };

/** Milliseconds since 1970 to the journal's spelling. @throws RangeError when there is no such instant */
export const toTime = (milliseconds: number): Time => {
  if (spelt.milliseconds !== milliseconds) spelt = { milliseconds, time: new Date(milliseconds).toISOString() };
  return spelt.time;
};

/** The journal's spelling to milliseconds since 1970. */
export const toMilliseconds = (time: Time): number => Date.parse(time);

export const addMinutes = (time: Time, minutes: number): Time => toTime(toMilliseconds(time) + minutes * 60_000);

export const addHours = (time: Time, hours: number): Time => addMinutes(time, hours * 60);

/** Signed difference `later - earlier` in minutes, not rounded. */
export const minutesBetween = (earlier: Time, later: Time): number =>
  (toMilliseconds(later) - toMilliseconds(earlier)) / 60_000;

/**
 * How far the clocks of two moments may lie apart without either being false, in minutes: as long as a signature may wait for
 * its place (JOURNAL.md, Signatures and keys).
 */
export const TOLERANCE_MINUTES = 5;

/** Whether a time lies further ahead than signing allows: it was told by a clock that has been corrected since. */
export const isFromFalseTime = (time: Time, now: Time): boolean => time > addMinutes(now, TOLERANCE_MINUTES);

/** Where the core asks what time it is. The pure part of the program never does. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC. */
  now(): number;
  /** A clock that never jumps, milliseconds from an arbitrary start. */
  monotonic(): number;
}
