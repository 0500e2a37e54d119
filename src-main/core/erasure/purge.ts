import { sealedCaptureSchema } from '#workflows/mention/mention.records.ts';
import type { ChannelId, CustomerId } from '#workflows/identifiers.ts';
import type { ChannelRegistry } from '../../channels/channel-registry.ts';
import type { DraftStore } from '../../drafts/draft-store.ts';
import type { Journal } from '../../journal/journal.ts';
import type { EvidenceStore } from '../../keys/evidence-store.ts';
import type { KeyStore } from '../../keys/key-store.ts';
import { Seals } from '../../keys/seals.ts';
import { isErased } from '../state/evolve-erasure.ts';
import type { MemoryTables } from '../state/memory-tables.ts';
import { heldDataOf } from './held-data.ts';

export interface PurgeContext {
  readonly journal: Journal;
  readonly tables: MemoryTables;
  readonly keys: KeyStore;
  readonly evidence: EvidenceStore;
  readonly drafts: DraftStore;
  readonly channels: ChannelRegistry;
  /** Drops everything that is kept in memory and may hold the customer's words. */
  readonly forget: () => void;
}

/**
 * Does to the files what `subject.erased` says was done. The record comes first; the customer's key is destroyed last, so that
 * as long as it is there something may be left to do. Every step may be done again.
 */
export class Purge {
  readonly #context: PurgeContext;
  /** Opens what is erased already, to find what else there is of it. */
  readonly #seals: Seals;

  constructor(context: PurgeContext) {
    this.#context = context;
    const { keys, evidence, tables } = context;
    const ownerOf = (kid: string): CustomerId | undefined => tables.keyOwners.get(kid);
    this.#seals = new Seals(keys, evidence, { ownerOf, isErased: () => false });
  }

  isComplete(customer: CustomerId): boolean {
    return !this.#context.keys.hasCustomer(customer);
  }

  /** Customers who were erased, and whose key is still there: a crash or the disk came between. */
  unfinished(): CustomerId[] {
    return [...this.#context.tables.erasures.values()]
      .filter((entry) => isErased(entry) && !this.isComplete(entry.customer))
      .map(({ customer }) => customer);
  }

  /**
   * Removes everything of an erased customer. Durable when it returns.
   * @throws what the disk throws; it is then to be done again
   */
  run(customer: CustomerId): void {
    const { tables, keys, evidence, drafts, forget } = this.#context;
    if (!isErased(tables.erasures.get(customer))) throw new Error(`${customer} was not erased`);
    forget();
    if (this.isComplete(customer)) return;
    this.#clearChannels(customer);
    for (const { id } of heldDataOf(tables, customer).replies) drafts.discardAll(id);
    evidence.remove(this.#listedFiles(customer));
    keys.destroyCustomer(customer);
  }

  #listedFiles(customer: CustomerId): string[] {
    const { tables, journal } = this.#context;
    const { erasedSeqs } = tables.erasures.get(customer) ?? { erasedSeqs: [] };
    return erasedSeqs.flatMap((seq) => journal.read(seq).data.evidence as string[]);
  }

  /** What the adapters keep themselves: the practice network its posts, a real channel what it remembers of people. */
  #clearChannels(customer: CustomerId): void {
    const { tables, journal, channels } = this.#context;
    const { replies, publications } = heldDataOf(tables, customer);
    const authors = Map.groupBy(replies, ({ channel }) => channel);
    for (const [channel, own] of authors) {
      const captures = own.flatMap(({ mention }) => {
        const entry = tables.mentions.get(mention);
        return entry ? (this.#seals.open(journal.read(entry.seq), sealedCaptureSchema) ?? []) : [];
      });
      this.#clearChannel(channel, {
        authors: [...new Set(captures.map(({ capture }) => capture.post.author.id))],
        posts: publications.flatMap(({ reply, receipt }) =>
          receipt && own.some(({ id }) => id === reply) ? [receipt.id] : [],
        ),
      });
      channels.forget(channel);
    }
  }

  #clearChannel(channel: ChannelId, what: { authors: string[]; posts: string[] }): void {
    this.#context.channels.get(channel).erase?.(what);
  }
}
