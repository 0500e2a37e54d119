import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import type { Storage } from '#main/storage/storage.ts';
import { journalWithCast, type Cast } from './build-journal.ts';
import type { IndexPlace } from '#main/journal/journal-index.ts';
import { CrashMemory, type Sent } from './crash-memory.ts';
import {
  CRASH_KINDS,
  SECTOR_BYTES,
  writeImage,
  type CrashKind,
  type DiskImage,
  type SectorBytes,
} from './disk-image.ts';
import { HonestDesk } from './honest-desk.ts';
import { KeptIndexes } from './kept-indexes.ts';
import { commandFor, openDesk, refusalOf, type OpenedDesk } from './open-journal.ts';
import { SeededRandom } from './seeded-random.ts';
import { SimulatedCrashError, SimulatedDisk, type Life } from './simulated-disk.ts';
import type { DiskCall } from './watched-storage.ts';
import { temporaryFolder, writeWorkspace } from './workspace-folder.ts';

/** The engine that is tried: the program's own, or one with a fault that must be found. */
export interface Engine {
  /** Does to the operations what the fault does. */
  over(storage: Storage): Storage;
  /** What it does between writing records and answering for them. */
  beforeAnswer?(desk: OpenedDesk): void;
}

export const OWN_ENGINE: Engine = { over: (storage) => storage };

/** A state in which the disk could have been found at one moment, and what clients knew at that moment. */
interface Found {
  readonly name: string;
  readonly image: DiskImage;
  readonly memory: CrashMemory;
  /** An index that was saved at some time before; or where there is none. */
  readonly index: IndexPlace;
  /** Whether power was lost for a second time, while what the first loss had left was put right. */
  readonly isSecond?: boolean;
}

/** States that are judged in one run besides those in which a life began. */
const IMAGES_PER_RUN = 3;

/** Making keys takes longer than all else: a few casts do for all runs. */
const casts = new Map<number, Cast>();
const castFor = (seed: number): Cast => {
  // Another seed than any run's, or the run would draw the very ids that the cast has drawn.
  const own = ~(seed % 5);
  const cast = casts.get(own) ?? journalWithCast(own);
  casts.set(own, cast);
  return cast;
};

/** What an operation is done to, for counting the classes that were met. */
const classOf = ({ operation, name }: DiskCall): string => {
  if (name.endsWith('.jsonl')) return `${operation} segment`;
  if (name.startsWith('journal/checkpoint')) return `${operation} checkpoint`;
  return `${operation} ${name.startsWith('recovered/') ? 'recovered file' : name || 'workspace'}`;
};

/** How often power is lost after an operation: more often after those that are rare. */
const chanceOf = (name: string): number => {
  if (name.includes('recovered')) return 0.5;
  if (name === 'rename checkpoint') return 0.4;
  return ['write segment', 'flush segment'].includes(name) ? 0.07 : 0.15;
};

/**
 * A desk that lives several lives on a simulated disk, each of which ends at a random operation, by the death of the
 * process or by a loss of power. After every operation power may be lost, too: such states are judged by what the
 * clients remembered at that moment, while the life goes on.
 */
export class CrashRun {
  readonly #random: SeededRandom;
  readonly #cast: Cast;
  readonly #desk: HonestDesk;
  readonly #memory: CrashMemory;
  readonly #engine: Engine;
  readonly #segmentBytes: number;
  readonly #sector: SectorBytes;
  readonly #indexes = new KeptIndexes();
  #disk: SimulatedDisk;
  #found: Found[] = [];
  #images = 0;
  /** What happened, to be read when a run fails. */
  readonly story: string[] = [];
  /** Operations after which power was lost, and how: `flush segment: scattered`. */
  readonly met: string[] = [];

