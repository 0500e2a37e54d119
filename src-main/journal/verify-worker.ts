import { parentPort, workerData } from 'node:worker_threads';
import { verifyWorkspace } from './verify-workspace.ts';

/** Verifies a workspace's files off the main thread; posts progress, then the result or what went wrong. */
const { folder } = workerData as { folder: string };

verifyWorkspace(folder, {
  onProgress: (progress) => parentPort?.postMessage({ kind: 'progress', ...progress }),
}).then(
  (result) => parentPort?.postMessage({ kind: 'done', result }),
  (error: unknown) => parentPort?.postMessage({ kind: 'failed', message: (error as Error).message }),
);
