import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { ulid } from 'ulid';
import { afterAll, expect, onTestFinished } from 'vitest';
import type { ChannelFactory } from '#main/channels/channel-registry.ts';
import { DeskHost } from '#main/core/desk-host.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { ChannelId, PersonId } from '#workflows/identifiers.ts';
import type { SigningKey } from '#main/keys/person-key.ts';
import type { VerificationResult } from '#workflows/journal/verify.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { clientOf, copyBaseWorkspace, makeBaseWorkspace, removeFolder, type BaseWorkspace } from './base-workspace.ts';
import { readRecords } from './journal-files.ts';
import { ReplyFlow } from './reply-flow.ts';
import { EVERYBODY, PASSPHRASE, ROSTER, type Who } from './roster.ts';
import { HOUR, TestClock } from './test-clock.ts';
import { verifyWithRules } from '../journal/verify-with-rules.ts';

/** Somebody at a window of their own, asking through the contract like any screen. */
export interface Actor {
  readonly who: Who;
  readonly id: PersonId;
  readonly name: string;
  readonly desk: DeskClient;
}

export interface DeskFixtureOptions {
  /** Puts other channels in the place of the practice channel. */
  readonly channels?: (usual: ChannelFactory) => ChannelFactory;
  readonly storage?: Storage;
  /** The test is about faults, so that what the program logs as one does not fail it. */
  readonly expectsFaults?: boolean;
  /** The test damages the journal, so that it need not verify in the end. */
  readonly expectsDamage?: boolean;
}

let base: Promise<BaseWorkspace> | null = null;

/** Everybody's key, opened once: the copies of one workspace have the same. */
const openedKeys = new Map<PersonId, Promise<SigningKey | null>>();

afterAll(async () => {
  if (base) removeFolder((await base).root);
});

/**
 * A desk on a real folder with people of every role. Its clock stands until it is moved, and its outbox and timers do
 * nothing until {@link settle}: they are asked, not waited for.
 */
export class TestDesk {
  readonly folder: string;
  readonly home: string;
  readonly clock: TestClock;
  readonly channel: ChannelId;
  readonly people: Readonly<Record<Who, Actor>>;
  readonly flow: ReplyFlow;
  /** What the program logged, line by line, at every level. */
  readonly log: string[] = [];
  host: DeskHost;
  #clients = new Map<string, DeskClient>();
  #due: { readonly tick: () => Promise<void>; readonly run: () => Promise<void> };
  readonly #root: string;
  readonly #options: DeskFixtureOptions;

  private constructor(root: string, { ids, channel }: BaseWorkspace, options: DeskFixtureOptions) {
    this.#root = root;
    this.#options = options;
    this.folder = join(root, 'workspace');
    this.home = join(root, 'home');
    this.clock = new TestClock();
    this.clock.advance(HOUR);
    this.channel = channel;
    this.host = this.#newHost();
    this.#due = { tick: () => Promise.resolve(), run: () => Promise.resolve() };
    const actors = EVERYBODY.map((who): [Who, Actor] => [
      who,
      { who, id: ids[who], name: ROSTER[who].name, desk: this.window(ids[who]) },
    ]);
    this.people = Object.fromEntries(actors) as Record<Who, Actor>;
    this.flow = new ReplyFlow(this);
  }

  static async create(options: DeskFixtureOptions = {}): Promise<TestDesk> {
    base ??= makeBaseWorkspace();
    const made = await base;
    const root = copyBaseWorkspace(made);
    try {
      const desk = new TestDesk(root, made, options);
      await desk.open();
      return desk;
    } catch (error) {
      removeFolder(root);
      throw error;
    }
  }