  constructor(seed: number, engine: Engine = OWN_ENGINE) {
    this.#random = new SeededRandom(seed);
    this.#engine = engine;
    this.#cast = castFor(seed);
    this.#desk = new HonestDesk(this.#cast, this.#random);
    this.#memory = new CrashMemory(this.#cast.journal.size);
    this.#segmentBytes = this.#random.between(2000, 30_000);
    this.#sector = this.#random.pick(SECTOR_BYTES);
    const folder = temporaryFolder();
    const splits = this.#random.chance(0.5) ? [] : [3];
    writeWorkspace(folder, this.#cast.journal, { splits, covered: this.#random.pick([1, 5, 9]) });
    this.#disk = new SimulatedDisk(folder, this.#sector);
  }

  async run(): Promise<void> {
    const lives = this.#random.pick([1, 2, 2]);
    for (let life = 0; life < lives; life += 1) {
      await this.#live(this.#random.chance(0.15) ? this.#random.below(8) : this.#random.between(5, 60));
      for (const found of this.#found.splice(0)) await this.#judge(found);
      if (this.#random.chance(0.3)) this.story.push('process restarted');
      else this.#losePower();
    }
    await this.#judge({ name: 'the end', image: this.#image('complete'), memory: this.#memory, index: this.#index() });
  }

  #index(): IndexPlace {
    return this.#indexes.oneOf(this.#random);
  }

  #image(kind: CrashKind = this.#random.pick(CRASH_KINDS)): DiskImage {
    return this.#disk.losePower(kind, this.#random);
  }

  #losePower(): void {
    const kind = this.#random.pick(CRASH_KINDS);
    this.story.push(`power lost: ${kind}`);
    const folder = temporaryFolder();
    writeImage(folder, this.#image(kind));
    this.#disk = new SimulatedDisk(folder, this.#sector);
  }

  /** Power may be lost after any operation; what is rare is looked at more often. */
  #afterOperation(call: DiskCall): void {
    const name = classOf(call);
    if (this.#images >= IMAGES_PER_RUN || !this.#random.chance(chanceOf(name))) return;
    this.#images += 1;
    const kind = this.#random.pick(CRASH_KINDS);
    this.met.push(`${name}: ${kind}`);
    const image = this.#image(kind);
    this.#found.push({ name: `${name}: ${kind}`, image, memory: this.#memory.frozen(), index: this.#index() });
  }

  /**
   * Opens what was found, and goes on from there: every unanswered command is sent again, and is then there once. Power may
   * be lost again while a recovery puts it right, and after that.
   */
  async #judge({ name, image, memory, index, isSecond = false }: Found): Promise<void> {
    const byIndex = await this.#foundByIndex(image, index);
    const folder = temporaryFolder();
    writeImage(folder, image);
    const disk = new SimulatedDisk(folder, this.#sector);
    const again: Found[] = [];
    const loseAgain = (operation: string, known: CrashMemory): void => {
      const kind = this.#random.pick(CRASH_KINDS);
      this.met.push(`${operation}: ${kind}`);
      const state = disk.losePower(kind, this.#random);
      again.push({ name: `${name}, ${operation}: ${kind}`, image: state, memory: known, index, isSecond: true });
    };
    let isRecovering = !isSecond;
    const onOperation = (call: DiskCall): void => {
      const operation = classOf(call);
      if (isRecovering && operation.includes('recovered') && this.#random.chance(0.3)) loseAgain(operation, memory);
    };
    const { storage } = disk.begin({ operations: Number.POSITIVE_INFINITY, random: this.#random, onOperation });
    try {
      const desk = await this.#open(folder, this.#engine.over(storage));
      memory.expectNothingLost(folder, desk);
      expect(byIndex, 'what is found by the index').toEqual(whatIsFound(folder, desk));
      if (isRecovering && desk.recovery && desk.recovery.bytes > 0) {
        const known = memory.frozen();
        known.keepCut(desk);
        loseAgain('the end of a recovery', known);
      }
      isRecovering = false;
      for (const [command, sent] of memory.sent) if (!sent.answer) await this.#sendAgain(desk, command, sent);
      desk.journal.close();
      const { notes, problems, size } = await verifyWorkspace(folder);
      expect({ notes, problems, size }).toEqual({ notes: [], problems: [], size: desk.journal.size });
    } catch (error) {
      this.story.push(`judged after ${name}`);
      throw error;
    }
    for (const found of again) await this.#judge(found);
  }

  /** What a start that goes by an older index makes of an image. */
  async #foundByIndex(image: DiskImage, index: IndexPlace): Promise<object> {
    const folder = temporaryFolder();
    writeImage(folder, image);
    const { storage } = new SimulatedDisk(folder, this.#sector).begin({
      operations: Number.POSITIVE_INFINITY,
      random: this.#random,
    });
    const desk = await this.#open(folder, this.#engine.over(storage), index);
    const found = whatIsFound(folder, desk);
    desk.journal.close();
    return found;
  }

  async #sendAgain(desk: OpenedDesk, command: string, { drafts }: Sent): Promise<void> {
    const known = desk.journal.recordsOfCommand(command);
    const answer = await refusalOf(desk.journal.append(commandFor(desk, this.#random, drafts, { command })));
    expect(answer, `sending ${command} again`).toBe(known ? 'INVALID_INPUT commandReused' : 'accepted');
    expect(desk.journal.recordsOfCommand(command), `${command}, sent again`).toHaveLength(drafts.length);
  }

  #open(folder: string, storage: Storage, index?: IndexPlace): Promise<OpenedDesk> {
    const options = { storage, segmentBytes: this.#segmentBytes, closes: false, checkedAtStart: 0 };
    return openDesk(folder, this.#cast.journal, index ? { ...options, index } : options);
  }

  async #live(operations: number): Promise<void> {
    const random = this.#random;
    const hasFaults = random.chance(0.3);
    const life = this.#disk.begin({
      operations,
      random,
      fullChance: hasFaults ? 0.1 : 0,
      faultChance: hasFaults ? 0.03 : 0,
      onOperation: (call) => {
        this.#afterOperation(call);
      },
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
    const index = this.#index();
    const desk = await this.#open(this.#disk.folder, this.#engine.over(life.storage), index);
    this.story.push(`opened with ${String(desk.journal.size)} records`);
    this.#memory.expectNothingLost(this.#disk.folder, desk);
    this.#memory.keepCut(desk);
    const turns = this.#random.between(1, 7);
    for (let turn = 0; turn < turns && !life.isOver; turn += 1) {
      await this.#send(desk);
      if (this.#random.chance(0.3)) desk.journal.writeCheckpoint();
      if (this.#random.chance(0.3)) this.#saveIndex(desk, index);
      if (this.#random.chance(0.2)) this.#memory.see(desk.journal.checkpoint());
    }
    if (!life.isOver && this.#random.chance(0.3)) desk.journal.close();
  }

  #saveIndex({ journal }: OpenedDesk, index: IndexPlace): void {
    journal.saveIndex();
    if (journal.readOnly) return;
    this.#indexes.keep(index);
    this.story.push(`saved the index at ${String(journal.size)} records or before`);
  }

  /** Sends the commands of one turn and keeps what is answered. */
  async #send(desk: OpenedDesk): Promise<void> {
    const commands = Array.from({ length: this.#random.between(1, 3) }, () => {
      const drafts = this.#desk.next();
      const batch = commandFor(desk, this.#random, drafts);
      const sent: Sent = { drafts, records: batch.records, answer: null };
      this.#memory.sent.set(batch.records[0]!.command, sent);
      return desk.journal.append(batch).then(
        (answer) => {
          this.#engine.beforeAnswer?.(desk);
          sent.answer = answer;
          return answer;
        },
        () => null,
      );
    });
    const answers = await Promise.all(commands);
    desk.clock.milliseconds += this.#random.below(5000);
    this.story.push(`sent ${answers.map((answer) => (answer ? String(answer.length) : 'refused')).join(', ')}`);
  }
}

/** A journal as it was opened, and what lies in the folder besides. */
const whatIsFound = (folder: string, { journal, recovery }: OpenedDesk): object => ({
  recovery,
  readOnly: journal.readOnly,
  size: journal.size,
  root: journal.root(),
  records: Array.from({ length: journal.size }, (_, seq) => journal.read(seq)),
  places: Array.from({ length: journal.size }, (_, seq) => journal.placesOf(journal.read(seq).subject)),
  segments: readdirSync(join(folder, 'journal')).filter((name) => name.endsWith('.jsonl')),
  recovered: existsSync(join(folder, 'recovered')) ? readdirSync(join(folder, 'recovered')) : [],
});
