import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RichText } from '@atproto/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { ChannelAdapter } from '#main/channels/channel-adapter.ts';
import { createBlueskyChannel, signInToBluesky } from '#main/channels/bluesky/bluesky-channel.ts';
import { describeChannelConformance } from '../channels/channel-conformance.ts';
import { INSTALL_TIMEOUT, startPds, type Pds } from './pds/ensure-pds.ts';

/** The smallest PNG: one transparent pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let pds: Pds;
let adapter: ChannelAdapter;

const adapterWith = (options: Partial<Parameters<typeof createBlueskyChannel>[0]> = {}): ChannelAdapter =>
  createBlueskyChannel({
    service: pds.service,
    // The PDS has no AppView behind it and says so, as any server does whose AppView is down.
    appView: pds.service,
    directory: pds.directory,
    identifier: pds.accounts.company.handle,
    appPassword: pds.companyAppPassword,
    account: pds.accounts.company.did,
    ...options,
  });

const keyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** Addresses of a port on which nothing listens. */
const closedAddress = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return `http://127.0.0.1:${String(port)}`;
};

const reply = async (text: string): Promise<{ payload: JsonObject; key: string }> => {
  const { target } = await adapter.capture(pds.posts.complaint.uri);
  const { payload } = await adapter.render({ text, language: 'en', target, corrects: null });
  return { payload: adapter.complete(payload, new Date()), key: adapter.newKey(new Date()) ?? '' };
};

beforeAll(async () => {
  pds = await startPds();
  adapter = adapterWith();
}, INSTALL_TIMEOUT);

afterAll(async () => {
  await pds.stop();
});

describeChannelConformance('Bluesky, on a real PDS,', () => ({
  adapter,
  customerPost: {
    address: pds.posts.complaint.uri,
    text: 'And nobody answers the phone. 👩🏽‍💻 \u00e9 = e\u0301? https://example.com/status #outage',
    author: pds.accounts.customer.did,
    above: [
      'Eure Störungsseite sagt „alles grün“ – bei mir geht seit 7 Uhr nichts mehr 😡 Straße Ä/ö/ü',
      'عندي نفس المشكلة منذ الصباح 👨‍👩‍👧‍👦 😤',
    ],
  },
  missingAddress: `at://${pds.accounts.customer.did}/app.bsky.feed.post/3jzfcijpj2z2a`,
  answer: async (receipt, text) => {
    const { value } = await pds.record('company', receipt.id);
    const root = (value as { reply: { root: { uri: string; cid: string } } }).reply.root;
    const parent = { uri: receipt.id, cid: receipt.revision ?? '' };
    return (await pds.post({ account: 'customer', text, reply: { root, parent } })).uri;
  },
  countOurs: async (text) => {
    const records = await Promise.all((await pds.records('company')).map((uri) => pds.record('company', uri)));
    return records.filter(({ value }) => value.text === text).length;
  },
}));

describe('Signing in to a real PDS', () => {
  it('tells whose account the credentials are of', async () => {
    const { did, handle } = pds.accounts.company;
    const signedIn = await signInToBluesky({
      service: `${pds.service}/`,
      identifier: ` @${handle.toUpperCase()}\u2069`,
      appPassword: pds.companyAppPassword,
    });
    expect(signedIn).toEqual({ did, handle, service: pds.service });
  });

  it('refuses a wrong app password, finally and without naming it', async () => {
    const attempt = signInToBluesky({
      service: pds.service,
      identifier: pds.accounts.company.handle,
      appPassword: 'wrong-wrong-wrong-wrong',
    });
    await expect(attempt).rejects.toMatchObject({
      failure: 'signInRefused',
      outcome: 'nothingMade',
      isFinal: true,
      message: expect.not.stringContaining('wrong-') as string,
    });
  });

  it('is offline where nothing listens', async () => {
    const service = await closedAddress();
    await expect(signInToBluesky({ service, identifier: 'a.test', appPassword: 'b' })).rejects.toMatchObject({
      failure: 'offline',
      outcome: 'nothingMade',
    });
  });

  it('sends nothing by credentials of another account', async () => {
    const other = adapterWith({ account: pds.accounts.customer.did });
    const { payload, key } = await reply('Under a wrong name.');
    await expect(other.publish(payload, key)).rejects.toMatchObject({
      failure: 'signInRefused',
      outcome: 'nothingMade',
    });
  });

  it('refuses to publish once the app password is revoked', async () => {
    const appPassword = await pds.appPassword('company', 'short-lived');
    const revoked = adapterWith({ appPassword });
    const first = await reply('Before.');
    await revoked.publish(first.payload, first.key);
    await pds.revokeAppPassword('company', 'short-lived');
    const fresh = adapterWith({ appPassword });
    const second = await reply('After.');
    await expect(fresh.publish(second.payload, second.key)).rejects.toMatchObject({
      failure: 'signInRefused',
      outcome: 'nothingMade',
      isFinal: true,
    });
    expect(await fresh.find(second.payload, second.key)).toBeNull();
  });
});

