import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import { refuse, RefusalError, type Refusal } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { Clock } from '#workflows/time.ts';
import { systemClock } from './clock.ts';
import type { ChannelFactory } from '../channels/channel-registry.ts';
import type { MachineSecret } from '../keys/machine-secret.ts';
import { STRONG_COST, type PassphraseCost } from '../keys/passphrase.ts';
import type { OpeningProgress } from '../journal/opening-progress.ts';
import { PreferencesStore } from '../preferences/preferences-store.ts';
import { SAMPLE_PASSPHRASE } from '../sample/sample-passphrase.ts';
import { diskStorage, type Storage } from '../storage/storage.ts';
import { createWorkspace } from '../workspace/create-workspace.ts';
import { suggestedWorkspaceFolder } from '../workspace/home.ts';
import { readWorkspaceFile } from '../workspace/workspace-file.ts';
import { Desk, SealedWorkspaceError, type DeskOptions } from './desk.ts';
import { DeskChanges } from './desk-changes.ts';
import { openKey, PassphraseGuard, Sessions } from './sessions.ts';

/** What only some hosts can do. */
export interface HostCapabilities {
  /** Asks the person for a folder; absent where there is no such dialogue. */
  readonly chooseFolder?: () => Promise<string | null>;
  /** An address that signs one more browser in to this host, once. */
  readonly newLaunchAddress?: () => string;
}

export interface DeskHostOptions {
  /** Where this machine keeps what is its own. */
  readonly home: string;
  readonly machine: MachineSecret;
  readonly logger: Logger;
  readonly capabilities?: HostCapabilities;
  readonly storage?: Storage;
  readonly clock?: Clock;
  readonly cost?: PassphraseCost;
  readonly channels?: (usual: ChannelFactory) => ChannelFactory;
}

/** Makes the sample workspace in a folder that does not exist. */
export type SampleMaker = (
  folder: string,
  options: Omit<DeskOptions, 'folder' | 'runsByItself' | 'clock'>,
) => Promise<void>;

const IDLE_CHECK = 5_000;

/** A person gave up an opening that took long. */
class OpeningStoppedError extends Error {
  override name = 'OpeningStoppedError';
}

type Waiting = Extract<WorkspaceStatus, { state: 'none' }>['problem'];

