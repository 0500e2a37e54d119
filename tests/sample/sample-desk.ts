import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { QueueItem, ReplyView } from '#workflows/contract/reply.contract.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { Role } from '#workflows/people/roles.ts';
import { createRouter, noSample } from '#main/api/router.ts';
import { DeskHost } from '#main/core/desk-host.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { makeSample } from '#main/sample/make-sample.ts';
import { SAMPLE_PASSPHRASE } from '#main/sample/sample-passphrase.ts';
import { ScriptedClock } from '#main/scripted/scripted-clock.ts';
import { diskStorage } from '#main/storage/storage.ts';

export interface Visitor {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly desk: DeskClient;
}

/** The sample as somebody finds it who opens it at `now`; its clock stands still there. */
export class SampleDesk {
  readonly host: DeskHost;
  readonly now: number;
  /** Milliseconds that the making took. */
  readonly took: number;
  readonly visitors: readonly Visitor[];
  readonly #home: string;

  private constructor(
    host: DeskHost,
    { now, took, home }: { now: number; took: number; home: string },
    visitors: Visitor[],
  ) {
    this.host = host;
    this.now = now;
    this.took = took;
    this.visitors = visitors;
    this.#home = home;
  }

  /** Makes and opens the sample as the first screen does, and signs everybody in. */
  static async open(now: number): Promise<SampleDesk> {
    const home = mkdtempSync(join(tmpdir(), 'countersign-sample-test-'));
    const host = new DeskHost({
      home,
      machine: fileMachineSecret(join(home, 'machine.key'), diskStorage),
      logger: pino({ level: 'silent' }),
      clock: new ScriptedClock(now),
      cost: PRACTICE_COST,
    });
    const start = performance.now();
    await host.openSample(false, (folder, options) => makeSample(folder, options, now));
    const took = performance.now() - start;
    const visitors: Visitor[] = [];
    for (const { id, name, roles } of [...host.desk.tables.people.values()]) {
      const desk: DeskClient = createRouterClient(createRouter(noSample), { context: { host, sessionId: id } });
      await desk.session.signIn({ person: id, passphrase: SAMPLE_PASSPHRASE });
      visitors.push({ id, name, roles, desk });
    }
    return new SampleDesk(host, { now, took, home }, visitors);
  }

  get folder(): string {
    return this.host.desk.folder;
  }

  inRole(role: Role): Visitor[] {
    return this.visitors.filter(({ roles }) => roles.includes(role));
  }

  /** Every reply, as the auditor sees it. */
  async items(): Promise<QueueItem[]> {
    const { reply } = this.inRole('auditor')[0]!.desk;
    const page = { offset: 0, limit: 200 };
    const lists = [await reply.list({ queue: 'open', page }), await reply.list({ queue: 'closed', page })];
    return lists.flatMap(({ items }) => items);
  }

  async views(): Promise<ReplyView[]> {
    const { reply } = this.inRole('auditor')[0]!.desk;
    return Promise.all((await this.items()).map(({ id }) => reply.get({ reply: id })));
  }

  records(): JournalRecord[] {
    const { journal } = this.host.desk;
    return Array.from({ length: journal.size }, (_, seq) => journal.read(seq));
  }

  /** Who did what when, without ids. */
  story(): string[] {
    return this.records().map(({ at, type, actor }) => {
      const who = 'person' in actor ? this.host.desk.nameOf(actor.person) : actor.system;
      return `${at} ${who} ${type}`;
    });
  }

  async dispose(): Promise<void> {
    await this.host.shutDown();
    rmSync(this.#home, { recursive: true, force: true });
  }
}
