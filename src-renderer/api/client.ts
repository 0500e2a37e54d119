import { createORPCClient, ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { DeskClient } from '#workflows/contract/contract.ts';
import { toTime } from '#workflows/time.ts';
import { checkpointStore } from '../witness/kept-checkpoints.ts';
import { RefusedJournalError, Witness } from '../witness/witness.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload; absent in a browser. */
    readonly countersign?: {
      readonly host: 'desktop';
      readonly platform: string;
      /** Calls back with what is chosen in the menu. @returns stops listening */
      onMenu?(listener: (command: string) => void): () => void;
    };
  }
}

export const isDesktop = (): boolean => window.countersign?.host === 'desktop';

/** Hands one end of a message channel to the preload, which hands it to the program. */
const connectPort = (): MessagePort => {
  const { port1, port2 } = new MessageChannel();
  window.postMessage('countersign:connect', window.location.origin, [port2]);
  port1.start();
  return port1;
};

const createLink = () =>
  isDesktop()
    ? new MessagePortLink({ port: connectPort() })
    : new FetchLink({
        url: `${window.location.origin}/rpc`,
        // A foreign page cannot send this header without being asked first: it tells our page from others.
        headers: { 'x-countersign': '1' },
      });

const isCommand = (input: unknown): boolean => typeof input === 'object' && input !== null && 'commandId' in input;

/** Whether what is sent may be signed; asked before every command. */
const mayAct = async (): Promise<void> => {
  try {
    await witness.mayAct();
  } catch (error) {
    if (!(error instanceof RefusedJournalError)) throw error;
    const data = { reason: 'journalRefusedHere', values: {}, retryable: false, correlationId: '' };
    throw new ORPCError('JOURNAL_INCONSISTENT', { data, cause: error });
  }
};

const link = createLink();

/** Sends nothing that would be signed to a desk whose journal this client refuses. */
const watchedLink: ClientLink<ClientContext> = {
  call: async (path, input, options) => {
    if (isCommand(input)) await mayAct();
    return link.call(path, input, options);
  },
};

/** The desk, over whichever transport this host has. */
export const client: DeskClient = createORPCClient(watchedLink);

/** Storage may be forbidden altogether. */
const pageStorage = (): Storage | null => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

/** Keeps checkpoints of the desk's journal, and refuses one that does not continue them. */
export const witness = new Witness({
  ask: (input) => client.journal.consistency(input),
  store: checkpointStore(pageStorage()),
  crypto: async () => (await import('../witness/browser-crypto.ts')).browserCrypto,
  now: () => toTime(Date.now()),
});

/** Query options and keys of every procedure. */
export const desk = createTanstackQueryUtils(client);
