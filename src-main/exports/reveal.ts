import { z } from 'zod';
import type { CustomerId } from '#workflows/identifiers.ts';
import { sealedHashOf } from '#workflows/content/sealed-hashes.ts';
import { toBase64, toHex, utf8 } from '#workflows/journal/bytes.ts';
import { canonicalBytes } from '#workflows/journal/canonical.ts';
import type { Revealed } from '#workflows/journal/export-manifest.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { sealedCaptureSchema } from '#workflows/mention/mention.records.ts';
import type { Desk } from '../core/desk.ts';
import { isErased } from '../core/state/evolve-erasure.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import type { ExportFolder } from './export-folder.ts';

const opened = z.record(z.string(), z.unknown());

/** Twenty digits, as segments are named. */
export const placeName = (seq: number): string => String(seq).padStart(20, '0');

/** Opens to the reader of an export what its exporter chose; a customer who was erased stays unreadable. */
export class Revelation {
  readonly #desk: Desk;
  readonly #target: ExportFolder;
  readonly #revealed: Revealed;
  readonly #done = new Set<string>();
  readonly #customers = new Set<CustomerId>();

  constructor(desk: Desk, target: ExportFolder, revealed: Revealed) {
    this.#desk = desk;
    this.#target = target;
    this.#revealed = revealed;
  }

  /** Of whom something was opened. */
  get customers(): readonly CustomerId[] {
    return [...this.#customers];
  }

  /** Writes what is revealed of a record's sealed part. */
  async take(record: JournalRecord): Promise<void> {
    if (this.#revealed === 'keys') await this.#keysOf(record);
    if (this.#revealed === 'content') await this.#contentOf(record);
  }

  /** The keys of customers. The workspace's own opens everything confidential that is no customer's: it stays here. */
  async #keysOf(record: JournalRecord): Promise<void> {
    for (const { kid } of record.sealed ?? []) {
      const owner = this.#desk.tables.keyOwners.get(kid);
      const isHere = owner && !isErased(this.#desk.tables.erasures.get(owner));
      const key = !isHere ? null : this.#desk.keys.customerKey(owner);
      if (!owner || key?.kid !== kid || this.#isDone(kid)) continue;
      this.#customers.add(owner);
      await this.#target.file(`revealed/keys/${kid}.key`, [utf8(`${toBase64(key.key)}\n`)]);
    }
  }

  /** What the signed part binds by a hash: whoever has the file sees that it is what was signed. */
  async #contentOf(record: JournalRecord): Promise<void> {
    const bound = sealedHashOf(record.type);
    const value = bound ? this.#desk.seals.open(record, opened) : null;
    if (!bound || value?.[bound.member] === undefined) return;
    const bytes = canonicalBytes(value[bound.member]);
    if (toHex(nodeCrypto.sha256(bytes)) !== record.data[bound.hash]) return;
    for (const { kid } of record.sealed ?? []) {
      const owner = this.#desk.tables.keyOwners.get(kid);
      if (owner) this.#customers.add(owner);
    }
    await this.#target.file(`revealed/${placeName(record.seq)}-${bound.hash}.json`, [bytes]);
    if (record.type === 'mention.captured') await this.#picturesOf(record);
  }

  async #picturesOf(record: JournalRecord): Promise<void> {
    const sealed = this.#desk.seals.open(record, sealedCaptureSchema);
    for (const { hash, evidence } of sealed?.pictures ?? []) {
      const bytes = this.#desk.seals.readFile(evidence, record.data.customer as CustomerId);
      if (bytes && !this.#isDone(hash)) await this.#target.file(`revealed/pictures/${hash}`, [bytes]);
    }
  }

  #isDone(name: string): boolean {
    const was = this.#done.has(name);
    this.#done.add(name);
    return was;
  }
}
