import { onTestFinished } from 'vitest';
import { RefusalError } from '#workflows/errors.ts';
import type { Subject } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { toTime, type Clock } from '#workflows/time.ts';
import { checkpointSigner } from '#main/journal/checkpoint-signer.ts';
import { FileJournal, type Recovery } from '#main/journal/file-journal.ts';
import type { IndexPlace } from '#main/journal/journal-index.ts';
import type { Batch, Journal } from '#main/journal/journal.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import type { JournalBuilder } from './build-journal.ts';
import type { SeededRandom } from './seeded-random.ts';
import { signCommand, type Draft } from './sign-records.ts';

/** A clock that a test sets; its wall time stands still in between. */
export class TestClock implements Clock {
  milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  now(): number {
    return this.milliseconds;
  }

  monotonic(): number {
    return this.milliseconds;
  }
}

export interface OpenOptions {
  readonly storage?: Storage;
  readonly segmentBytes?: number;
  readonly index?: IndexPlace;
  readonly checkedAtStart?: number;
  /** Closed when the test ends; on by default. */
  readonly closes?: boolean;
}

/** A file journal at work on what a builder wrote, with what a test needs to send it commands. */
export interface OpenedDesk {
  readonly journal: FileJournal;
  readonly recovery: Recovery | null;
  readonly clock: TestClock;
}

/** Opens the workspace in `folder`, with the checkpoint key and the time of the builder that wrote it. */
export const openDesk = async (
  folder: string,
  built: JournalBuilder,
  { storage = diskStorage, closes = true, ...options }: OpenOptions = {},
): Promise<OpenedDesk> => {
  const clock = new TestClock(built.now + 1000);
  const { privateKey, publicKey } = built.checkpointKey;
  const { journal, recovery } = await FileJournal.open({
    folder,
    storage,
    clock,
    signer: checkpointSigner(privateKey, publicKey),
    ...options,
  });
  if (closes) {
    onTestFinished(() => {
      journal.close();
    });
  }
  return { journal, recovery, clock };
};

export interface CommandChoices {
  readonly command?: string;
  /** Milliseconds; the clock's time where absent. */
  readonly signedAt?: number;
}

/** A signed command that expects the journal as it is now. */
export const commandFor = (
  { journal, clock }: { journal: Journal; clock: Clock },
  random: SeededRandom,
  drafts: readonly Draft[],
  { command = random.ulid(), signedAt = clock.now() }: CommandChoices = {},
): Batch => {
  const head = (subject: Subject) => journal.head(subject);
  const records = signCommand(drafts, { origin: journal.origin, command, signedAt: toTime(signedAt), head });
  const subjects = drafts.flatMap(({ subject, reads = [] }) => [subject, ...reads]);
  return { records, expected: new Map(subjects.map((subject) => [subject, head(subject).count])) };
};

/** The refusal with which a promise ends, as `CODE reason`; `accepted` when it does not. */
export const refusalOf = async (answer: Promise<readonly JournalRecord[]>): Promise<string> => {
  try {
    await answer;
    return 'accepted';
  } catch (error) {
    if (error instanceof RefusalError) return `${error.refusal.code} ${error.refusal.reason}`;
    throw error;
  }
};
