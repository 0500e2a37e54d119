import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { toBase64 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import type { JournalRecord, UnplacedRecord } from '#workflows/journal/record.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { journalWithCast, type Cast } from './build-journal.ts';
import { CRASH_KINDS } from './disk-image.ts';
import { HonestDesk } from './honest-desk.ts';
import { commandFor, openDesk, type OpenedDesk } from './open-journal.ts';
import { SeededRandom } from './seeded-random.ts';
import { SimulatedCrashError, SimulatedDisk, type Life } from './simulated-disk.ts';
import { temporaryFolder, writeWorkspace } from './workspace-folder.ts';

interface Sent {
  readonly records: readonly UnplacedRecord[];
  /** What was answered; `null` while nothing was. */
  answer: readonly JournalRecord[] | null;
}

/**
 * A desk that lives several lives on a simulated disk, each of which ends at a random operation, by the death of the
 * process or by a loss of power; and what its clients remember.
 */
export class CrashRun {
  readonly #random: SeededRandom;
  readonly #cast: Cast;
  readonly #desk: HonestDesk;
  readonly #sent = new Map<string, Sent>();
  /** Root by size, of every checkpoint that anybody saw. */
  readonly #seen = new Map<number, string>();
  /** Hashes of what finished recoveries cut off. */
  readonly #cut = new Set<string>();
  readonly #segmentBytes: number;
  #disk: SimulatedDisk;
  /** What happened, to be read when a run fails. */
  readonly story: string[] = [];

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    // Another seed, or the run would draw the very ids that the cast has drawn.
    this.#cast = journalWithCast(~seed);
    this.#desk = new HonestDesk(this.#cast, this.#random);
    this.#segmentBytes = this.#random.between(2000, 30_000);
    const folder = temporaryFolder();
    const splits = this.#random.chance(0.5) ? [] : [3];
    writeWorkspace(folder, this.#cast.journal, { splits, covered: this.#random.pick([1, 5, 9]) });
    this.#disk = new SimulatedDisk(folder);
  }

  async run(): Promise<void> {
    const lives = this.#random.between(1, 5);
    for (let life = 0; life < lives; life += 1) {
      await this.#live(this.#random.chance(0.15) ? this.#random.below(8) : this.#random.between(5, 80));
      if (this.#random.chance(0.3)) this.story.push('process restarted');
      else this.#losePower();
    }
    this.#losePower();
    const desk = await openDesk(this.#disk.folder, this.#cast.journal, {
      segmentBytes: this.#segmentBytes,
      closes: false,
    });
    this.#expectNothingLost(desk);
    await this.#send(desk);
    desk.journal.close();
    const { notes, problems, size } = await verifyWorkspace(this.#disk.folder);
    expect({ notes, problems, size }).toEqual({ notes: [], problems: [], size: desk.journal.size });
  }

  #losePower(): void {
    const kind = this.#random.pick(CRASH_KINDS);
    this.story.push(`power lost: ${kind}`);
    const folder = temporaryFolder();
    this.#disk.losePower(folder, kind, this.#random);
    this.#disk = new SimulatedDisk(folder);
  }

  async #live(operations: number): Promise<void> {
    const random = this.#random;
    const hasFaults = random.chance(0.3);
    const life = this.#disk.begin({
      operations,
      random,
      fullChance: hasFaults ? 0.1 : 0,
      faultChance: hasFaults ? 0.03 : 0,
    });
    try {
      await this.#work(life);
    } catch (error) {
      // Until it is open, a journal may end by what the disk says; nobody was answered anything.
      const isOfTheDisk = error instanceof Error && 'code' in error && ['ENOSPC', 'EIO'].includes(String(error.code));
      if (!(error instanceof SimulatedCrashError) && !isOfTheDisk) throw error;
      this.story.push(`ended by ${error.message}`);
    }
    life.end();
  }

  async #work(life: Life): Promise<void> {
    const desk = await openDesk(this.#disk.folder, this.#cast.journal, {
      storage: life.storage,
      segmentBytes: this.#segmentBytes,
      closes: false,
    });
    this.story.push(`opened with ${String(desk.journal.size)} records`);
    this.#expectNothingLost(desk);
    const turns = this.#random.between(1, 12);
    for (let turn = 0; turn < turns && !life.isOver; turn += 1) {
      await this.#send(desk);
      if (this.#random.chance(0.3)) desk.journal.writeCheckpoint();
      if (this.#random.chance(0.2)) this.#remember(desk.journal.checkpoint());
    }
    if (!life.isOver && this.#random.chance(0.3)) desk.journal.close();
  }

  /** Sends the commands of one turn and keeps what is answered. */
  async #send(desk: OpenedDesk): Promise<void> {
    const commands = Array.from({ length: this.#random.between(1, 3) }, () => {
      const batch = commandFor(desk, this.#random, this.#desk.next());
      const sent: Sent = { records: batch.records, answer: null };
      this.#sent.set(batch.records[0]!.command, sent);
      return desk.journal.append(batch).then(
        (answer) => (sent.answer = answer),
        () => null,
      );
    });
    const answers = await Promise.all(commands);
    desk.clock.milliseconds += this.#random.below(5000);
    this.story.push(`sent ${answers.map((answer) => (answer ? String(answer.length) : 'refused')).join(', ')}`);
  }

  #remember(text: string): void {
    const { size, root } = parseSignedCheckpoint(text)!.checkpoint;
    this.#seen.set(Number(size), toBase64(root));
  }

  #expectNothingLost({ journal, recovery }: OpenedDesk): void {
    expect(journal.readOnly, JSON.stringify(journal.readOnly)).toBeNull();
    this.#remember(readFileSync(join(this.#disk.folder, 'journal', 'checkpoint'), 'utf8'));
    for (const [size, root] of this.#seen) {
      expect(journal.size, 'records that a checkpoint covered').toBeGreaterThanOrEqual(size);
      expect(journal.root(size), `the root of ${String(size)} records`).toBe(root);
    }
    let count = this.#cast.journal.size;
    for (const [command, { records, answer }] of this.#sent) {
      const found = journal.recordsOfCommand(command);
      if (answer) expect(found, `the answered command ${command}`).toEqual(answer);
      else if (found) {
        const unplaced = found.map(({ seq: _seq, at: _at, cont: _cont, ...record }) => record);
        expect(unplaced, `the unanswered command ${command}`).toEqual(records);
      }
      count += found?.length ?? 0;
    }
    expect(journal.size, 'records that nobody sent').toBe(count);
    if (recovery && recovery.bytes > 0) {
      this.#cut.add(recovery.hash);
      this.story.push(`cut ${String(recovery.bytes)} bytes`);
    }
    const kept = this.#recovered();
    for (const hash of this.#cut) expect(kept, 'what was cut lies in recovered/').toContain(hash);
  }

  #recovered(): string[] {
    const folder = join(this.#disk.folder, 'recovered');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((name) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    );
  }
}
