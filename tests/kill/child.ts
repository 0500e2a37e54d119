import { readSync, writeSync } from 'node:fs';
import pino from 'pino';
import { toRefusal } from '#main/api/boundary.ts';
import { FileJournal } from '#main/journal/file-journal.ts';
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
  /** Waits, before its work, until whoever started it says something; a tracer can attach to it in between. */
  readonly waits?: boolean;
}

const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const job = JSON.parse(process.argv[2] ?? '') as Job;
// A timer writes the checkpoint; what counts wrong passphrases is no part of a command. A whole life has both.
const points = new KillPoints(job.killAt, job.isWholeLife ? null : /checkpoint|folder journal|attempts|folder keys/);
if (job.isWholeLife) points.arm();
const { desk } = await openDesk(job, points, (message, error) => say(`fault ${message}: ${String(error)}`));
const viewer = 'person' in job.work ? await viewerOf(desk, job.work.person) : null;
points.arm();
if (job.waits) {
  say('ready');
  readSync(0, new Uint8Array(1));
}
try {
  await doWork(desk, job.work, viewer, say);
} catch (error) {
  // As it would cross the boundary to whoever sent the command.
  const { code, reason } = toRefusal(error, '', pino({ level: 'silent' }));
  say(`refused ${code} ${reason}`);
}
// A checkpoint follows on a command in its time: here, at once.
if (job.waits && desk.journal instanceof FileJournal) desk.journal.writeCheckpoint();
// What is not killed in its work dies all the same: closing in order would hide what the work left behind.
if (job.isWholeLife) await desk.close();
say('ended');
process.kill(process.pid, 'SIGKILL');
