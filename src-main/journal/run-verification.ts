import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { VerificationResult } from '#workflows/journal/verify.ts';

export interface VerificationProgress {
  readonly records: number;
  readonly problems: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export type VerificationMessage =
  | ({ readonly kind: 'progress' } & VerificationProgress)
  | { readonly kind: 'done'; readonly result: VerificationResult }
  | { readonly kind: 'failed'; readonly message: string };

/** The worker stands beside the built program or its chunks, or beside this file when it runs from source. */
const workerUrl = (): URL => {
  const places = ['./verify-worker.js', '../verify-worker.js', './verify-worker.ts'].map(
    (place) => new URL(place, import.meta.url),
  );
  const found = places.find((place) => existsSync(fileURLToPath(place)));
  if (!found) throw new Error('the verification worker is missing from this installation');
  return found;
};

/**
 * Verifies a workspace's files in a worker thread, so that the desk goes on while it reads.
 * Ending the iteration early, or the signal, ends the worker.
 * @throws Error when the worker itself fails, or was stopped by the signal
 */
export async function* runVerification(
  folder: string,
  signal?: AbortSignal,
): AsyncGenerator<VerificationProgress, VerificationResult> {
  signal?.throwIfAborted();
  const worker = new Worker(workerUrl(), { workerData: { folder } });
  const messages: VerificationMessage[] = [];
  let wake: () => void = () => undefined;
  const push = (message: VerificationMessage): void => {
    messages.push(message);
    wake();
  };
  worker.on('message', push);
  worker.on('error', (error: Error) => push({ kind: 'failed', message: error.message }));
  worker.on('exit', (code) => push({ kind: 'failed', message: `the worker ended with code ${String(code)}` }));
  const stop = (): void => push({ kind: 'failed', message: 'the verification was stopped' });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const message = messages.shift();
      if (!message) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (message.kind === 'done') return message.result;
      if (message.kind === 'failed') throw new Error(message.message);
      const { kind: _kind, ...progress } = message;
      yield progress;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