describe('Capturing from a real PDS', () => {
  it('reads the same post by its web address, with the author as the directory knows them', async () => {
    const { customer } = pds.accounts;
    const key = keyOf(pds.posts.complaint.uri);
    const byUri = await adapter.capture(pds.posts.complaint.uri);
    expect(await adapter.capture(`https://bsky.app/profile/${customer.handle}/post/${key}?ref=x`)).toEqual(byUri);
    expect(await adapter.capture(`https://bsky.app/profile/${customer.did}/post/${key}`)).toEqual(byUri);
    expect(byUri.post).toMatchObject({
      id: pds.posts.complaint.uri,
      address: `https://bsky.app/profile/${customer.did}/post/${key}`,
      author: { id: customer.did, handle: customer.handle, name: 'Mara Ólafsdóttir 🌋' },
      language: 'en',
    });
    expect(byUri.thread.map(({ author }) => author.handle)).toEqual([customer.handle, 'samir.test']);
    expect(byUri.thread.map(({ language }) => language)).toEqual(['de', 'ar']);
    expect(byUri.target).toEqual({ root: pds.posts.root, parent: pds.posts.complaint });
  });

  it('reads it too where no AppView can be reached', async () => {
    const alone = adapterWith({ appView: await closedAddress() });
    expect(await alone.capture(pds.posts.complaint.uri)).toEqual(await adapter.capture(pds.posts.complaint.uri));
  });

  it('gives a post without a thread as its own root', async () => {
    const { thread, target } = await adapter.capture(pds.posts.root.uri);
    expect(thread).toEqual([]);
    expect(target).toEqual({ root: pds.posts.root, parent: pds.posts.root });
  });

  it('brings the pictures as they are, with their descriptions', async () => {
    const picture = { base64: PIXEL, mediaType: 'image/png', alt: 'Ein leerer Bildschirm' };
    const { uri } = await pds.post({ account: 'secondCustomer', text: 'Look', pictures: [picture, picture] });
    const { pictures } = await adapter.capture(uri);
    expect(pictures.map(({ mediaType, alt }) => ({ mediaType, alt }))).toEqual([
      { mediaType: 'image/png', alt: 'Ein leerer Bildschirm' },
      { mediaType: 'image/png', alt: 'Ein leerer Bildschirm' },
    ]);
    expect(Buffer.from(pictures[0]?.bytes ?? []).toString('base64')).toBe(PIXEL);
  });

  it('writes the time of a post in the spelling of the journal', async () => {
    const { uri } = await pds.post({
      account: 'customer',
      text: 'Early',
      createdAt: '2026-03-29T03:30:00.5+02:00',
    });
    expect((await adapter.capture(uri)).post.at).toBe('2026-03-29T01:30:00.500Z');
  });

  it('ends the conversation below a post that is gone', async () => {
    const top = await pds.post({ account: 'secondCustomer', text: 'top' });
    const middle = await pds.post({ account: 'customer', text: 'middle', reply: { root: top, parent: top } });
    const last = await pds.post({ account: 'customer', text: 'last', reply: { root: top, parent: middle } });
    await pds.deletePost('secondCustomer', top.uri);
    const { thread, target } = await adapter.capture(last.uri);
    expect(thread.map(({ text }) => text)).toEqual(['middle']);
    expect(target).toEqual({ root: top, parent: last });
  });

  it('does not find a post of an account that does not exist, or of a handle that is nobody', async () => {
    for (const address of [
      'at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3jzfcijpj2z2a',
      'https://bsky.app/profile/nobody.test/post/3jzfcijpj2z2a',
    ]) {
      await expect(adapter.capture(address)).rejects.toMatchObject({ problem: 'postNotFound' });
    }
  });

  it('takes a closed account, and one that shows itself to signed-in people alone, for private', async () => {
    await pds.openAccount('shy', 'shy.test');
    const shy = await pds.post({ account: 'shy', text: 'Not for everyone' });
    await pds.describe('shy', { name: 'Shy', isForSignedInOnly: true });
    await expect(adapterWith().capture(shy.uri)).rejects.toMatchObject({ problem: 'postPrivate' });

    await pds.openAccount('closing', 'closing.test');
    const closing = await pds.post({ account: 'closing', text: 'Good bye' });
    await pds.closeAccount('closing');
    await expect(adapter.capture(closing.uri)).rejects.toMatchObject({ problem: 'postPrivate' });
  });

  it('leaves posts that are not for everyone out of the conversation', async () => {
    const reserved = await pds.openAccount('reserved', 'reserved.test');
    const top = await pds.post({ account: 'customer', text: 'for all' });
    const hidden = await pds.post({ account: 'reserved', text: 'for some', reply: { root: top, parent: top } });
    const last = await pds.post({ account: 'customer', text: 'for all again', reply: { root: top, parent: hidden } });
    await pds.describe('reserved', { name: 'Reserved', isForSignedInOnly: true });
    const { thread } = await adapterWith().capture(last.uri);
    expect(thread.map(({ text }) => text)).toEqual(['for all']);
    expect(JSON.stringify(thread)).not.toContain(reserved.did);
  });
});

