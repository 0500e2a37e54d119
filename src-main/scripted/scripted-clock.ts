import { toTime, type Clock, type Time } from '#workflows/time.ts';

/** A clock that stands still until it is moved, for scripts that play what took hours. */
export class ScriptedClock implements Clock {
  readonly #start: number;
  #now: number;

  /** @param start milliseconds since 1970 */
  constructor(start: number) {
    this.#start = start;
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#start;
  }

  time(): Time {
    return toTime(this.#now);
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Moves to a time; never back. */
  moveTo(milliseconds: number): void {
    this.#now = Math.max(this.#now, milliseconds);
  }
}
