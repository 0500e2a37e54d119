import { describe, expect, it } from 'vitest';
import { postSchema } from '#workflows/content/content.ts';
import { problemInValue } from '#workflows/journal/canonical.ts';
import { channelOn, CID, CUSTOMER, json, KEY, refIn, STRANGER, xrpcError } from './fake-network.ts';
import { ADDRESS, POST, STATUS, VIEW, captureOn, keyAt, reply, showing } from './capture-routes.ts';
import { threadView, type SomePost } from './thread-views.ts';

describe('Capturing by the AppView', () => {
  it('asks as the public does, without signing in', async () => {
    const { adapter, network } = channelOn({ [VIEW]: showing(threadView(POST)) });
    await adapter.capture(`https://bsky.app/profile/mara.test/post/${KEY}`);
    expect(network.calls).toHaveLength(1);
    expect(network.calls[0]).toMatchObject({
      token: null,
      parameters: { uri: `at://mara.test/app.bsky.feed.post/${KEY}`, depth: '0', parentHeight: '50' },
    });
  });

  it('takes text, author, time, language and target from what it shows', async () => {
    const above = threadView({
      did: STRANGER,
      key: '3jzfcijpj2z22',
      text: 'Same here',
      author: { handle: 'samir.test' },
    });
    const record = { langs: ['de', 'en'], ...reply('3jzfcijpj2z22', '3jzfcijpj2z22') };
    const captured = await captureOn({ [VIEW]: showing(threadView({ ...POST, record }, { parent: above })) });
    expect(captured).toEqual({
      post: {
        id: ADDRESS,
        address: `https://bsky.app/profile/${CUSTOMER}/post/${KEY}`,
        author: { id: CUSTOMER, handle: 'mara.test', name: 'Mara' },
        text: 'Nothing works.',
        at: '2026-11-22T15:00:00.000Z',
        language: 'de',
      },
      thread: [expect.objectContaining({ text: 'Same here', language: null })],
      pictures: [],
      target: { root: refIn(CUSTOMER, '3jzfcijpj2z22'), parent: { uri: ADDRESS, cid: CID } },
    });
  });

  it.each([
    ['2026-11-22T16:12:36+01:00', '2026-11-22T15:12:36.000Z'],
    ['2026-11-22T15:12:36.123456Z', '2026-11-22T15:12:36.123Z'],
    ['yesterday', '2026-11-22T15:00:01.000Z'],
    ['2026-02-30T00:00:00Z', '2026-11-22T15:00:01.000Z'],
    ['2026-11-22', '2026-11-22T15:00:01.000Z'],
    [1_795_360_356, '2026-11-22T15:00:01.000Z'],
    [undefined, '2026-11-22T15:00:01.000Z'],
  ])('writes the time %j as %s', async (createdAt, at) => {
    const { post } = await captureOn({ [VIEW]: showing(threadView({ ...POST, record: { createdAt } })) });
    expect(post.at).toBe(at);
  });

  it('takes the time from the key when nobody else tells it', async () => {
    const { post } = await captureOn({
      [VIEW]: showing(threadView({ ...POST, record: { createdAt: '' }, indexedAt: 'never' })),
    });
    expect(post.at).toBe('2023-06-30T15:03:01.887Z');
  });

  it('keeps at most fifty posts above, the oldest first', async () => {
    let parent: unknown = null;
    for (let index = 60; index > 0; index -= 1) {
      const above = { did: CUSTOMER, key: keyAt(index), text: `above ${String(index)}` };
      parent = threadView(above, parent === null ? {} : { parent });
    }
    const { thread } = await captureOn({ [VIEW]: showing(threadView(POST, { parent })) });
    expect(thread).toHaveLength(50);
    expect(thread.at(-1)?.text).toBe('above 1');
    expect(thread[0]?.text).toBe('above 50');
  });

  it.each([
    ['gone', { $type: 'app.bsky.feed.defs#notFoundPost', uri: ADDRESS, notFound: true }],
    ['blocked', { $type: 'app.bsky.feed.defs#blockedPost', uri: ADDRESS, blocked: true }],
    ['of another kind', { $type: 'app.bsky.feed.defs#newKind' }],
    ['damaged', threadView({ did: CUSTOMER, key: '3jzfcijpj2z22', record: { text: 5 } })],
  ])('ends the conversation below a post that is %s', async (_, top) => {
    const middle = threadView({ did: CUSTOMER, key: '3jzfcijpj2z23', text: 'middle' }, { parent: top });
    const { thread } = await captureOn({ [VIEW]: showing(threadView(POST, { parent: middle })) });
    expect(thread.map(({ text }) => text)).toEqual(['middle']);
  });

  it('leaves out of the conversation who shows themselves to signed-in people alone', async () => {
    const top = threadView({ did: CUSTOMER, key: '3jzfcijpj2z22', text: 'top' });
    const hidden = threadView(
      { did: STRANGER, key: '3jzfcijpj2z23', text: 'hidden', author: { labels: [{ val: '!no-unauthenticated' }] } },
      { parent: top },
    );
    const { thread } = await captureOn({ [VIEW]: showing(threadView(POST, { parent: hidden })) });
    expect(thread.map(({ text }) => text)).toEqual(['top']);
  });

  it.each([
    ['is labelled so', threadView({ ...POST, author: { labels: [{ val: 'x' }, { val: '!no-unauthenticated' }] } })],
    ['is blocked', { $type: 'app.bsky.feed.defs#blockedPost', uri: ADDRESS, blocked: true, author: { did: CUSTOMER } }],
  ])('takes a post for private that %s', async (_, thread) => {
    await expect(captureOn({ [VIEW]: showing(thread) })).rejects.toMatchObject({ problem: 'postPrivate' });
  });

  it.each([
    ['an error', () => xrpcError(400, 'NotFound', 'Post not found')],
    ['a view', showing({ $type: 'app.bsky.feed.defs#notFoundPost', uri: ADDRESS, notFound: true })],
  ])('says that a post is not there, told by %s', async (_, view) => {
    await expect(captureOn({ [VIEW]: view })).rejects.toMatchObject({ problem: 'postNotFound' });
    const closed = { [VIEW]: view, [STATUS]: () => json({ did: CUSTOMER, active: false, status: 'deactivated' }) };
    await expect(captureOn(closed)).rejects.toMatchObject({ problem: 'postPrivate' });
  });

  it('keeps what the journal can hold of hostile text', async () => {
    const hostile: SomePost = {
      ...POST,
      text: `\ud800${'x'.repeat(150_000)}`,
      author: { displayName: `  ${'n'.repeat(700)}\udfff`, handle: 'h'.repeat(400) },
      record: { langs: [7, 'de'], createdAt: {} },
    };
    const { post } = await captureOn({ [VIEW]: showing(threadView(hostile)) });
    expect(postSchema.parse(post)).toEqual(post);
    expect(problemInValue(post)).toBeNull();
    expect(post.language).toBeNull();
  });

  it.each([[['de_AT']], [['']], [[]], ['de'], [undefined]])('takes no language from %j', async (langs) => {
    const { post } = await captureOn({ [VIEW]: showing(threadView({ ...POST, record: { langs } })) });
    expect(post.language).toBeNull();
  });

  it('has no name for who has none', async () => {
    const { post } = await captureOn({ [VIEW]: showing(threadView({ ...POST, author: { displayName: '  ' } })) });
    expect(post.author.name).toBeNull();
  });
});