describe('Publishing on a real PDS', () => {
  it('puts exactly the text, the facets and the time into the thread of the customer', async () => {
    const text = 'Hi @mara.test and @nobody.test, 👩🏽‍💻 see https://example.com/ä?x=1, bitte. #Störung';
    const { payload, key } = await reply(text);
    const receipt = await adapter.publish(payload, key);
    expect(receipt.id).toBe(`at://${pds.accounts.company.did}/app.bsky.feed.post/${key}`);
    expect(receipt.address).toBe(`https://bsky.app/profile/${pds.accounts.company.did}/post/${key}`);

    const { value, cid } = await pds.record('company', receipt.id);
    expect(cid).toBe(receipt.revision);
    expect(value).toEqual(payload);
    expect(value).toMatchObject({ text, langs: ['en'], reply: { root: pds.posts.root, parent: pds.posts.complaint } });
    const shown = [...new RichText({ text, facets: value.facets as never }).segments()];
    expect(shown.filter((segment) => segment.facet).map((segment) => segment.text)).toEqual([
      '@mara.test',
      'https://example.com/ä?x=1',
      '#Störung',
    ]);
    expect(shown.find((segment) => segment.isMention())?.mention?.did).toBe(pds.accounts.customer.did);
    // Whoever reads the thread from our post upwards comes to the customer's.
    const { thread } = await adapter.capture(receipt.id);
    expect(thread.at(-1)?.id).toBe(pds.posts.complaint.uri);
  });

  it('says of a second attempt under the same key that it may have made something', async () => {
    const { payload, key } = await reply('Same key.');
    await adapter.publish(payload, key);
    await expect(adapter.publish(payload, key)).rejects.toMatchObject({ failure: 'serverError', outcome: 'unknown' });
  });

  it('neither overwrites nor hides another post that is at its key', async () => {
    const { payload, key } = await reply('What is public.');
    const receipt = await adapter.publish(payload, key);
    const other = { ...payload, text: 'What somebody else wanted.' };
    await expect(adapter.publish(other, key)).rejects.toMatchObject({ outcome: 'unknown' });
    expect((await adapter.read(receipt))?.text).toBe('What is public.');
    await expect(adapter.find(other, key)).rejects.toMatchObject({
      failure: 'refused',
      outcome: 'unknown',
      isFinal: true,
      message: expect.stringContaining('another post') as string,
    });
  });

  it('reads what was changed behind its back', async () => {
    const { payload, key } = await reply('As approved.');
    const receipt = await adapter.publish(payload, key);
    await pds.overwrite('company', receipt.id, { ...payload, text: 'As tampered with.' });
    expect(await adapter.read(receipt)).toEqual({
      payload: { ...payload, text: 'As tampered with.' },
      text: 'As tampered with.',
    });
  });

  it('finds and reads without signing in', async () => {
    const { payload, key } = await reply('Public for everyone.');
    const receipt = await adapter.publish(payload, key);
    const lockedOut = adapterWith({ appPassword: 'no-longer-valid' });
    expect(await lockedOut.find(payload, key)).toEqual(receipt);
    expect((await lockedOut.read(receipt))?.payload).toEqual(payload);
  });

  it('corrects by an answer to what it corrects, in the same thread', async () => {
    const { payload, key } = await reply('Open until eight.');
    const corrects = await adapter.publish(payload, key);
    const { target } = await adapter.capture(pds.posts.complaint.uri);
    const correction = await adapter.render({ text: 'Until nine.', language: 'en', target, corrects });
    expect(correction.payload).toMatchObject({
      reply: { root: pds.posts.root, parent: { uri: corrects.id, cid: corrects.revision } },
    });
  });

  it('finds an author’s answers to us and their continuations, not what they told others', async () => {
    const { payload, key } = await reply('Which number?');
    const receipt = await adapter.publish(payload, key);
    const { root } = pds.posts;
    const ours = { uri: receipt.id, cid: receipt.revision ?? '' };
    const first = await pds.post({ account: 'customer', text: '1234', reply: { root, parent: ours } });
    const more = await pds.post({ account: 'customer', text: 'and 5', reply: { root, parent: first } });
    await pds.post({ account: 'secondCustomer', text: 'mine is 9', reply: { root, parent: ours } });
    await pds.post({ account: 'customer', text: 'to Samir', reply: { root, parent: pds.posts.middle } });
    expect(await adapter.answersTo(receipt, pds.accounts.customer.did)).toEqual([first.uri, more.uri]);
  });
});
