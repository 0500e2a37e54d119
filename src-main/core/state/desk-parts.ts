import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskRow } from './desk-rows.ts';
import { readSealed, writeSealed, type SealedFolder } from './sealed-file.ts';
import { packStrings, unpackStrings, type Packed } from './shared-strings.ts';

/** Most that is written into one file, in characters, unless a single row is longer. */
const MOST = 20 * 1024;

/** What is less is joined with a file that has room for it. */
const LITTLE = 8 * 1024;
const ROOM = 12 * 1024;

const NAME = /^part-\d+\.json$/;

/** A file of rows, as the head names it. Each is written once: what changes goes into a new one. */
export interface DeskPart {
  readonly id: number;
  readonly seal: string;
}

type StoredRows = readonly (readonly [string, unknown])[];

/** What lies in a file. */
interface Written {
  readonly part: DeskPart;
  readonly length: number;
  readonly keys: readonly string[];
}

/** What lies on the disk, by file and by row. */
interface Layout {
  readonly files: readonly Written[];
  /** What the rows were made of. */
  readonly made: ReadonlyMap<string, readonly unknown[]>;
}

const isSame = (one: readonly unknown[], other: readonly unknown[] | undefined): boolean =>
  one.length === other?.length && one.every((value, index) => value === other[index]);

const nameOf = (id: number): string => `part-${String(id)}`;

const lengthOf = ({ key, value }: DeskRow): number => key.length + JSON.stringify(value).length;

const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);

/** Spreads rows evenly over as few files as hold them. */
const spread = (rows: readonly DeskRow[]): { rows: DeskRow[]; length: number }[] => {
  const lengths = rows.map(lengthOf);
  const total = sum(lengths);
  const even = total / Math.ceil(total / MOST);
  const files: { rows: DeskRow[]; length: number }[] = [];
  for (const [index, row] of rows.entries()) {
    const length = lengths[index] ?? 0;
    const last = files.at(-1);
    if (last && last.length + length / 2 <= even && last.length + length <= MOST) {
      last.rows.push(row);
      last.length += length;
    } else {
      files.push({ rows: [row], length });
    }
  }
  return files;
};

/** The rows of the desk in files of some 16 kB, of which a save writes those alone that have something new. */
export class DeskParts {
  readonly #folder: string;
  readonly #sealed: SealedFolder;
  #layout: Layout = { files: [], made: new Map() };

  constructor(workspace: string, sealed: SealedFolder) {
    this.#folder = join(workspace, 'desk');
    this.#sealed = sealed;
  }

  #path(id: number): string {
    return join(this.#folder, `${nameOf(id)}.json`);
  }

  /** The rows of the files that a head names; `null` when one of them is not as it was written. */
  read(parts: readonly DeskPart[]): Pick<DeskRow, 'key' | 'value'>[] | null {
    const files: Written[] = [];
    const rows: Pick<DeskRow, 'key' | 'value'>[] = [];
    for (const part of parts) {
      const file = readSealed(this.#path(part.id), nameOf(part.id), this.#sealed);
      if (file?.seal !== part.seal) return null;
      const stored = unpackStrings(file.content as Packed) as StoredRows;
      const keys = stored.map(([key]) => key);
      files.push({ part, keys, length: JSON.stringify(stored).length });
      for (const [key, value] of stored) rows.push({ key, value });
    }
    this.#layout = { files, made: new Map() };
    return rows;
  }

  /** Precondition: the rows are those that `read` gave, as the tables that were filled with them have them. */
  takeAsRead(rows: Iterable<DeskRow>): void {
    const made = new Map<string, readonly unknown[]>();
    for (const row of rows) made.set(row.key, row.made);
    this.#layout = { files: this.#layout.files, made };
  }

  /**
   * Writes the rows that are new or changed, a file at a time; others have their turn where it yields. Nothing counts before
   * a head names the files, and `done` is called: until then those before are left as they are.
   */
  *write(rows: ReadonlyMap<string, DeskRow>): Generator<undefined, { parts: DeskPart[]; done: () => void }> {
    const { kept, loose } = this.#sort(rows);
    const files = [...kept];
    let id = Math.max(0, ...this.#layout.files.map(({ part }) => part.id));
    for (const file of spread(loose)) {
      id += 1;
      const stored: StoredRows = file.rows.map(({ key, value }) => [key, value]);
      const seal = writeSealed(this.#path(id), packStrings(stored), { ...this.#sealed, name: nameOf(id) });
      files.push({ part: { id, seal }, length: file.length, keys: file.rows.map(({ key }) => key) });
      yield;
    }
    const old = this.#layout.files.filter((file) => !kept.includes(file));
    return {
      parts: files.map(({ part }) => part),
      done: () => {
        this.#layout = { files, made: new Map([...rows].map(([key, { made }]) => [key, made])) };
        for (const { part } of old) this.#sealed.storage.remove(this.#path(part.id));
      },
    };
  }

  /** The files that stay as they are, and the rows that are to be written. */
  #sort(rows: ReadonlyMap<string, DeskRow>): { kept: Written[]; loose: DeskRow[] } {
    const { files, made } = this.#layout;
    const isAsItWas = ({ keys }: Written): boolean =>
      keys.every((key) => {
        const row = rows.get(key);
        return row !== undefined && isSame(row.made, made.get(key));
      });
    const kept = files.filter(isAsItWas);
    const isKept = new Set(kept.flatMap(({ keys }) => keys));
    const loose = [...rows.values()].filter(({ key }) => !isKept.has(key));
    const roomy = kept.reduce<Written | null>(
      (least, file) => (least && least.length <= file.length ? least : file),
      null,
    );
    const isLittle = loose.length > 0 && sum(loose.map(lengthOf)) < LITTLE;
    if (!roomy || !isLittle || roomy.length >= ROOM) return { kept, loose };
    const joined = roomy.keys.flatMap((key) => rows.get(key) ?? []);
    return { kept: kept.filter((file) => file !== roomy), loose: [...joined, ...loose] };
  }

  /** Takes away files that a crash left, and those of a head that does not count. */
  sweep(): void {
    const named = new Set(this.#layout.files.map(({ part }) => `${nameOf(part.id)}.json`));
    for (const name of readdirSync(this.#folder)) {
      if (NAME.test(name) && !named.has(name)) this.#sealed.storage.remove(join(this.#folder, name));
    }
  }
}
