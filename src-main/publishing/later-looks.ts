import { toTime, type Time } from '#workflows/time.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { MemoryTables } from '../core/state/memory-tables.ts';
import type { ReplyEntry } from '../core/state/tables.ts';
import { waitAfter } from './publication-log.ts';

/** Waits between looks on the channel, in milliseconds; the last one repeats. */
const LOOK_AGAIN = [2_000, 10_000, 30_000, 120_000, 600_000];

interface LaterLook {
  readonly at: string;
  readonly count: number;
  readonly next: number;
  readonly needsPerson: boolean;
}

/**
 * How far sending a reply has come: its newest release and the records of its publication. What came to nothing there
 * says nothing of what follows on the next record, such as a person's word or another release.
 */
export const placeInSending = (tables: MemoryTables, { releasedSeq, state }: ReplyEntry): string => {
  const { publication: id } = state.context;
  const { version = 0 } = (id ? tables.publications.get(id) : undefined) ?? {};
  return `${String(releasedSeq)} ${String(id)} ${String(version)}`;
};

/** What came to nothing just now, and when it is tried again. Kept in memory: after a start everything is tried at once. */
export class LaterLooks {
  readonly #tables: MemoryTables;
  readonly #looks = new Map<ReplyId, LaterLook>();

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  /** @param needsPerson only a person can tell; the desk looks on all the same */
  put(id: ReplyId, now: number, needsPerson = false): void {
    const reply = this.#tables.replies.get(id);
    if (!reply) return;
    const count = (this.#current(id)?.count ?? 0) + 1;
    const at = placeInSending(this.#tables, reply);
    this.#looks.set(id, { at, count, next: now + waitAfter(LOOK_AGAIN, count), needsPerson });
  }

  forget(id: ReplyId): void {
    this.#looks.delete(id);
  }

  /** Everything is tried again at once, as after a start. */
  forgetAll(): void {
    this.#looks.clear();
  }

  notBefore(id: ReplyId): Time {
    return toTime(this.#current(id)?.next ?? 0);
  }

  /** When it is tried again; `null` when nothing came to nothing. */
  get(id: ReplyId): { at: Time; needsPerson: boolean } | null {
    const look = this.#current(id);
    return look ? { at: toTime(look.next), needsPerson: look.needsPerson } : null;
  }

  #current(id: ReplyId): LaterLook | null {
    const look = this.#looks.get(id);
    const reply = this.#tables.replies.get(id);
    return look && reply && look.at === placeInSending(this.#tables, reply) ? look : null;
  }
}
