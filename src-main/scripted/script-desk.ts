import { createRouterClient } from '@orpc/server';
import pino, { type Logger } from 'pino';
import { ulid } from 'ulid';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { Role } from '#workflows/people/roles.ts';
import { createRouter, noSample } from '../api/router.ts';
import { DeskHost } from '../core/desk-host.ts';
import type { MachineSecret } from '../keys/machine-secret.ts';
import type { PassphraseCost } from '../keys/passphrase.ts';
import { createWorkspace } from '../workspace/create-workspace.ts';
import { diskStorage, type Storage } from '../storage/storage.ts';
import { ScriptedClock } from './scripted-clock.ts';

export interface ScriptOptions {
  readonly folder: string;
  /** Where the machine keeps its own; a temporary folder for a script. */
  readonly home: string;
  readonly name: string;
  readonly adminName: string;
  readonly passphrase: string;
  readonly isSample: boolean;
  readonly machine: MachineSecret;
  readonly cost: PassphraseCost;
  readonly start: number;
  readonly storage?: Storage;
  /** Where the program's own faults are told; nowhere without it. */
  readonly logger?: Logger;
}

/** A person of a script: signed in at a window of their own, asking through the contract like any screen. */
export interface Actor {
  readonly id: PersonId;
  readonly name: string;
  readonly desk: DeskClient;
}

/**
 * A workspace that a script makes and works on through the contract, under its own clock. Nothing is written but by
 * ordinary commands.
 */
export class ScriptDesk {
  readonly host: DeskHost;
  readonly clock: ScriptedClock;
  readonly admin: Actor;
  readonly #options: ScriptOptions;

  private constructor(host: DeskHost, clock: ScriptedClock, admin: Actor, options: ScriptOptions) {
    this.host = host;
    this.clock = clock;
    this.admin = admin;
    this.#options = options;
  }

  static async create(options: ScriptOptions): Promise<ScriptDesk> {
    const { folder, home, name, adminName, passphrase, isSample, machine, cost, storage = diskStorage } = options;
    const clock = new ScriptedClock(options.start);
    const id = await createWorkspace(
      { folder, name, adminName, passphrase, isSample },
      { storage, clock, machine, cost },
    );
    const host = new DeskHost({
      home,
      machine,
      cost,
      clock,
      storage,
      logger: options.logger ?? pino({ level: 'silent' }),
    });
    await host.open(folder);
    const admin = { id, name: adminName, desk: clientOf(host, id) };
    await admin.desk.session.signIn({ person: id, passphrase });
    return new ScriptDesk(host, clock, admin, options);
  }

  /** A fresh command id, of the script's time. */
  command(): string {
    return ulid(this.clock.now());
  }

  /** Adds a person as an admin does: invitation, acceptance, registration of the key. */
  async addPerson(name: string, roles: Role[]): Promise<Actor> {
    const { passphrase } = this.#options;
    const { subject, code } = await this.admin.desk.people.add({ commandId: this.command(), name, roles });
    const id = subject as PersonId;
    const desk = clientOf(this.host, id);
    await desk.session.acceptInvitation({ code, passphrase });
    await this.admin.desk.people.registerKey({ commandId: this.command(), person: id });
    return { id, name, desk };
  }

  /** Lets time pass; timers and outbox do what has become due. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.settle();
  }

  async moveTo(milliseconds: number): Promise<void> {
    this.clock.moveTo(milliseconds);
    await this.settle();
  }

  /** Does everything that is due now. */
  async settle(): Promise<void> {
    const { desk } = this.host;
    await desk.timers.tick();
    await desk.outbox.run();
    await desk.journal.settled();
  }

  async close(): Promise<void> {
    await this.host.shutDown();
  }
}

const clientOf = (host: DeskHost, sessionId: string): DeskClient =>
  createRouterClient(createRouter(noSample), { context: { host, sessionId } });
