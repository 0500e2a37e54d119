import { readFileSync } from 'node:fs';
import type { ReplyId } from '#workflows/identifiers.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import type { Batch } from '#main/journal/journal.ts';
import { journalWithCast, type Cast } from './build-journal.ts';
import { commandFor, openDesk, type CommandChoices, type OpenedDesk, type OpenOptions } from './open-journal.ts';
import { SeededRandom } from './seeded-random.ts';
import type { Draft } from './sign-records.ts';
import type { TestPerson } from './test-people.ts';
import { watchedStorage, type WatchedStorage } from './watched-storage.ts';
import { checkpointPath, workspaceOf, type WorkspaceContent } from './workspace-folder.ts';

/** A workspace on a watched disk, with the cast's nine records in it, and the simplest commands to send it. */
export class Bench {
  readonly cast: Cast = journalWithCast(21);
  readonly random = new SeededRandom(5);
  readonly disk: WatchedStorage = watchedStorage();
  readonly folder: string;

  constructor(content: WorkspaceContent = {}) {
    this.folder = workspaceOf(this.cast.journal, content);
  }

  open(options: OpenOptions = {}): Promise<OpenedDesk> {
    return openDesk(this.folder, this.cast.journal, { storage: this.disk.storage, ...options });
  }

  /** Somebody looked at the log; a record on `audit`. */
  look(by: TestPerson = this.cast.legal): Draft {
    return { type: 'audit.read', subject: 'audit', by, data: { what: 'log', subject: null } };
  }

  /** The agent gave a reply back; a record on that reply. */
  claim(reply: ReplyId = `reply/${this.random.ulid()}`): Draft {
    return { type: 'reply.claimed', subject: reply, by: this.cast.agent, data: { person: null } };
  }

  command(desk: OpenedDesk, drafts: readonly Draft[], choices: CommandChoices = {}): Batch {
    return commandFor(desk, this.random, drafts, choices);
  }

  /** How often an operation was asked for so far. */
  count(operation: string): number {
    return this.disk.calls.filter((call) => call.operation === operation).length;
  }

  /** The size that the checkpoint on the disk covers. */
  get checkpointSize(): number {
    const parsed = parseSignedCheckpoint(readFileSync(checkpointPath(this.folder), 'utf8'));
    if (!parsed) throw new Error('there is no checkpoint');
    return Number(parsed.checkpoint.size);
  }
}

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
