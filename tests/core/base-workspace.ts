import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import { ulid } from 'ulid';
import { createRouter, noSample } from '#main/api/router.ts';
import { DeskHost } from '#main/core/desk-host.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { createWorkspace } from '#main/workspace/create-workspace.ts';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { ChannelId, PersonId } from '#workflows/identifiers.ts';
import { EVERYBODY, PASSPHRASE, ROSTER, type Who } from './roster.ts';
import { TestClock } from './test-clock.ts';

/** A workspace with everybody in it and one practice channel, made once and copied for each test. */
export interface BaseWorkspace {
  /** Holds `workspace/` and `home/`. */
  readonly root: string;
  readonly ids: Readonly<Record<Who, PersonId>>;
  readonly channel: ChannelId;
}

export const CHANNEL_HANDLE = 'acme.example';

export const clientOf = (host: DeskHost, sessionId: string): DeskClient =>
  createRouterClient(createRouter(noSample), { context: { host, sessionId } });

const addEverybody = async (host: DeskHost, clock: TestClock, ada: PersonId): Promise<Record<Who, PersonId>> => {
  const admin = clientOf(host, ada);
  const command = () => ulid(clock.now());
  const ids: [Who, PersonId][] = [['ada', ada]];
  for (const who of EVERYBODY.filter((name) => name !== 'ada')) {
    const { name, roles } = ROSTER[who];
    const { subject, code } = await admin.people.add({ commandId: command(), name, roles: [...roles] });
    const id = subject as PersonId;
    await clientOf(host, id).session.acceptInvitation({ code, passphrase: PASSPHRASE });
    await admin.people.registerKey({ commandId: command(), person: id });
    ids.push([who, id]);
  }
  return Object.fromEntries(ids) as Record<Who, PersonId>;
};

/** Makes the workspace through the contract, as people would. The caller removes `root`. */
export const makeBaseWorkspace = async (): Promise<BaseWorkspace> => {
  const root = mkdtempSync(join(tmpdir(), 'countersign-base-'));
  try {
    return await makeIn(root);
  } catch (error) {
    removeFolder(root);
    throw error;
  }
};

const makeIn = async (root: string): Promise<BaseWorkspace> => {
  const folder = join(root, 'workspace');
  const home = join(root, 'home');
  const clock = new TestClock();
  const machine = fileMachineSecret(join(home, 'machine.key'), diskStorage);
  const cost = PRACTICE_COST;
  const ada = await createWorkspace(
    { folder, name: 'Test desk', adminName: ROSTER.ada.name, passphrase: PASSPHRASE },
    { storage: diskStorage, clock, machine, cost },
  );
  const host = new DeskHost({ home, machine, cost, clock, logger: pino({ level: 'silent' }) });
  await host.open(folder);
  await clientOf(host, ada).session.signIn({ person: ada, passphrase: PASSPHRASE });
  const ids = await addEverybody(host, clock, ada);
  const { subject } = await clientOf(host, ada).channel.add({
    commandId: ulid(clock.now()),
    channel: {
      kind: 'sandbox',
      name: 'Practice',
      handle: CHANNEL_HANDLE,
      limits: { graphemes: 300, bytes: 3000 },
      promise: { acknowledgeMinutes: 30, answerMinutes: 60 },
    },
  });
  await host.shutDown();
  return { root, ids, channel: subject as ChannelId };
};

/** A copy that a test may write to. The caller removes its root. */
export const copyBaseWorkspace = (base: BaseWorkspace): string => {
  const root = mkdtempSync(join(tmpdir(), 'countersign-desk-'));
  cpSync(base.root, root, { recursive: true });
  return root;
};

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
