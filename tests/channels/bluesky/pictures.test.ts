import { describe, expect, it } from 'vitest';
import {
  channelOn,
  connectionReset,
  CUSTOMER,
  KEY,
  refIn,
  STRANGER,
  xrpcError,
  type FakeHandler,
} from './fake-network.ts';
import { ADDRESS, BLOB, POST, VIEW, showing } from './capture-routes.ts';
import { threadView } from './thread-views.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n picture', 'latin1');

describe('The pictures of a captured post', () => {
  const image = (cid: string, alt = ''): Record<string, unknown> => ({
    alt,
    image: { $type: 'blob', ref: { $link: cid }, mimeType: 'image/png', size: 10 },
  });
  const cids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `bafkrei${letter.repeat(52)}`);
  const [first = '', second = ''] = cids;
  const images = (list: readonly unknown[]): unknown => ({ $type: 'app.bsky.embed.images', images: list });
  const capturePictures = async (embed: unknown, blob: FakeHandler = () => new Response(PNG)) => {
    const { adapter, network } = channelOn({
      [VIEW]: showing(threadView({ ...POST, record: { embed } })),
      [BLOB]: blob,
    });
    const { pictures } = await adapter.capture(ADDRESS);
    return { pictures, blobs: network.calls.filter(({ name }) => name === 'com.atproto.sync.getBlob') };
  };

  it('come from the author’s own server', async () => {
    const { pictures, blobs } = await capturePictures(images([image(first, 'A screen'), image(second)]));
    expect(pictures).toEqual([
      { bytes: PNG, mediaType: 'image/png', alt: 'A screen' },
      { bytes: PNG, mediaType: 'image/png', alt: '' },
    ]);
    expect(blobs.map(({ host, parameters }) => [host, parameters])).toEqual([
      ['home.example', { did: CUSTOMER, cid: first }],
      ['home.example', { did: CUSTOMER, cid: second }],
    ]);
  });

  it.each([
    ['beside a quoted post', { $type: 'app.bsky.embed.recordWithMedia', record: {}, media: images([image(first)]) }],
    ['in a gallery', { $type: 'app.bsky.embed.gallery', items: [image(first)] }],
    ['in the spelling of old posts', images([{ alt: '', image: { cid: first, mimeType: 'image/png' } }])],
    ['beside damaged ones', images([{}, 5, { alt: '', image: { ref: { $link: '../../x' } } }, image(first)])],
  ])('are found %s', async (_, embed) => {
    expect((await capturePictures(embed)).blobs.map(({ parameters }) => parameters.cid)).toEqual([first]);
  });

  it.each([
    ['a link card', { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com' } }],
    ['a quoted post', { $type: 'app.bsky.embed.record', record: refIn(STRANGER, KEY) }],
    ['what is nothing', 'images'],
  ])('are none in %s', async (_, embed) => {
    const { pictures, blobs } = await capturePictures(embed);
    expect([pictures, blobs]).toEqual([[], []]);
  });

  it('are at most four', async () => {
    expect((await capturePictures(images(cids.map((cid) => image(cid))))).pictures).toHaveLength(4);
  });

  it.each([
    ['image/jpeg', Buffer.from('\xff\xd8\xff\xe0', 'latin1')],
    ['image/gif', Buffer.from('GIF89a')],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1')],
    ['image/avif', Buffer.from('\0\0\0\x1cftypavif', 'latin1')],
  ])('are %s by their first bytes, whatever the server calls them', async (mediaType, bytes) => {
    const blob: FakeHandler = () => new Response(bytes, { headers: { 'content-type': 'text/html' } });
    expect((await capturePictures(images([image(first)]), blob)).pictures).toMatchObject([{ mediaType }]);
  });

  it.each([
    ['is a page', () => new Response('<html>', { headers: { 'content-type': 'image/png' } })],
    ['is a drawing that may hold scripts', () => new Response('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['is empty', () => new Response('')],
    ['is too large', () => new Response(Buffer.concat([PNG, Buffer.alloc(2_000_000)]))],
    ['is not there', () => xrpcError(400, 'BlobNotFound')],
    ['comes with an error', () => new Response(PNG, { status: 500 })],
    ['lies on another host', () => new Response(null, { status: 302, headers: { location: 'https://10.0.0.1/' } })],
    ['does not come', () => Promise.reject(connectionReset())],
  ])('leave one out that %s, and keep the post', async (_, spoilt) => {
    const blob: FakeHandler = ({ parameters }) => (parameters.cid === first ? spoilt() : new Response(PNG));
    const { pictures } = await capturePictures(images([image(first), image(second, 'kept')]), blob);
    expect(pictures.map(({ alt }) => alt)).toEqual(['kept']);
  });

  it('are left out while the author’s server is unknown', async () => {
    const { adapter } = channelOn({
      [VIEW]: showing(threadView({ ...POST, record: { embed: images([image(first)]) } })),
      [`plc.example /${CUSTOMER}`]: () => Promise.reject(connectionReset()),
    });
    expect((await adapter.capture(ADDRESS)).pictures).toEqual([]);
  });
});
