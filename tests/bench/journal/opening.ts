import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { createRouter, noSample } from '#main/api/router.ts';
import { DeskHost } from '#main/core/desk-host.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { ScriptedClock } from '#main/scripted/scripted-clock.ts';
import { PASSPHRASE } from '../bench-desk.ts';
import { timed } from '../control.ts';
import { forgetSnapshots, homeIn, machineIn, workspaceIn } from './generate-journal.ts';

export interface OpeningInput {
  readonly root: string;
  /** The clock to open it by, in milliseconds. */
  readonly now: number;
  readonly agent: PersonId;
  /** Everything derived is taken away first. */
  readonly isRebuilt: boolean;
}

/** A generated workspace that is open, with somebody at its screen. */
export interface OpenedWorkspace {
  readonly host: DeskHost;
  /** Milliseconds until a person sees their queue; signing in, slow on purpose, is not counted. */
  readonly usable: number;
}

/** Opens the workspace as the program does and asks for what the first screen shows. */
export const openWorkspace = async ({ root, now, agent, isRebuilt }: OpeningInput): Promise<OpenedWorkspace> => {
  if (isRebuilt) forgetSnapshots(workspaceIn(root));
  const host = new DeskHost({
    home: homeIn(root),
    machine: machineIn(root),
    clock: new ScriptedClock(now + 1000),
    cost: PRACTICE_COST,
    logger: pino({ level: 'silent' }),
  });
  const client: DeskClient = createRouterClient(createRouter(noSample), { context: { host, sessionId: 'bench' } });
  const opened = await timed(() => host.open(workspaceIn(root)));
  const { readOnly } = host.desk.journal;
  if (readOnly) throw new Error(`the generated journal is read-only: ${readOnly.message}`);
  await client.session.signIn({ person: agent, passphrase: PASSPHRASE });
  let items = 0;
  const shown = await timed(async () => {
    await client.desk.overview();
    items = (await client.reply.list({ queue: 'open' })).items.length;
  });
  if (items === 0) throw new Error('the queue of the generated workspace is empty');
  return { host, usable: opened + shown };
};

/** @returns milliseconds until the desk is usable */
export const measureOpening = async (input: OpeningInput): Promise<number> => {
  const { host, usable } = await openWorkspace(input);
  await host.shutDown();
  return usable;
};
