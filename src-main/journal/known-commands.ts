import type { JournalRecord } from '#workflows/journal/record.ts';

/** So many ids of commands on their way are known at once. */
const MOST_UNUSED = 1_000;

/** A new command's id is asked for at every step of its way, and is found nowhere: that is looked up once. */
export class KnownCommands {
  readonly #find: (command: string) => JournalRecord | null;
  /** Ids that no durable record has, of commands that are on their way. */
  readonly #unused = new Set<string>();

  /** @param find a command's first record among the durable ones */
  constructor(find: (command: string) => JournalRecord | null) {
    this.#find = find;
  }

  firstOf(command: string): JournalRecord | null {
    if (this.#unused.size > MOST_UNUSED) this.#unused.clear();
    if (this.#unused.has(command)) return null;
    const first = this.#find(command);
    if (first === null) this.#unused.add(command);
    return first;
  }

  /** The command's records are durable now. */
  took(command: string): void {
    this.#unused.delete(command);
  }
}
