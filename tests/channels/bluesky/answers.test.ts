import { describe, expect, it } from 'vitest';
import { createTidSequence } from '#main/channels/bluesky/tid.ts';
import {
  ACCOUNT,
  channelOn,
  CID,
  connectionReset,
  CUSTOMER,
  json,
  KEY,
  refIn,
  STRANGER,
  uriIn,
  xrpcError,
  type FakeHandler,
  type FakeRoutes,
} from './fake-network.ts';
import { storedRecord, threadView, type SomePost } from './thread-views.ts';

const VIEW = 'view.example app.bsky.feed.getPostThread';
const LIST = 'home.example com.atproto.repo.listRecords';
const RECEIPT = { id: uriIn(ACCOUNT, KEY), revision: CID, address: null };
const ROOT = refIn(CUSTOMER, '3jzfcijpj2z22');

const after = Date.parse('2026-11-22T15:00:00Z');
const tid = createTidSequence(3);
const keyAt = (minutes: number): string => tid(new Date(after + minutes * 60_000));

/** A post that answers another one, so many minutes after ours. */
const answering = (did: string, parent: { uri: string; cid: string }, minutes: number, root = ROOT): SomePost => ({
  did,
  key: keyAt(minutes),
  record: { createdAt: new Date(after + minutes * 60_000).toISOString(), reply: { root, parent } },
});
const refOf = ({ did, key }: SomePost): { uri: string; cid: string } => refIn(did, key);
const OURS = refIn(ACCOUNT, KEY);

const answersOn = (routes: FakeRoutes): Promise<string[]> => channelOn(routes).adapter.answersTo(RECEIPT, CUSTOMER);
const listing =
  (...pages: readonly (readonly SomePost[])[]): FakeHandler =>
  ({ parameters: { cursor } }) => {
    const page = Number(cursor ?? '0');
    const records = (pages[page] ?? []).map(storedRecord);
    return json({ records, ...(page + 1 < pages.length ? { cursor: String(page + 1) } : {}) });
  };

const first = answering(CUSTOMER, OURS, 1);
const second = answering(CUSTOMER, OURS, 2);
const continued = answering(CUSTOMER, refOf(first), 3);
const ofAnother = answering(STRANGER, OURS, 4);
const belowAnother = answering(CUSTOMER, refOf(ofAnother), 5);
const elsewhere = answering(CUSTOMER, ROOT, 6);
const inOrder = [first, second, continued].map((post) => refOf(post).uri);