/** One process of the program: the workspace that it has open, and everybody who is signed in to it. */
export class DeskHost {
  readonly options: DeskHostOptions;
  readonly sessions: Sessions;
  readonly preferences: PreferencesStore;
  readonly changes = new DeskChanges();
  readonly logger: Logger;
  readonly #clock: Clock;
  readonly #storage: Storage;
  readonly #unsealGuard: PassphraseGuard;
  readonly #idleTimer: NodeJS.Timeout;
  #desk: Desk | null = null;
  #sealed: { folder: string; name: string } | null = null;
  #problem: Waiting = null;
  /** An opening that takes long. */
  #opening: { readonly folder: string; readonly name: string; readonly progress: OpeningProgress } | null = null;
  #isOpeningStopped = false;
  #onLongOpening: (() => void) | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: DeskHostOptions) {
    this.options = options;
    this.logger = options.logger;
    this.#clock = options.clock ?? systemClock;
    this.#storage = options.storage ?? diskStorage;
    this.sessions = new Sessions(this.#clock);
    this.#unsealGuard = new PassphraseGuard(options.home, this.#clock, this.#storage);
    this.preferences = new PreferencesStore(options.home, this.#storage);
    this.sessions.onChange(() => this.changes.tell('session'));
    this.#idleTimer = setInterval(() => this.sessions.lockIdle((person) => this.idleMinutes(person)), IDLE_CHECK);
    this.#idleTimer.unref();
  }

  /** @throws RefusalError when no workspace is open */
  get desk(): Desk {
    if (!this.#desk) throw new RefusalError(refuse('UNAVAILABLE', 'noWorkspaceOpen'));
    return this.#desk;
  }

  get openDesk(): Desk | null {
    return this.#desk;
  }

  get sampleFolder(): string {
    return join(this.options.home, 'sample');
  }

  /** Minutes after which a person's session locks: their own choice, never longer than the policy's. */
  idleMinutes(person: PersonId): number {
    const policy = this.#desk?.policyInForce().content.idleLockMinutes ?? 15;
    return Math.min(policy, this.preferences.get(person).idleLockMinutes ?? policy);
  }

  status(): WorkspaceStatus {
    if (!this.#desk && this.#opening) return { state: 'opening', ...this.#opening };
    if (this.#sealed) {
      return { state: 'sealed', ...this.#sealed };
    }
    if (!this.#desk) {
      return {
        state: 'none',
        suggestedFolder: suggestedWorkspaceFolder(),
        recent: this.preferences.recent.filter(({ folder }) => existsSync(folder)),
        canChooseFolder: this.options.capabilities?.chooseFolder !== undefined,
        problem: this.#problem,
      };
    }
    const workspace = this.#desk.tables.workspace.get();
    const { readOnly } = this.#desk.journal;
    return {
      state: 'open',
      folder: this.#desk.folder,
      name: workspace?.name ?? '',
      isSample: workspace?.isSample ?? false,
      createdAt: workspace?.createdAt ?? this.#desk.now(),
      readOnly: readOnly ? { seq: readOnly.seq, code: readOnly.code, message: readOnly.message } : null,
    };
  }

  /** Opens a workspace in the place of the one that is open. @throws RefusalError; the one that was open stays open then */
  open(folder: string): Promise<void> {
    return this.#oneAtATime(() => this.#open(resolve(folder)));
  }

  /** Opens what was asked for on the command line; a failure is shown on the first screen instead of ending the program. */
  async openOrExplain(folder: string): Promise<void> {
    try {
      await this.open(folder);
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      this.#problem = { folder, reason: error.refusal.reason, values: plainValues(error.refusal) };
    }
  }

  create(
    input: { folder: string; name: string; adminName: string; passphrase: string },
    sessionId: string,
  ): Promise<void> {
    return this.#oneAtATime(async () => {
      const admin = await createWorkspace(input, this.#createContext());
      await this.#open(resolve(input.folder));
      this.sessions.signIn(sessionId, admin, await openKey(admin, input.passphrase, this.desk));
    });
  }

  /** Opens the practice desk; `makeSample` makes it where there is none, or anew. */
  openSample(fresh: boolean, makeSample: SampleMaker): Promise<void> {
    return this.#oneAtATime(async () => {
      const folder = this.sampleFolder;
      if (fresh || !existsSync(join(folder, 'journal'))) {
        if (this.#desk?.folder === folder) await this.#close();
        rmSync(folder, { recursive: true, force: true });
        await makeSample(folder, this.#deskOptions());
      }
      await this.#open(folder);
    });
  }

  /**
   * Opens a sealed workspace by an admin's passphrase and trusts this machine from then on.
   * @throws RefusalError for a wrong one, slowed after five
   */
  unseal(passphrase: string): Promise<void> {
    return this.#oneAtATime(async () => {
      if (!this.#sealed) throw new RefusalError(refuse('UNAVAILABLE', 'noWorkspaceOpen'));
      const { folder } = this.#sealed;
      this.#unsealGuard.check(folder);
      this.#unsealGuard.failed(folder);
      await this.#open(folder, passphrase);
      this.#unsealGuard.succeeded(folder);
    });
  }

  /** Ends when an opening has ended, or takes so long that it says how far it is. */
  async openedOrOpening(opened: Promise<unknown>): Promise<void> {
    const taking = new Promise<void>((resolve) => (this.#onLongOpening = resolve));
    await Promise.race([opened, taking]);
    this.#onLongOpening = null;
  }

  /** Gives up an opening that takes long; what was open before stays so. */
  async stopOpening(): Promise<void> {
    if (!this.#opening) return;
    this.#isOpeningStopped = true;
    await this.#queue;
  }

  close(): Promise<void> {
    return this.#oneAtATime(async () => {
      await this.#close();
      this.#sealed = null;
      this.#problem = null;
      this.changes.tell('workspace');
    });
  }

  /** Ends everything; the host is not used afterwards. */
  async shutDown(): Promise<void> {
    clearInterval(this.#idleTimer);
    await this.close();
    this.changes.close();
  }

  #oneAtATime<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = this.#queue.then(work, work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  #deskOptions(): Omit<DeskOptions, 'folder' | 'runsByItself' | 'clock'> {
    const { machine, cost = STRONG_COST, channels } = this.options;
    return {
      storage: this.#storage,
      machine,
      cost,
      preferences: this.preferences,
      onFault: (message, error) => this.logger.error({ error: (error as Error).message }, message),
      ...(channels ? { channels } : {}),
    };
  }

  #createContext() {
    const { machine, cost = STRONG_COST } = this.options;
    return { storage: this.#storage, clock: this.#clock, machine, cost };
  }

  async #open(folder: string, adminPassphrase?: string): Promise<void> {
    if (this.#desk?.folder === folder) return;
    const desk = await this.#openDesk(folder, adminPassphrase);
    if (!desk) return;
    await this.#close();
    this.#desk = desk;
    this.#sealed = null;
    this.#problem = null;
    desk.changes.subscribe(
      (change) => this.changes.forward(change),
      () => undefined,
    );
    this.preferences.remember(folder, desk.tables.workspace.get()?.name ?? folder);
    this.changes.tell('workspace');
  }

  /** @returns `null` when the workspace is sealed, or the opening was given up */
  async #openDesk(folder: string, adminPassphrase?: string): Promise<Desk | null> {
    this.#isOpeningStopped = false;
    try {
      return await Desk.open({
        ...this.#deskOptions(),
        folder,
        clock: this.#clock,
        runsByItself: true,
        onProgress: (progress) => this.#tellProgress(folder, progress),
        ...(adminPassphrase === undefined ? {} : { adminPassphrase }),
      });
    } catch (error) {
      if (error instanceof OpeningStoppedError) return null;
      if (!(error instanceof SealedWorkspaceError)) throw error;
      if (adminPassphrase !== undefined) throw new RefusalError(refuse('UNAUTHENTICATED', 'wrongPassphrase'));
      await this.#close();
      this.#sealed = { folder, name: error.workspaceName };
      this.changes.tell('workspace');
      return null;
    } finally {
      const wasShown = this.#opening !== null;
      this.#opening = null;
      if (wasShown) this.changes.tell('workspace');
    }
  }

  /** @throws OpeningStoppedError when a person gave it up */
  #tellProgress(folder: string, progress: OpeningProgress): void {
    if (this.#isOpeningStopped) throw new OpeningStoppedError();
    const name = this.#opening?.name ?? readWorkspaceFile(folder, this.#storage)?.name ?? folder;
    this.#opening = { folder, name, progress };
    this.#onLongOpening?.();
    this.changes.tell('workspace');
  }

  async #close(): Promise<void> {
    const desk = this.#desk;
    this.#desk = null;
    this.sessions.signOutAll();
    await desk?.close();
  }

  /** The sample's one passphrase while the sample is open; `null` otherwise. */
  get practicePassphrase(): string | null {
    return this.#desk?.tables.workspace.get()?.isSample ? SAMPLE_PASSPHRASE : null;
  }
}

const plainValues = ({ values }: Refusal): Record<string, string | number | string[]> => ({ ...values });
