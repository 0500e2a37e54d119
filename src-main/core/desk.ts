import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId, Subject } from '#workflows/identifiers.ts';
import { kindOf } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { PolicyContent } from '#workflows/policy/policy.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { readKnownRecord } from '#workflows/records.ts';
import { toTime, type Clock, type Time } from '#workflows/time.ts';
import type { StampAuthority } from '#workflows/workspace/workspace.records.ts';
import { channelFactory, ChannelRegistry, type ChannelFactory } from '../channels/channel-registry.ts';
import { PracticeNetwork } from '../channels/sandbox/practice-network.ts';
import { DraftStore } from '../drafts/draft-store.ts';
import { checkpointSigner } from '../journal/checkpoint-signer.ts';
import { FileJournal, type Recovery } from '../journal/file-journal.ts';
import type { Journal } from '../journal/journal.ts';
import type { OnOpeningProgress } from '../journal/opening-progress.ts';
import { EvidenceStore } from '../keys/evidence-store.ts';
import { KeyStore } from '../keys/key-store.ts';
import type { MachineSecret } from '../keys/machine-secret.ts';
import type { PassphraseCost } from '../keys/passphrase.ts';
import { Seals } from '../keys/seals.ts';
import type { PreferencesStore } from '../preferences/preferences-store.ts';
import { Outbox } from '../publishing/outbox.ts';
import { sweepFolder } from '../storage/left-over.ts';
import type { Storage } from '../storage/storage.ts';
import { refuseNetworkFolder } from '../storage/network-folder.ts';
import { storageRefusal } from '../storage/storage-refusal.ts';
import { takeWriterLock, type WriterLock } from '../storage/writer-lock.ts';
import { readWorkspaceFile } from '../workspace/workspace-file.ts';
import { CommandTurns } from './command-turns.ts';
import { DeskChanges } from './desk-changes.ts';
import { readDurable } from './draft-record.ts';
import { executeCommand } from './execute.ts';
import { History } from './history/history.ts';
import { LogIndex } from './log-index.ts';
import { SentCommands } from './sent-commands.ts';
import { PassphraseGuard } from './sessions.ts';
import { SnapshotSaving } from './snapshot-saving.ts';
import { Purge } from './erasure/purge.ts';
import { isErased } from './state/evolve-erasure.ts';
import { loadTables, takeRecord, type LoadedTables } from './state/load-tables.ts';
import { Snapshots } from './state/snapshots.ts';
import { nameIn, policyInForceIn, policyVersionIn } from './state/in-force.ts';
import type { MemoryTables } from './state/memory-tables.ts';
import { Stamping } from '../timestamps/stamping.ts';
import { Texts } from './texts.ts';
import { Timers } from './timers.ts';

export interface DeskOptions {
  readonly folder: string;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly machine: MachineSecret;
  readonly cost: PassphraseCost;
  readonly preferences: PreferencesStore;
  /** Told of what must not happen; ids only. */
  readonly onFault: (message: string, error: unknown) => void;
  /** Puts other channels in the place of the real ones, for tests. */
  readonly channels?: (usual: ChannelFactory) => ChannelFactory;
  /** Opens the keys by an admin's passphrase on a machine that does not know them. */
  readonly adminPassphrase?: string;
  /** Whether timers and outbox run by themselves; a script that has its own clock runs them itself. */
  readonly runsByItself: boolean;
  /** Told how far an opening is that reads the journal record by record; what it throws ends the opening. */
  readonly onProgress?: OnOpeningProgress;
  /** The table of mounts, for tests; the system's where absent. */
  readonly mounts?: () => string;
  /** Length at which a new journal segment is begun, in bytes. */
  readonly segmentBytes?: number;
}

/** What is open before there is a desk. */
interface DeskParts {
  readonly lock: WriterLock;
  readonly keys: KeyStore;
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly loaded: LoadedTables;
}

/** A workspace that is there but whose keys this machine cannot open. */
export class SealedWorkspaceError extends Error {
  override name = 'SealedWorkspaceError';
  readonly workspaceName: string;

  constructor(workspaceName: string) {
    super('the keys of this workspace are not on this machine');
    this.workspaceName = workspaceName;
  }
}

/** Folders whose files are replaced as a whole. */
const SWEPT = ['journal', 'keys', 'desk', 'archive', 'practice', 'recovered'];

