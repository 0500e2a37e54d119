import type { CustomerId } from '../identifiers.ts';
import { CompactTable } from '../journal/compact-table.ts';
import { packUlid, ULID_BYTES } from '../journal/packed-names.ts';

const PREFIX_LENGTH = 'customer/'.length;

/** Submissions whose route rules over the sealed text may have shaped, by `seq`, and the customers they were to answer. */
export class TextRuledSubmissions {
  /** By customer: their number. */
  readonly #numbers = new CompactTable(ULID_BYTES, 4);
  readonly #customers: number[] = [];
  readonly #seqs: number[] = [];
  readonly #key = new Uint8Array(ULID_BYTES);

  add(customer: CustomerId, seq: number): void {
    packUlid(customer, PREFIX_LENGTH, this.#key, 0);
    const row = this.#numbers.findOrAdd(this.#key);
    const view = new DataView(row.buffer, row.byteOffset, row.length);
    if (view.getUint32(0) === 0) view.setUint32(0, this.#numbers.count);
    this.#customers.push(view.getUint32(0));
    this.#seqs.push(seq);
  }

  of(customer: CustomerId): number[] {
    packUlid(customer, PREFIX_LENGTH, this.#key, 0);
    const row = this.#numbers.find(this.#key);
    if (!row) return [];
    const number = new DataView(row.buffer, row.byteOffset, row.length).getUint32(0);
    return this.#seqs.filter((_seq, index) => this.#customers[index] === number);
  }
}
