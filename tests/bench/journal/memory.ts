import { setTimeout as pause } from 'node:timers/promises';
import { openWorkspace, type OpeningInput } from './opening.ts';

/** Bytes in use once everything that is garbage is gone. */
export interface MemoryInUse {
  /** Resident, of the whole process. */
  readonly rss: number;
  readonly heap: number;
  /** Buffers outside the heap. */
  readonly buffers: number;
}

/** Memory of a process that has the workspace open, after forced collections. Precondition: started with `--expose-gc`. */
export const measureMemory = async (input: OpeningInput): Promise<MemoryInUse> => {
  const { host } = await openWorkspace(input);
  if (!globalThis.gc) throw new Error('the garbage collector cannot be called');
  for (let count = 0; count < 5; count += 1) {
    globalThis.gc();
    await pause(50);
  }
  const { rss, heapUsed: heap, arrayBuffers: buffers } = process.memoryUsage();
  await host.shutDown();
  return { rss, heap, buffers };
};