/** An open workspace: its journal, what is derived from it, its keys and channels, and what runs by itself. */
export class Desk {
  readonly folder: string;
  readonly options: DeskOptions;
  readonly journal: Journal;
  readonly tables: MemoryTables;
  /** The desk as of any record. */
  readonly history: History;
  readonly keys: KeyStore;
  readonly seals: Seals;
  readonly texts: Texts;
  readonly guard: PassphraseGuard;
  readonly network: PracticeNetwork;
  readonly channels: ChannelRegistry;
  readonly drafts: DraftStore;
  readonly outbox: Outbox;
  readonly purge: Purge;
  readonly timers: Timers;
  readonly stamping: Stamping;
  readonly changes = new DeskChanges();
  readonly turns = new CommandTurns();
  readonly sent: SentCommands;
  /** All records by what an auditor looks for. */
  readonly log: LogIndex;
  readonly #saving: SnapshotSaving;
  readonly #loaded: LoadedTables;
  readonly #lock: WriterLock;
  #isClosed = false;

  private constructor(options: DeskOptions, { lock, keys, journal, snapshots, loaded }: DeskParts) {
    const { folder, storage, clock } = options;
    this.options = options;
    this.folder = folder;
    this.#lock = lock;
    this.keys = keys;
    this.journal = journal;
    this.#saving = new SnapshotSaving({ journal, snapshots, loaded, onFault: options.onFault });
    this.#loaded = loaded;
    const { tables } = loaded;
    this.tables = tables;
    const evidence = new EvidenceStore(join(folder, 'evidence'), storage);
    this.seals = new Seals(keys, evidence, {
      ownerOf: (kid) => tables.keyOwners.get(kid),
      isErased: (customer) => isErased(tables.erasures.get(customer)),
    });
    this.texts = new Texts({ journal, seals: this.seals, tables });
    this.sent = new SentCommands({ journal, tables });
    this.log = new LogIndex(journal, () => clock.monotonic());
    this.guard = new PassphraseGuard(join(folder, 'keys'), clock, storage);
    this.network = new PracticeNetwork(join(folder, 'practice'), storage);
    this.drafts = new DraftStore(join(folder, 'drafts'), storage);
    const usual = channelFactory({ keys, network: this.network });
    this.channels = new ChannelRegistry(options.channels?.(usual) ?? usual, (id) => tables.channels.get(id));
    const { drafts, channels } = this;
    this.purge = new Purge({ journal, tables, keys, evidence, drafts, channels, forget: () => this.#forget() });
    const context = { ...this.executeContext, onFault: options.onFault };
    const timers = new Timers({ ...context, policyInForce: () => this.policyInForce().content });
    this.timers = timers;
    this.outbox = new Outbox({
      ...context,
      channels: this.channels,
      watchClock: () => timers.watchClock(),
      onChange: () => this.changes.tell('outbox'),
    });
    this.history = new History({ desk: this, monotonic: () => clock.monotonic() });
    this.stamping = new Stamping({
      folder,
      storage,
      clock,
      journal,
      authority: () => this.stampAuthority(),
      onChange: () => this.changes.tell('timestamps'),
    });
    journal.follow((records) => this.#take(records));
    this.network.onChange(() => this.changes.tell('practice'));
  }

  /**
   * Opens a workspace, or says why not.
   * @throws RefusalError `NOT_FOUND`, `INVALID_INPUT` on a network drive, `READ_ONLY`, `STORAGE_FULL`, `WORKSPACE_IN_USE`, `DATA_TOO_NEW`, `JOURNAL_INCONSISTENT`
   * @throws SealedWorkspaceError when this machine cannot open its keys
   */
  static async open(options: DeskOptions): Promise<Desk> {
    const { folder, storage, machine, clock } = options;
    const file = readWorkspaceFile(folder, storage);
    if (!file) throw new RefusalError(refuse('NOT_FOUND', 'noWorkspace', { folder }));
    refuseNetworkFolder(folder, options.mounts);
    const lock = takeWriterLock(join(folder, 'lock'));
    try {
      const keysFolder = join(folder, 'keys');
      const keys = KeyStore.open(keysFolder, machine, storage) ?? (await openKeysAsAdmin(keysFolder, options));
      if (!keys) throw new SealedWorkspaceError(file.name);
      for (const name of ['evidence', 'drafts', 'desk', 'archive', 'recovered']) {
        mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
      }
      for (const name of SWEPT) sweepFolder(join(folder, name), storage);
      const checkpointKey = keys.checkpointKey();
      const { journal, recovery } = await FileJournal.open({
        folder,
        storage,
        clock,
        signer: checkpointSigner(checkpointKey.privateKey, checkpointKey.publicKey),
        index: { path: join(folder, 'desk', 'index.db'), key: keys.derivedKey('index') },
        onProgress: options.onProgress,
        ...(options.segmentBytes === undefined ? {} : { segmentBytes: options.segmentBytes }),
      });
      const snapshots = new Snapshots({ folder, storage, journal, key: keys.derivedKey('snapshots') });
      const { onFault, onProgress } = options;
      const loaded = await loadTables({ journal, snapshots, onFault, onProgress }).catch((error: unknown) => {
        journal.close();
        throw error;
      });
      const desk = new Desk(options, { lock, keys, journal, snapshots, loaded });
      await ChannelRegistry.load([...desk.tables.channels.values()].map(({ kind }) => kind));
      desk.#finishErasures();
      if (recovery) await desk.#recordRecovery(recovery);
      if (options.runsByItself) desk.#run();
      return desk;
    } catch (error) {
      lock.release();
      const refusal = storageRefusal(error);
      throw refusal ? new RefusalError(refusal, { cause: error }) : error;
    }
  }

  get executeContext() {
    const { journal, seals, tables, turns } = this;
    return { journal, seals, tables, turns, clock: this.options.clock };
  }

  now(): Time {
    return toTime(this.options.clock.now());
  }

  /** A fresh id under a kind. */
  newId<Kind extends 'reply' | 'mention' | 'customer' | 'template' | 'person' | 'channel' | 'publication' | 'hold'>(
    kind: Kind,
  ): `${Kind}/${string}` {
    return `${kind}/${ulid(this.options.clock.now())}`;
  }

  /** The approved version of the policy, or the program's own as version 0. */
  policyInForce(): { version: number; content: PolicyContent } {
    return policyInForceIn(this.tables);
  }

  policyVersion(version: number): PolicyContent {
    return policyVersionIn(this.tables, version);
  }

  /** Who time-stamps the checkpoints, as the newest record on it says; `null` where nobody does. */
  stampAuthority(): StampAuthority | null {
    for (const seq of [...this.journal.placesOf('workspace')].reverse()) {
      const reading = readKnownRecord(this.journal.read(seq));
      if (reading.ok && reading.record.type === 'workspace.timestampingChanged') return reading.record.data.authority;
    }
    return null;
  }

  nameOf(person: PersonId): string {
    return nameIn(this.tables, person);
  }

  #run(): void {
    this.timers.start();
    this.stamping.start();
    this.outbox.wake();
  }

  #take(records: readonly JournalRecord[]): void {
    for (const record of records) {
      const reading = readDurable(record);
      if (reading.ok) this.#apply(reading.record);
    }
    if (records.some(({ type }) => type === 'subject.erased')) this.#finishErasures();
    this.changes.record(this.journal.size, records);
    if (this.options.runsByItself && records.some(({ subject }) => wakesOutbox(subject))) this.outbox.wake();
    this.#saving.soon();
  }

  #apply(record: KnownRecord): void {
    this.log.add(record);
    takeRecord(this.#loaded, record, this.options.onFault);
  }

  /** Does what an erasure that is on record left to do: just now, or before a crash. What fails is done at the next start. */
  #finishErasures(): void {
    if (this.journal.readOnly) return;
    for (const customer of this.purge.unfinished()) {
      try {
        this.purge.run(customer);
      } catch (error) {
        this.options.onFault(`${customer} is erased, but its files could not be removed`, error);
      }
    }
  }

