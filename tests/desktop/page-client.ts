import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { DeskClient } from '#workflows/contract/contract.ts';

// Bundled and run in the page by the specs, as the renderer's own client is.

/** Hands one end of a new channel to the preload. */
export const offerPort = (): MessagePort => {
  const { port1, port2 } = new MessageChannel();
  window.postMessage('countersign:connect', window.location.origin, [port2]);
  port1.start();
  return port1;
};

/** The desk, over a port that the preload has been offered. */
export const clientOf = (port: MessagePort): DeskClient => createORPCClient(new RPCLink({ port }));
