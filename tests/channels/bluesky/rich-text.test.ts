import { RichText } from '@atproto/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemInValue, type JsonObject } from '#workflows/journal/canonical.ts';
import { detectFacets, languagesOf, measurePost, segmentsOf } from '#main/channels/bluesky/rich-text.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const DIDS: Record<string, string> = { 'mara.test': 'did:plc:mara', 'samir.bsky.social': 'did:plc:samir' };
const didOf = (handle: string): Promise<string | null> => Promise.resolve(DIDS[handle] ?? null);

const facetsOf = (text: string): Promise<JsonObject[]> => detectFacets(text, didOf);
const piecesOf = async (text: string): Promise<string[]> => {
  const segments = segmentsOf({ text, facets: await facetsOf(text) });
  expect(segments.map((segment) => segment.text).join('')).toBe(text);
  return segments
    .filter(({ kind }) => kind !== 'text')
    .map(({ kind, text: piece, href }) => `${kind} ${piece} → ${href ?? ''}`);
};

describe('The length of a post', () => {
  it.each([
    ['nothing', '', 0, 0],
    ['a family of four', FAMILY, 1, 25],
    ['a skin tone and a profession', '👩🏽‍💻', 1, 15],
    ['a flag', '🇦🇹', 1, 8],
    ['a combining accent', 'e\u0301', 1, 3],
    ['many combining marks on one letter', `Z${'\u0351'.repeat(50)}`, 1, 101],
    ['Arabic', 'نأسف للإزعاج', 12, 23],
    ['Hangul syllables of jamo', '\u1112\u1161\u11ab', 1, 9],
    ['a line break of two characters', 'a\r\nb', 3, 4],
    ['Devanagari', 'नमस्ते', 3, 18],
  ])('counts graphemes and bytes as Bluesky does: %s', (_, text, graphemes, bytes) => {
    expect(measurePost(text)).toEqual({ graphemes, bytes, fits: true });
    expect(new RichText({ text })).toMatchObject({ graphemeLength: graphemes, length: bytes });
  });

  it('fits up to 300 graphemes', () => {
    expect(measurePost('ä'.repeat(300))).toEqual({ graphemes: 300, bytes: 600, fits: true });
    expect(measurePost('ä'.repeat(301))).toEqual({ graphemes: 301, bytes: 602, fits: false });
  });

  it('fits up to 3,000 bytes, however few graphemes they are', () => {
    expect(measurePost(FAMILY.repeat(120))).toEqual({ graphemes: 120, bytes: 3_000, fits: true });
    expect(measurePost(`${FAMILY.repeat(120)}!`)).toEqual({ graphemes: 121, bytes: 3_001, fits: false });
  });

  it('is that of the same text whether it is measured once or twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(measurePost(text)).toEqual(measurePost(text));
        expect(measurePost(text).bytes).toBe(Buffer.byteLength(text));
      }),
    );
  });
});