  /** Drops words that are kept in memory. */
  #forget(): void {
    this.texts.forget();
    this.log.forget();
    this.sent.forget();
    this.history.forget();
  }

  async #recordRecovery(recovery: Recovery): Promise<void> {
    await executeCommand(
      {
        commandId: ulid(this.options.clock.now()),
        commander: { system: true },
        decide: () => ({
          drafts: [{ type: 'journal.recovered', subject: 'journal', by: { system: 'journal' }, data: recovery }],
          subject: 'journal',
        }),
      },
      this.executeContext,
    );
  }

  /** Writes snapshots of what the tables hold, now; a failure costs a slower start, nothing else. */
  saveSnapshot(): void {
    this.#saving.now({ isLast: false });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.history.forget();
    await this.stamping.stop();
    await this.timers.stop();
    await this.outbox.stop();
    await this.journal.settled();
    this.#saving.now({ isLast: true });
    this.#saving.close();
    this.journal.close();
    this.#lock.release();
    this.changes.close();
  }
}

const openKeysAsAdmin = async (keysFolder: string, options: DeskOptions): Promise<KeyStore | null> => {
  const { adminPassphrase, machine, storage } = options;
  if (adminPassphrase === undefined) return null;
  const keys = await KeyStore.openAsAdmin(keysFolder, adminPassphrase, machine, storage);
  keys?.trustMachine();
  return keys;
};

const wakesOutbox = (subject: Subject): boolean => ['reply', 'publication', 'publishing'].includes(kindOf(subject));
