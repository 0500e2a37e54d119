import { toTime, type Clock, type Time } from '#workflows/time.ts';

/** When the tests' desk is made: a Monday morning. */
export const MORNING = Date.parse('2026-03-02T09:00:00.000Z');

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A clock that moves only when a test moves it; its wall can leap while its steady hand does not. */
export class TestClock implements Clock {
  #wall: number;
  #steady = 0;

  /** @param start milliseconds since 1970 */
  constructor(start = MORNING) {
    this.#wall = start;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#steady;
  }

  time(): Time {
    return toTime(this.#wall);
  }

  /** Time passes. */
  advance(milliseconds: number): void {
    this.#wall += milliseconds;
    this.#steady += milliseconds;
  }

  /** Somebody sets the wall clock, forwards or back. */
  leap(milliseconds: number): void {
    this.#wall += milliseconds;
  }
}