  #newHost(): DeskHost {
    const { channels, storage } = this.#options;
    const log = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.log.push(chunk.toString('utf8'));
        done();
      },
    });
    return new DeskHost({
      home: this.home,
      machine: fileMachineSecret(join(this.home, 'machine.key'), diskStorage),
      cost: PRACTICE_COST,
      clock: this.clock,
      logger: pino({ level: 'trace' }, log),
      ...(channels ? { channels } : {}),
      ...(storage ? { storage } : {}),
    });
  }

  /** A client of another window; nobody is signed in there. */
  window(sessionId: string): DeskClient {
    // The host may be another after a restart; whoever asks need not know.
    return new Proxy({} as DeskClient, { get: (_target, name: keyof DeskClient) => this.#clientOf(sessionId)[name] });
  }

  #clientOf(sessionId: string): DeskClient {
    const known = this.#clients.get(sessionId);
    const client = known ?? clientOf(this.host, sessionId);
    this.#clients.set(sessionId, client);
    return client;
  }

  /** Opens the workspace and signs everybody in whose key is still the one they began with. */
  async open(): Promise<void> {
    await this.host.open(this.folder);
    const { outbox, timers, keys } = this.host.desk;
    const [tick, run] = [timers.tick.bind(timers), outbox.run.bind(outbox)];
    this.#due = { tick, run };
    // What the desk would do by itself is done when a test asks for it, and at no other time.
    timers.tick = () => Promise.resolve();
    outbox.run = () => Promise.resolve();
    for (const { id } of Object.values(this.people)) {
      if (!openedKeys.has(id)) openedKeys.set(id, keys.openPersonKey(id, PASSPHRASE));
      const key = await openedKeys.get(id);
      if (key && keys.personKey(id)?.id === key.id) this.host.sessions.signIn(id, id, key);
    }
  }

  /** Ends the program and starts it again on the same folder. @param meanwhile what happens to the files in between */
  async restart(meanwhile: () => void = () => undefined): Promise<void> {
    await this.host.shutDown();
    meanwhile();
    this.host = this.#newHost();
    this.#clients = new Map();
    await this.open();
  }

  command(): string {
    return ulid(this.clock.now());
  }

  /** Lets time pass; nobody's desk locks by it. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    for (const { id } of Object.values(this.people)) this.host.sessions.touch(id);
    await this.settle();
  }

  /** Does everything that is due now: the timers until nothing more comes of them, then the outbox. */
  async settle(): Promise<void> {
    for (let before = -1; before !== this.size;) {
      before = this.size;
      await this.tick();
    }
    await this.#due.run();
    await this.host.desk.journal.settled();
  }

  /** What the outbox does by itself, without the timers having looked before. */
  runOutbox(): Promise<void> {
    return this.#due.run();
  }

  /** One tick of the timers. */
  tick(): Promise<void> {
    return this.#due.tick();
  }

  get size(): number {
    return this.host.desk.journal.size;
  }

  /** Every record, read from the files. */
  records(): KnownRecord[] {
    return readRecords(this.folder);
  }

  /** Types of the records from a place on. */
  typesFrom(seq: number): string[] {
    return this.records()
      .slice(seq)
      .map(({ type }) => type);
  }

  /** What the program itself held to be a fault. */
  faults(): string[] {
    return this.log.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);
  }

  async close(): Promise<void> {
    await this.host.shutDown();
  }

  /** The folder goes, whatever comes of it. */
  async #end(): Promise<VerificationResult> {
    try {
      await this.host.shutDown();
      return await verifyWithRules(this.folder);
    } finally {
      removeFolder(this.#root);
    }
  }

  /** Ends the desk, judges what it leaves behind, and removes it. */
  async dispose(): Promise<void> {
    const result = await this.#end();
    if (this.#options.expectsDamage !== true) expect(result.problems).toEqual([]);
    if (this.#options.expectsFaults !== true) expect(this.faults()).toEqual([]);
  }
}

/** A desk for one test; it is judged and removed when the test ends. */
export const deskForTest = async (options: DeskFixtureOptions = {}): Promise<TestDesk> => {
  const desk = await TestDesk.create(options);
  onTestFinished(() => desk.dispose());
  return desk;
};
