import type { ReplyId } from '#workflows/identifiers.ts';
import { toTime, type Time } from '#workflows/time.ts';
import { waitAfter } from './publication-log.ts';

/** Waits between looks on the channel, in milliseconds; the last one repeats. */
const LOOK_AGAIN = [2_000, 10_000, 30_000, 120_000, 600_000];

interface LaterLook {
  readonly count: number;
  readonly next: number;
  readonly needsPerson: boolean;
}

/** What came to nothing just now, and when it is tried again. Kept in memory: after a start everything is tried at once. */
export class LaterLooks {
  readonly #looks = new Map<ReplyId, LaterLook>();

  /** @param needsPerson only a person can tell; the desk looks on all the same */
  put(reply: ReplyId, now: number, needsPerson = false): void {
    const count = (this.#looks.get(reply)?.count ?? 0) + 1;
    this.#looks.set(reply, { count, next: now + waitAfter(LOOK_AGAIN, count), needsPerson });
  }

  forget(reply: ReplyId): void {
    this.#looks.delete(reply);
  }

  notBefore(reply: ReplyId): Time {
    return toTime(this.#looks.get(reply)?.next ?? 0);
  }

  get(reply: ReplyId): { at: Time; needsPerson: boolean } | null {
    const look = this.#looks.get(reply);
    return look ? { at: toTime(look.next), needsPerson: look.needsPerson } : null;
  }
}
