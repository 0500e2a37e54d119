import { writeSync } from 'node:fs';
import { KillPoints } from './kill-points.ts';
import { openDesk, type Place } from './open-desk.ts';
import { doWork, viewerOf, type Work } from './works.ts';

/** What a child is told to do, and when to die. */
export interface Job extends Place {
  readonly work: Work;
  /** The moment at which it dies, from 1; 0 for none. */
  readonly killAt: number;
  /** Moments count from the opening on, and to the end of the closing; else only those of the work count. */
  readonly isWholeLife: boolean;
}

const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const job = JSON.parse(process.argv[2] ?? '') as Job;
// A timer writes the checkpoint; what counts wrong passphrases is no part of a command. A whole life has both.
const points = new KillPoints(job.killAt, job.isWholeLife ? null : /checkpoint|folder journal|attempts|folder keys/);
if (job.isWholeLife) points.arm();
const { desk } = await openDesk(job, points, (message, error) => say(`fault ${message}: ${String(error)}`));
const viewer = job.work.kind === 'publish' ? null : await viewerOf(desk, job.work.person);
points.arm();
await doWork(desk, job.work, viewer, say);
// What is not killed in its work dies all the same: closing in order would hide what the work left behind.
if (job.isWholeLife) await desk.close();
say('ended');
process.kill(process.pid, 'SIGKILL');
