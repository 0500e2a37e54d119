import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { ReplyBundle } from './archive.ts';
import type { ArchivePart } from './lookup-database.ts';
import { readSealed, writeSealed, type SealedFolder } from './sealed-file.ts';
import { packStrings, unpackStrings, type Packed } from './shared-strings.ts';

/** A file of the archive is begun anew when it has come to so many characters. */
const FULL = 48 * 1024;

/** So many files are kept in memory after they were read. */
const MOST_KEPT = 8;

interface PartContent {
  /** Records that the journal had when it was written, and the root over them. */
  readonly through: number;
  readonly root: string;
  readonly replies: Packed;
}

interface KnownPart {
  readonly seal: string;
  readonly bundles: ReadonlyMap<ReplyId, ReplyBundle>;
}

const byId = (bundles: readonly ReplyBundle[]): Map<ReplyId, ReplyBundle> =>
  new Map(bundles.map((bundle) => [bundle.reply.id, bundle]));

/** `archive/2026-11.json`, `2026-11.2.json`, …: closed replies by the month in which they changed last, each file sealed. */
export class ArchiveParts {
  readonly #folder: string;
  readonly #sealed: SealedFolder;
  /** The most lately used last. */
  readonly #kept = new Map<string, KnownPart>();

  constructor(workspace: string, sealed: SealedFolder) {
    this.#folder = join(workspace, 'archive');
    this.#sealed = sealed;
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`);
  }

  /** What a file holds; `null` when it is not the one that was written last. */
  read({ name, seal }: ArchivePart): ReadonlyMap<ReplyId, ReplyBundle> | null {
    const kept = this.#kept.get(name);
    if (kept?.seal === seal) {
      this.#keep(name, kept);
      return kept.bundles;
    }
    const read = this.#readFile(name);
    if (read?.seal !== seal) return null;
    const bundles = byId(read.bundles);
    this.#keep(name, { seal, bundles });
    return bundles;
  }

  #readFile(name: string): { bundles: ReplyBundle[]; seal: string } | null {
    try {
      const read = readSealed(this.#path(name), `archive/${name}`, this.#sealed);
      return (
        read && { bundles: unpackStrings((read.content as PartContent).replies) as ReplyBundle[], seal: read.seal }
      );
    } catch {
      // A file that cannot be read is as good as none: what it holds is in the journal.
      return null;
    }
  }

  #keep(name: string, part: KnownPart): void {
    this.#kept.delete(name);
    this.#kept.set(name, part);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  /**
   * Writes more replies of a month, first into its last file as long as that is not full. A file at a time: others have their
   * turn where it yields.
   * @param last the month's last file
   * @param isStillIn whether a reply is found in that file still, or was put away elsewhere since
   * @returns what was written where
   */
  *add(
    month: string,
    bundles: readonly ReplyBundle[],
    {
      last,
      isStillIn,
      through,
      root,
    }: Pick<PartContent, 'through' | 'root'> & {
      readonly last: ArchivePart | undefined;
      readonly isStillIn: (id: ReplyId) => boolean;
    },
  ): Generator<undefined, { part: ArchivePart; bundles: ReplyBundle[] }[]> {
    const known = last && last.length < FULL ? this.read(last) : null;
    let number = known && last ? last.number : (last?.number ?? 0) + 1;
    const added = new Set(bundles.map(({ reply }) => reply.id));
    const kept = [...(known?.values() ?? [])].filter(({ reply: { id } }) => isStillIn(id) && !added.has(id));
    let length = kept.reduce((sum, bundle) => sum + lengthOf(bundle), 0);
    let fresh: ReplyBundle[] = [];
    let old: readonly ReplyBundle[] = kept;
    const written: { part: ArchivePart; bundles: ReplyBundle[] }[] = [];
    const write = (): void => {
      const name = number === 1 ? month : `${month}.${String(number)}`;
      const replies = [...old, ...fresh];
      const content: PartContent = { through, root, replies: packStrings(replies) };
      const seal = writeSealed(this.#path(name), content, { ...this.#sealed, name: `archive/${name}` });
      this.#keep(name, { seal, bundles: byId(replies) });
      written.push({ part: { name, month, number, seal, length }, bundles: fresh });
      [number, length, fresh, old] = [number + 1, 0, [], []];
    };
    for (const bundle of bundles) {
      if (length >= FULL) {
        write();
        yield;
      }
      fresh.push(bundle);
      length += lengthOf(bundle);
    }
    if (fresh.length > 0) write();
    return written;
  }

  /** Takes away every file, where nothing finds what is in them any more. */
  clear(): void {
    this.#kept.clear();
    for (const name of readdirSync(this.#folder)) {
      if (/^\d{4}-\d{2}(\.\d+)?\.json$/.test(name)) this.#sealed.storage.remove(join(this.#folder, name));
    }
  }
}

const lengths = new WeakMap<ReplyBundle, number>();

/** In characters of JSON. */
const lengthOf = (bundle: ReplyBundle): number => {
  const known = lengths.get(bundle);
  if (known !== undefined) return known;
  const { length } = JSON.stringify(bundle);
  lengths.set(bundle, length);
  return length;
};
