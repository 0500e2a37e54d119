/** A set of small whole numbers that costs a bit for each number up to the largest. */
export class BitSet {
  #bytes = new Uint8Array(128);

  add(index: number): void {
    const place = Math.floor(index / 8);
    if (place >= this.#bytes.length) {
      const larger = new Uint8Array(Math.max(place + 1, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[place] = (this.#bytes[place] ?? 0) | (1 << (index % 8));
  }

  has(index: number): boolean {
    return index >= 0 && ((this.#bytes[Math.floor(index / 8)] ?? 0) & (1 << (index % 8))) !== 0;
  }
}
