import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { makeSelfSignedCertificate } from './self-signed-certificate.ts';

/** A server on this machine that misbehaves on purpose. */
export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

const started = async (server: Server): Promise<LoopbackServer> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // A connection that this server or its client breaks is what the tests are about.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

export const httpServer = (listener: RequestListener): Promise<LoopbackServer> => started(createHttpServer(listener));

/** TLS with a certificate that nobody trusts. */
export const selfSignedServer = (): Promise<LoopbackServer> =>
  started(createTlsServer(makeSelfSignedCertificate(), (_, response) => response.end('{}')));

/** @param onData what becomes of a connection once a request has arrived */
export const rawServer = (onData: (socket: Socket) => void): Promise<LoopbackServer> =>
  started(
    createTcpServer((socket) => {
      socket.once('data', () => onData(socket));
    }),
  );

/** A port on which nothing listens. */
export const closedPort = async (): Promise<number> => {
  const server = await rawServer(() => undefined);
  await server.close();
  return server.port;
};
