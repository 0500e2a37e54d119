import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What everything is measured against: so many bytes appended to a file of its own, and nothing but that flushed. */
export class BareFlush {
  readonly #file: number;
  readonly #bytes: Uint8Array;

  /** @param bytes as many as a decision's record has */
  constructor(folder: string, bytes: number) {
    this.#file = openSync(join(folder, 'control'), 'a');
    this.#bytes = new Uint8Array(bytes).fill(97);
  }

  run(): void {
    writeSync(this.#file, this.#bytes);
    fdatasyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Milliseconds that something took. */
export const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Milliseconds of processor time that something took, on all threads: what a busy machine does not lengthen. */
export const processorTime = async (work: () => unknown): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};

/** @param share between 0 and 1; 0.5 is the median */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
