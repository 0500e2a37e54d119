import { createHash } from 'node:crypto';
import { afterAll } from 'vitest';
import { httpServer, type LoopbackServer } from '../../channels/bluesky/loopback-servers.ts';

export const APP_PASSWORD = 'secr-etpa-sswo-rd42';

let service: Promise<LoopbackServer> | null = null;

afterAll(async () => {
  await (await service)?.close();
});

/** An account's id, the same whenever the same name signs in. */
const didOf = (identifier: string): string =>
  `did:plc:${createHash('sha256')
    .update(identifier)
    .digest('hex')
    .replaceAll(/[^a-f2-7]/g, 'a')
    .slice(0, 24)}`;

const start = (): Promise<LoopbackServer> =>
  httpServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const { identifier, password } = JSON.parse(body) as { identifier: string; password: string };
      const isRight = password === APP_PASSWORD;
      response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          isRight
            ? { did: didOf(identifier), handle: identifier, accessJwt: 'access', refreshJwt: 'refresh' }
            : { error: 'AuthenticationRequired', message: 'Invalid identifier or password' },
        ),
      );
    });
  });

/** Origin of a server on this machine where any account signs in by one app password. */
export const blueskyService = async (): Promise<string> => {
  service ??= start();
  return `http://127.0.0.1:${String((await service).port)}`;
};