describe('What Bluesky links in a text', () => {
  it.each([
    ['an address', 'see https://example.com/a now', ['link https://example.com/a → https://example.com/a']],
    ['a bare domain', 'see example.com/a', ['link example.com/a → https://example.com/a']],
    [
      'an address before a full stop',
      'See https://example.com/a.',
      ['link https://example.com/a → https://example.com/a'],
    ],
    ['an address in brackets', '(see https://example.com/a)', ['link https://example.com/a → https://example.com/a']],
    [
      'an address with brackets of its own',
      'https://en.wikipedia.org/wiki/Bob_(a)',
      ['link https://en.wikipedia.org/wiki/Bob_(a) → https://en.wikipedia.org/wiki/Bob_(a)'],
    ],
    [
      'an address with a query and a fragment',
      'https://example.com/?a=b&c=%20d#e!',
      ['link https://example.com/?a=b&c=%20d#e → https://example.com/?a=b&c=%20d#e'],
    ],
    ['a file name that is no domain', 'open readme.txtx or v1.2', []],
    ['a tag', 'our #Störung today', ['tag #Störung → https://bsky.app/hashtag/St%C3%B6rung']],
    ['a tag with an emoji', `#ok${FAMILY.slice(0, 2)}`, ['tag #ok👨 → https://bsky.app/hashtag/ok%F0%9F%91%A8']],
    ['a tag before punctuation', '#wow!', ['tag #wow → https://bsky.app/hashtag/wow']],
    ['a number that is no tag', 'ticket #1234', []],
    ['a sign that is no tag', 'C# # #', []],
    ['a mention', 'hi @mara.test!', ['mention @mara.test → https://bsky.app/profile/did:plc:mara']],
    [
      'two mentions',
      '@mara.test @samir.bsky.social',
      [
        'mention @mara.test → https://bsky.app/profile/did:plc:mara',
        'mention @samir.bsky.social → https://bsky.app/profile/did:plc:samir',
      ],
    ],
    ['a handle that is nobody', 'hi @nobody.example.com', []],
    ['an e-mail address', 'write to help@example.com', []],
    [
      'what follows emoji and Arabic',
      `${FAMILY} عاد https://example.com/ä 🇦🇹 #fix`,
      ['link https://example.com/ä → https://example.com/ä', 'tag #fix → https://bsky.app/hashtag/fix'],
    ],
    ['a stock', 'buy $acme now', ['tag $acme → https://bsky.app/hashtag/%24ACME']],
  ])('%s', async (_, text, expected) => {
    expect(await piecesOf(text)).toEqual(expected);
  });

  it('is the same as by Bluesky’s own client', async () => {
    const text = `${FAMILY} @mara.test: https://example.com/a_(b)?c, #Störung (example.org), @samir.bsky.social`;
    const richText = new RichText({ text });
    richText.detectFacetsWithoutResolution();
    const expected = (richText.facets ?? []).map(({ index, features }) => ({
      index,
      features: features.map((feature) => ('did' in feature ? { ...feature, did: DIDS[feature.did] } : feature)),
    }));
    expect(expected).toHaveLength(5);
    expect(await facetsOf(text)).toEqual(expected);
  });

  it('counts places in bytes, as integers', async () => {
    const [facet] = await facetsOf(`ä${FAMILY} #x`);
    expect(facet).toEqual({
      index: { byteStart: 28, byteEnd: 30 },
      features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'x' }],
    });
  });

  it('drops a link that begins inside a tag, which clients would show differently', async () => {
    expect(await facetsOf('#see(example.com')).toHaveLength(1);
    expect(await piecesOf('#see(example.com')).toEqual([
      'tag #see(example.com → https://bsky.app/hashtag/see(example.com',
    ]);
  });

  it('passes on that a handle cannot be resolved just now', async () => {
    const failing = detectFacets('hi @mara.test', () => Promise.reject(new Error('no network')));
    await expect(failing).rejects.toThrow('no network');
  });

  it('looks for none in a text that is far too long, so that no text keeps the desk busy', async () => {
    expect(await facetsOf(`#a ${'x'.repeat(30_000)}`)).toEqual([]);
    const started = performance.now();
    await facetsOf(`#${'1'.repeat(29_990)}`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('gives, for any text, pieces that joined are the text, in JSON that the journal can hold', async () => {
    const word = fc.constantFrom(
      '@mara.test',
      'https://example.com/ä.',
      '#tag',
      '#',
      '@',
      '(',
      ')',
      '\n',
      FAMILY,
      'e\u0301',
      'نأسف',
      '$abc',
      'example.org',
    );
    const text = fc
      .array(fc.oneof(word, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 20 })
      .map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const facets = await facetsOf(value);
        expect(problemInValue(facets)).toBeNull();
        expect(
          segmentsOf({ text: value, facets })
            .map((segment) => segment.text)
            .join(''),
        ).toBe(value);
      }),
    );
  });
});

describe('How a payload of another hand is shown', () => {
  const link = (uri: string, byteStart: number, byteEnd: number): JsonObject => ({
    index: { byteStart, byteEnd },
    features: [{ $type: 'app.bsky.richtext.facet#link', uri }],
  });

  it.each([
    ['a link that is no web address', { text: 'click', facets: [link('javascript:alert(1)', 0, 5)] }],
    ['a facet that cuts a letter in two', { text: 'äöü', facets: [link('https://example.com', 1, 3)] }],
    ['a facet beyond the text', { text: 'abc', facets: [link('https://example.com', 1, 99)] }],
    ['facets that are none', { text: 'abc', facets: ['x'] }],
    ['no facets', { text: 'abc' }],
  ])('shows the text, all of it: %s', (_, payload) => {
    const segments = segmentsOf(payload);
    expect(segments.map((segment) => segment.text).join('')).toBe(payload.text);
    expect(segments.every(({ href }) => href === null || href === 'https://example.com')).toBe(true);
  });

  it('shows nothing of what has no text', () => {
    expect(
      segmentsOf({})
        .map((segment) => segment.text)
        .join(''),
    ).toBe('');
  });
});

describe('The language of a post', () => {
  it.each([
    ['de', ['de']],
    ['de-AT', ['de-AT']],
    ['zh-Hant-TW', ['zh-Hant-TW']],
    ['', []],
    ['de_AT', []],
    ['not a language', []],
  ])('%j gives %j', (language, expected) => {
    expect(languagesOf(language)).toEqual(expected);
  });
});
