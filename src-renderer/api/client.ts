import { createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { DeskClient } from '#workflows/contract/contract.ts';

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

/** The desk, over whichever transport this host has. */
export const client: DeskClient = createORPCClient(createLink());

/** Query options and keys of every procedure. */
export const desk = createTanstackQueryUtils(client);
