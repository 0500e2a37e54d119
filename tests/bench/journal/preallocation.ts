import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BareFlush, quantile, timed } from '../control.ts';
import { RECORD_BYTES } from './decisions.ts';
import { plain, type Figure } from './figures.ts';

/** The bare flush into room that was made before: the file's length and its blocks do not change any more. */
class FlushIntoRoom {
  readonly #file: number;
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(folder: string, bytes: number, writes: number) {
    this.#bytes = new Uint8Array(bytes).fill(97);
    this.#file = openSync(join(folder, 'preallocated'), 'w+');
    writeSync(this.#file, new Uint8Array(bytes * writes));
    fsyncSync(this.#file);
  }

  run(): void {
    this.#offset += writeSync(this.#file, this.#bytes, 0, this.#bytes.length, this.#offset);
    fdatasyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Whether segments would gain from room that is made beforehand: the same write and flush, with it and without. */
export const measurePreallocation = async ({ root, writes }: { root: string; writes: number }): Promise<Figure[]> => {
  const growing = new BareFlush(root, RECORD_BYTES);
  const roomy = new FlushIntoRoom(root, RECORD_BYTES, writes);
  const [withRoom, without]: [number[], number[]] = [[], []];
  try {
    for (let count = 0; count < writes; count += 1) {
      without.push(await timed(() => growing.run()));
      withRoom.push(await timed(() => roomy.run()));
    }
  } finally {
    growing.close();
    roomy.close();
  }
  const share = (name: string, at: number): Figure => {
    const [room, bare] = [quantile(withRoom, at), quantile(without, at)];
    const from = `${plain(room)} ms ÷ ${plain(bare)} ms; ${String(writes)} writes each, in turn`;
    return { name, value: room / bare, unit: '×', from };
  };
  return [
    share('A flush into a file whose room was made before, median', 0.5),
    share('The same, 99th percentile', 0.99),
  ];
};
