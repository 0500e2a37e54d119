import type { Subject } from '#workflows/identifiers.ts';
import type { Location } from './segment-store.ts';

/** Bytes that a segment may be long: a location is one number, the segment times this and the offset. */
const SEGMENT_SPAN = 2 ** 36;

/** A growing list of numbers side by side in one buffer. */
class Numbers {
  #values: Float64Array | Uint32Array;
  #count = 0;

  constructor(values: Float64Array | Uint32Array) {
    this.#values = values;
  }

  get count(): number {
    return this.#count;
  }

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const Values = this.#values.constructor as Float64ArrayConstructor | Uint32ArrayConstructor;
      const larger = new Values(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  at(index: number): number {
    return index < this.#count ? (this.#values[index] ?? 0) : 0;
  }
}

/** Where each record lies, and which records a subject has: 16 bytes a record, and an entry for each subject. */
export class RecordPlaces {
  readonly #offsets = new Numbers(new Float64Array(1024));
  readonly #lengths = new Numbers(new Uint32Array(1024));
  /** For each record, one more than the place of its subject's previous record; 0 for the first. */
  readonly #previous = new Numbers(new Uint32Array(1024));
  /** Place of each subject's newest record. */
  readonly #newest = new Map<Subject, number>();

  get size(): number {
    return this.#offsets.count;
  }

  /** Takes in the next record. */
  add(subject: Subject, { segment, offset, length }: Location): void {
    const seq = this.size;
    this.#offsets.push(segment * SEGMENT_SPAN + offset);
    this.#lengths.push(length);
    this.#previous.push((this.#newest.get(subject) ?? -1) + 1);
    this.#newest.set(subject, seq);
  }

  /** @throws RangeError when there is no such record */
  at(seq: number): Location {
    if (!(seq >= 0 && seq < this.size)) throw new RangeError(`the journal has no record ${String(seq)}`);
    const offset = this.#offsets.at(seq);
    const segment = Math.floor(offset / SEGMENT_SPAN);
    return { segment, offset: offset - segment * SEGMENT_SPAN, length: this.#lengths.at(seq) };
  }

  /** Places of a subject's records, in order. */
  of(subject: Subject): readonly number[] {
    const places: number[] = [];
    for (let next = (this.#newest.get(subject) ?? -1) + 1; next > 0; next = this.#previous.at(next - 1)) {
      places.push(next - 1);
    }
    return places.reverse();
  }

  /** Where the records end in a segment that none comes after. */
  endOf(segment: number): number {
    if (this.size === 0) return 0;
    const last = this.at(this.size - 1);
    return last.segment === segment ? last.offset + last.length + 1 : 0;
  }
}
