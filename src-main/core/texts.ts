import type { z } from 'zod';
import type { MentionId } from '#workflows/identifiers.ts';
import { sealedCaptureSchema, type SealedCapture } from '#workflows/mention/mention.records.ts';
import { sealedRevisionSchema, sealedTextSchema, type SealedRevision } from '#workflows/reply/reply.records.ts';
import type { Journal } from '../journal/journal.ts';
import type { Seals } from '../keys/seals.ts';
import type { Tables } from './state/tables.ts';

/** Opened records that are kept in memory; the oldest leave first. */
const MOST_KEPT = 4_000;

interface TextsOptions {
  readonly journal: Journal;
  readonly seals: Seals;
  readonly tables: Pick<Tables, 'mentions'>;
  readonly kept?: Map<number, unknown>;
}

/** The words behind the tables: opened from the journal when they are shown. `null` when their key was destroyed. */
export class Texts {
  readonly #journal: Journal;
  readonly #seals: Seals;
  readonly #tables: Pick<Tables, 'mentions'>;
  /** By the place of the record, which is the same whatever tables point to it. */
  readonly #kept: Map<number, unknown>;

  constructor({ journal, seals, tables, kept = new Map<number, unknown>() }: TextsOptions) {
    this.#journal = journal;
    this.#seals = seals;
    this.#tables = tables;
    this.#kept = kept;
  }

  /** The same words, found through other tables; what the one forgets, the other has forgotten. */
  over(tables: Pick<Tables, 'mentions'>): Texts {
    return new Texts({ journal: this.#journal, seals: this.#seals, tables, kept: this.#kept });
  }

  /** What the customer had posted. */
  capture(mention: MentionId): SealedCapture | null {
    const entry = this.#tables.mentions.get(mention);
    return entry ? this.#open(entry.seq, sealedCaptureSchema) : null;
  }

  /** The content and document of a `reply.revised`. */
  revision(seq: number): SealedRevision | null {
    return this.#open(seq, sealedRevisionSchema);
  }

  /** Free text that a person gave with a record; `null` when they gave none. */
  note(seq: number): string | null {
    return this.#open(seq, sealedTextSchema)?.text ?? null;
  }

  /** Forgets everything, after a key was destroyed. */
  forget(): void {
    this.#kept.clear();
  }

  #open<Value>(seq: number, schema: z.ZodType<Value>): Value | null {
    if (this.#kept.has(seq)) return this.#kept.get(seq) as Value | null;
    const value = this.#seals.open(this.#journal.read(seq), schema);
    if (this.#kept.size >= MOST_KEPT) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    this.#kept.set(seq, value);
    return value;
  }
}
