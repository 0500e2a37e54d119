import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ChannelInput } from '#workflows/contract/channel.contract.ts';
import { deskForTest } from './desk.fixture.ts';
import { whyRefused } from './refusal.ts';

const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';

let server: Server | null = null;

afterEach(() => server?.close());

/** A server on this machine that knows one account. @returns its address */
const serviceWithAccount = async (): Promise<string> => {
  const listening = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ did: DID, handle: 'acme.example', accessJwt: 'access', refreshJwt: 'refresh' }));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((listening.address() as AddressInfo).port)}`;
};

const account = (service: string): Extract<ChannelInput, { kind: 'bluesky' }> => ({
  kind: 'bluesky',
  name: 'Bluesky',
  identifier: 'acme.example',
  appPassword: 'abcd-efgh-ijkl-mnop',
  service,
  appView: '',
  directory: '',
  promise: { acknowledgeMinutes: 30, answerMinutes: 60 },
});

describe('a Bluesky account', () => {
  test('is kept with its server’s plain address, and without the addresses that were left empty', async () => {
    const desk = await deskForTest();
    const service = await serviceWithAccount();
    await desk.people.ada.desk.channel.add({ commandId: desk.command(), channel: account(`${service}/`) });
    const record = desk.records().at(-1);
    expect(record).toMatchObject({ type: 'channel.added', data: { account: DID, settings: { service } } });
    expect(Object.keys((record?.data as { settings: object }).settings)).toEqual(['service']);
    await desk.restart();
    const { channels } = await desk.people.ada.desk.channel.list();
    expect(channels.find(({ kind }) => kind === 'bluesky')).toMatchObject({
      problem: null,
      limits: { graphemes: 300 },
    });
  });

  test.each(['appView', 'directory'] as const)('is not added with an address of the %s that is none', async (field) => {
    const desk = await deskForTest();
    const service = await serviceWithAccount();
    const before = desk.size;
    const channel = { ...account(service), [field]: 'ftp://elsewhere.example' };
    expect(await whyRefused(desk.people.ada.desk.channel.add({ commandId: desk.command(), channel }))).toBe(
      'CHANNEL_REFUSED channelSettingsRefused',
    );
    expect(desk.size).toBe(before);
  });
});
