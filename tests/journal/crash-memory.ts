import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { toBase64 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import type { JournalRecord, UnplacedRecord } from '#workflows/journal/record.ts';
import type { OpenedDesk } from './open-journal.ts';
import type { Draft } from './sign-records.ts';

/** A command that a client sent. */
export interface Sent {
  readonly drafts: readonly Draft[];
  readonly records: readonly UnplacedRecord[];
  /** What was answered; `null` while nothing was. */
  answer: readonly JournalRecord[] | null;
}

/** Files in `recovered/`, by their hash. */
const hashesIn = (folder: string): string[] => {
  const recovered = join(folder, 'recovered');
  if (!existsSync(recovered)) return [];
  return readdirSync(recovered).map((name) =>
    createHash('sha256')
      .update(readFileSync(join(recovered, name)))
      .digest('hex'),
  );
};

/** What the clients of a desk remember of it, by which every later state of its folder is judged. */
export class CrashMemory {
  /** Records that were there before anybody sent anything. */
  readonly #before: number;
  readonly sent = new Map<string, Sent>();
  /** Root by size, of every checkpoint that anybody saw. */
  readonly #seen = new Map<number, string>();
  /** Hashes of what finished recoveries cut off. */
  readonly #cut = new Set<string>();

  constructor(before: number) {
    this.#before = before;
  }

  /** As it is now, for a state of the disk of now that is judged later. */
  frozen(): CrashMemory {
    const copy = new CrashMemory(this.#before);
    for (const [command, sent] of this.sent) copy.sent.set(command, { ...sent });
    for (const [size, root] of this.#seen) copy.#seen.set(size, root);
    for (const hash of this.#cut) copy.#cut.add(hash);
    return copy;
  }

  see(checkpoint: string): void {
    const { size, root } = parseSignedCheckpoint(checkpoint)!.checkpoint;
    this.#seen.set(Number(size), toBase64(root));
  }

  /** A recovery that came to its end said that it had cut this off. */
  keepCut({ recovery }: OpenedDesk): void {
    if (recovery && recovery.bytes > 0) this.#cut.add(recovery.hash);
  }

  /**
   * A journal that was opened after a crash is writable, holds every answered command, every other whole or not at all,
   * and nothing else; extends every checkpoint that anybody saw; and says rightly what it took over and what it cut.
   */
  expectNothingLost(folder: string, { journal, recovery }: OpenedDesk): void {
    expect(journal.readOnly, `read-only: ${JSON.stringify(journal.readOnly)}`).toBeNull();
    const onDisk = parseSignedCheckpoint(readFileSync(join(folder, 'journal', 'checkpoint'), 'utf8'))!.checkpoint;
    expect(toBase64(onDisk.root), 'the root of the checkpoint on the disk').toBe(journal.root(Number(onDisk.size)));
    for (const [size, root] of this.#seen) {
      expect(journal.size, 'records that a checkpoint covered').toBeGreaterThanOrEqual(size);
      expect(journal.root(size), `the root of ${String(size)} records`).toBe(root);
    }
    let count = this.#before;
    for (const [command, { records, answer }] of this.sent) {
      const found = journal.recordsOfCommand(command);
      if (answer) expect(found, `the answered command ${command}`).toEqual(answer);
      else if (found) {
        const unplaced = found.map(({ seq: _seq, at: _at, cont: _cont, ...record }) => record);
        expect(unplaced, `the unanswered command ${command}`).toEqual(records);
      }
      count += found?.length ?? 0;
    }
    expect(journal.size, 'records that nobody sent').toBe(count);
    if (recovery) {
      expect(recovery, 'what was recovered').toMatchObject({ from: Number(onDisk.size), to: journal.size });
    } else expect(journal.size, 'records that nobody says were recovered').toBe(Number(onDisk.size));
    const kept = hashesIn(folder);
    for (const hash of this.#cut) expect(kept, 'what was cut lies in recovered/').toContain(hash);
    if (recovery && recovery.bytes > 0) expect(kept, 'what is cut now lies in recovered/').toContain(recovery.hash);
  }
}
