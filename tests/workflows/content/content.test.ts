import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  captureHashOf,
  captureSchema,
  contentHashOf,
  contentSchema,
  type Capture,
  type Content,
} from '#workflows/content/content.ts';
import { NotCanonicalError } from '#workflows/journal/canonical.ts';
import { hashOf, START, ulidOf } from '../cast.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const CRYPTO = { sha256 };
const hexOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const SALT = 'AAECAwQFBgcICQoLDA0ODw==';
const CHANNEL = `channel/${ulidOf('C')}` as const;

const CONTENT: Content = {
  salt: SALT,
  operation: 'reply',
  channel: CHANNEL,
  account: 'did:plc:acme',
  target: { uri: 'at://ann/post/1', cid: 'bafy1' },
  captureHash: hashOf(7),
  language: 'de',
  payload: { text: 'Grüße “an” Sie\n€ 5 \u0001 \u2028 👋🏽 \\ /', reply: { root: null }, langs: ['de'] },
};

/** Written out by hand after RFC 8785: members in order, only what must be escaped is. */
const CONTENT_TEXT =
  '{"account":"did:plc:acme",' +
  `"captureHash":"${'0'.repeat(63)}7",` +
  `"channel":"channel/${'0'.repeat(25)}C",` +
  '"language":"de","operation":"reply",' +
  '"payload":{"langs":["de"],"reply":{"root":null},"text":"Grüße “an” Sie\\n€ 5 \\u0001 \u2028 👋🏽 \\\\ /"},' +
  '"salt":"AAECAwQFBgcICQoLDA0ODw==",' +
  '"target":{"cid":"bafy1","uri":"at://ann/post/1"}}';

describe('the hash of a content', () => {
  test('is the SHA-256 of its RFC 8785 text', () => {
    expect(contentHashOf(CONTENT, CRYPTO)).toBe(hexOf(CONTENT_TEXT));
  });

  test('is the one that another program computed', () => {
    // Python: hashlib.sha256(text.encode()).hexdigest() over the text above.
    expect(contentHashOf(CONTENT, CRYPTO)).toBe('1a2eb4f372b891c26d82928d6988ca0573bc2ad042cf4be6107b6e22d7c3cb50');
  });

  test('does not depend on the order in which members were set', () => {
    const turned = Object.fromEntries(Object.entries(CONTENT).reverse()) as unknown as Content;
    expect(contentHashOf(turned, CRYPTO)).toBe(contentHashOf(CONTENT, CRYPTO));
  });

  test.each<[keyof Content, unknown]>([
    ['salt', 'AAECAwQFBgcICQoLDA0OEA=='],
    ['operation', 'correct'],
    ['channel', `channel/${ulidOf('D')}`],
    ['account', 'did:plc:other'],
    ['target', { uri: 'at://ann/post/1', cid: 'bafy2' }],
    ['captureHash', hashOf(8)],
    ['language', 'de-AT'],
    ['payload', { ...CONTENT.payload, text: 'Grüße' }],
  ])('covers the %s', (member, value) => {
    const changed = { ...CONTENT, [member]: value };
    expect(contentSchema.safeParse(changed).success).toBe(true);
    expect(contentHashOf(changed, CRYPTO)).not.toBe(contentHashOf(CONTENT, CRYPTO));
  });

  test('covers every member that a content has', () => {
    expect(Object.keys(contentSchema.shape).sort()).toEqual(Object.keys(CONTENT).sort());
  });

  test('tells apart what looks alike: another Unicode form is another content', () => {
    const composed = { ...CONTENT, payload: { text: 'é' } };
    const decomposed = { ...CONTENT, payload: { text: 'e\u0301' } };
    expect(contentHashOf(composed, CRYPTO)).not.toBe(contentHashOf(decomposed, CRYPTO));
  });

  test('is not made of what has no canonical form', () => {
    const withPayload = (text: unknown) =>
      contentHashOf({ ...CONTENT, payload: { text } as Content['payload'] }, CRYPTO);
    expect(() => withPayload(0.5)).toThrow(NotCanonicalError);
    expect(() => withPayload('\ud800')).toThrow(NotCanonicalError);
  });

  test('is the same again for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const content = { ...CONTENT, payload: { text } };
        const restored = JSON.parse(JSON.stringify(content)) as Content;
        expect(contentHashOf(restored, CRYPTO)).toBe(contentHashOf(content, CRYPTO));
      }),
    );
  });
});

describe('a content', () => {
  test.each([
    ['an empty salt', { salt: '' }],
    ['a salt of 15 bytes', { salt: Buffer.alloc(15).toString('base64') }],
    ['an operation that does not exist', { operation: 'delete' }],
    ['a payload that is a list', { payload: [] }],
    ['no target at all', { target: null }],
    ['a member that nobody knows', { createdAt: START }],
  ])('cannot have %s', (_, change) => {
    expect(contentSchema.safeParse({ ...CONTENT, ...change }).success).toBe(false);
  });
});

const CAPTURE: Capture = {
  salt: SALT,
  channel: CHANNEL,
  post: {
    id: 'at://ann/post/1',
    address: null,
    author: { id: 'did:plc:ann', handle: 'ann.test', name: 'Ann' },
    text: 'Where is my parcel?',
    at: START,
    language: 'en',
  },
  thread: [],
  pictures: [{ hash: hashOf(5), mediaType: 'image/png', alt: '', bytes: 12 }],
  target: { uri: 'at://ann/post/1' },
  source: 'channel',
};

describe('the hash of a capture', () => {
  test('is the SHA-256 of its RFC 8785 text', () => {
    const literal =
      `{"channel":"channel/${'0'.repeat(25)}C",` +
      `"pictures":[{"alt":"","bytes":12,"hash":"${'0'.repeat(63)}5","mediaType":"image/png"}],` +
      '"post":{"address":null,"at":"2026-03-02T09:00:00.000Z",' +
      '"author":{"handle":"ann.test","id":"did:plc:ann","name":"Ann"},' +
      '"id":"at://ann/post/1","language":"en","text":"Where is my parcel?"},' +
      '"salt":"AAECAwQFBgcICQoLDA0ODw==","source":"channel","target":{"uri":"at://ann/post/1"},"thread":[]}';
    expect(captureSchema.safeParse(CAPTURE).success).toBe(true);
    expect(captureHashOf(CAPTURE, CRYPTO)).toBe(hexOf(literal));
  });

  test('covers the picture and the thread', () => {
    const others: Capture[] = [
      { ...CAPTURE, pictures: [] },
      { ...CAPTURE, thread: [CAPTURE.post] },
      { ...CAPTURE, source: 'byHand' },
    ];
    const hashes = [CAPTURE, ...others].map((capture) => captureHashOf(capture, CRYPTO));
    expect(new Set(hashes).size).toBe(4);
  });
});