describe('What a customer has answered', () => {
  it('is read from the AppView: right below our post, and their own continuations', async () => {
    const thread = threadView(
      { did: ACCOUNT, key: KEY },
      {
        replies: [
          threadView(second),
          { $type: 'app.bsky.feed.defs#blockedPost', uri: 'x', blocked: true },
          'damaged',
          threadView(ofAnother, { replies: [threadView(belowAnother)] }),
          threadView(first, { replies: [threadView(continued)] }),
        ],
      },
    );
    const { adapter, network } = channelOn({ [VIEW]: () => json({ thread }) });
    expect(await adapter.answersTo(RECEIPT, CUSTOMER)).toEqual(inOrder);
    expect(network.calls).toHaveLength(1);
    expect(network.calls[0]).toMatchObject({ token: null, parameters: { uri: RECEIPT.id, parentHeight: '0' } });
  });

  it.each([
    ['cannot be reached', {}],
    ['does not know our post yet', { [VIEW]: () => xrpcError(400, 'NotFound') }],
    ['shows it as not found', { [VIEW]: () => json({ thread: { $type: 'app.bsky.feed.defs#notFoundPost' } }) }],
    ['fails', { [VIEW]: () => xrpcError(502, 'UpstreamFailure') }],
  ])('is read from the customer’s own posts where the AppView %s', async (_, routes) => {
    const posts = [elsewhere, belowAnother, continued, second, first, { did: CUSTOMER, key: keyAt(-1) }];
    expect(await answersOn({ ...routes, [LIST]: listing(posts) })).toEqual(inOrder);
  });

  it('is nothing where nobody has answered', async () => {
    expect(await answersOn({ [VIEW]: () => json({ thread: threadView({ did: ACCOUNT, key: KEY }) }) })).toEqual([]);
    expect(await answersOn({ [LIST]: listing([elsewhere]) })).toEqual([]);
  });

  it('is also what is below our other posts, where ours is the top of the thread', async () => {
    const ourSecond = refIn(ACCOUNT, '3jzfcijpj2z33');
    const answer = answering(CUSTOMER, ourSecond, 1, OURS);
    const toOthers = answering(CUSTOMER, refOf(ofAnother), 2, OURS);
    expect(await answersOn({ [LIST]: listing([toOthers, answer]) })).toEqual([refOf(answer).uri]);
  });

  it('does not take the posts of others that a server slips in, nor damaged ones', async () => {
    const slipped: FakeHandler = () =>
      json({
        records: [
          storedRecord(ofAnother),
          { ...storedRecord(second), value: { text: 5 } },
          storedRecord({ ...first, record: { reply: { root: ROOT } } }),
          storedRecord({ ...second, record: { reply: { root: ROOT, parent: { uri: 'x', cid: 'y' } } } }),
          storedRecord(continued),
        ],
      });
    expect(await answersOn({ [LIST]: slipped })).toEqual([]);
  });

  it('is looked for page by page, down to the posts that were made long before ours', async () => {
    const day = 24 * 60;
    const ours = refIn(ACCOUNT, createTidSequence(1)(new Date(after)));
    const madeAt = (minutes: number): string => createTidSequence(2)(new Date(after + minutes * 60_000));
    const pages = [
      [{ did: CUSTOMER, key: madeAt(50) }],
      [{ ...answering(CUSTOMER, ours, 2), key: madeAt(2) }],
      // A clock that is an hour behind.
      [{ ...answering(CUSTOMER, ours, 1), key: madeAt(-60) }],
      [{ did: CUSTOMER, key: madeAt(-3 * day) }],
      [{ ...answering(CUSTOMER, ours, 9), key: madeAt(-4 * day) }],
    ];
    const { adapter, network } = channelOn({ [LIST]: listing(...pages) });
    const answers = await adapter.answersTo({ ...RECEIPT, id: ours.uri }, CUSTOMER);
    expect(answers).toEqual([uriIn(CUSTOMER, madeAt(-60)), uriIn(CUSTOMER, madeAt(2))]);
    expect(network.names().filter((name) => name.endsWith('listRecords'))).toHaveLength(4);
  });

  it('is looked for on ten pages at most', async () => {
    let pages = 0;
    const endless: FakeHandler = () => {
      pages += 1;
      return json({ records: [storedRecord({ did: CUSTOMER, key: `self${String(pages)}` })], cursor: String(pages) });
    };
    expect(await answersOn({ [LIST]: endless })).toEqual([]);
    expect(pages).toBe(10);
  });

  it('is not known while nobody can be asked', async () => {
    await expect(answersOn({ [LIST]: () => Promise.reject(connectionReset()) })).rejects.toMatchObject({
      name: 'ChannelError',
      failure: 'interrupted',
      outcome: 'unknown',
    });
  });

  it('is asked for about posts and authors of Bluesky alone', async () => {
    const { adapter, network } = channelOn({});
    for (const [id, author] of [
      [uriIn(CUSTOMER, KEY), CUSTOMER],
      ['1234', CUSTOMER],
      [RECEIPT.id, 'mara.test'],
    ] as const) {
      await expect(adapter.answersTo({ ...RECEIPT, id }, author)).rejects.toMatchObject({ name: 'ChannelError' });
    }
    expect(network.calls).toEqual([]);
  });
});
