import { RefusalError } from '#workflows/errors.ts';
import { takeWriterLock } from '#main/storage/writer-lock.ts';

/**
 * Run as a process of its own: takes the lock at the path that it is given, says `held` or the refusal's code, and holds
 * it until it is killed or told to release it.
 */
const [, , path = ''] = process.argv;
try {
  const lock = takeWriterLock(path);
  process.stdout.write('held\n');
  process.stdin.once('data', () => {
    lock.release();
    process.stdout.write('released\n');
  });
} catch (error) {
  process.stdout.write(`${error instanceof RefusalError ? error.refusal.code : String(error)}\n`);
}
