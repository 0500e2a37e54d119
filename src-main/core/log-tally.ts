import type { JournalLog } from '../journal/journal.ts';
import type { RowFilter, RowKind } from '../journal/log-rows.ts';
import type { LogSelection } from './log-index.ts';

/** Rows that are counted together, so that a page is found without going through all before it. */
const GROUP = 4096;

/** How many records there are of each kind under a filter, kept up while records are added. */
export class LogTally implements LogSelection {
  readonly #log: JournalLog;
  readonly #filter: RowFilter;
  /** By number of the kind, for each so many records. */
  readonly #groups: Map<number, number>[] = [];
  #through = 0;

  constructor(log: JournalLog, filter: RowFilter) {
    this.#log = log;
    this.#filter = filter;
  }

  /** Records that are counted. */
  get through(): number {
    return this.#through;
  }

  /** Counts some more, up to `size` records in all. */
  goOn(size: number): void {
    const number = Math.floor(this.#through / GROUP);
    const to = Math.min(size, (number + 1) * GROUP);
    const group = (this.#groups[number] ??= new Map<number, number>());
    this.#log.scan(this.#through, to, this.#filter, (_seq, kind) => {
      group.set(kind, (group.get(kind) ?? 0) + 1);
    });
    this.#through = to;
  }

  *kinds(): Iterable<readonly [RowKind, number]> {
    const all = new Map<number, number>();
    for (const group of this.#groups) {
      for (const [kind, count] of group) all.set(kind, (all.get(kind) ?? 0) + count);
    }
    for (const [kind, count] of all) yield [this.#log.kind(kind), count];
  }

  page(isWanted: (kind: RowKind) => boolean, { offset, limit }: { offset: number; limit: number }): number[] {
    const wanted = new Map<number, boolean>();
    const isOne = (kind: number): boolean => {
      const known = wanted.get(kind) ?? isWanted(this.#log.kind(kind));
      wanted.set(kind, known);
      return known;
    };
    const found: number[] = [];
    let before = offset;
    for (let number = this.#groups.length - 1; number >= 0 && found.length < limit; number -= 1) {
      let count = 0;
      for (const [kind, each] of this.#groups[number] ?? []) if (isOne(kind)) count += each;
      if (count > before) {
        const places = this.#placesIn(number, isOne).reverse();
        found.push(...places.slice(before, before + limit - found.length));
      }
      before = Math.max(0, before - count);
    }
    return found;
  }

  /** All of them, oldest first. */
  *places(): Iterable<number> {
    for (const number of this.#groups.keys()) yield* this.#placesIn(number, () => true);
  }

  #placesIn(group: number, isOne: (kind: number) => boolean): number[] {
    const places: number[] = [];
    const to = Math.min(this.#through, (group + 1) * GROUP);
    this.#log.scan(group * GROUP, to, this.#filter, (seq, kind) => {
      if (isOne(kind)) places.push(seq);
    });
    return places;
  }
}
