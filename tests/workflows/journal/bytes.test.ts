import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  toBase64,
  toHex,
  utf8,
} from '#workflows/journal/bytes.ts';
import { hashLeaf, hashLeafText } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';

const byteArrays = fc.uint8Array({ maxLength: 200 });

describe('base64', () => {
  it('is what Node writes, for any bytes', () => {
    fc.assert(fc.property(byteArrays, (bytes) => toBase64(bytes) === Buffer.from(bytes).toString('base64')));
  });

  it('comes back as the same bytes', () => {
    fc.assert(
      fc.property(byteArrays, (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('accepts exactly the texts that Node re-encodes to themselves', () => {
    const nearlyBase64 = fc.string({ unit: fc.constantFrom(...'AQgw/+=-_ \nz9'), maxLength: 12 });
    fc.assert(
      fc.property(nearlyBase64, (text) => {
        const bytes = Buffer.from(text, 'base64');
        expect(fromBase64(text)).toEqual(bytes.toString('base64') === text ? new Uint8Array(bytes) : null);
      }),
      { numRuns: 20_000 },
    );
  });

  it('accepts exactly the canonical ones among all quads of a small alphabet', () => {
    const letters = [...'ABQgw/=-é\0'];
    for (const a of letters)
      for (const b of letters)
        for (const c of letters)
          for (const d of letters) {
            const text = a + b + c + d;
            const isCanonical = Buffer.from(text, 'base64').toString('base64') === text;
            expect(fromBase64(text) !== null, JSON.stringify(text)).toBe(isCanonical);
          }
  });

  it.each([
    ['padding is missing', 'QQ'],
    ['one padding character is missing', 'QQ='],
    ['there is too much padding', 'QUI=='],
    ['the text is padding alone', '===='],
    ['padding stands inside', 'QQ==QUJD'],
    ['the bits behind the last byte are not zero', 'QR=='],
    ['the bits behind the last two bytes are not zero', 'QUJ='],
    ['the alphabet is the URL-safe one', '-_-_'],
    ['there is white space', 'QUJD\n'],
    ['a character lies beyond the alphabet', 'QUJ\u{141}'],
  ])('is refused where %s', (_why, text) => {
    expect(fromBase64(text)).toBeNull();
  });

  it('of nothing is the empty text', () => {
    expect(fromBase64('')).toEqual(new Uint8Array());
    expect(toBase64(new Uint8Array())).toBe('');
  });
});

describe('UTF-8', () => {
  it('comes back as the same text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fromUtf8(utf8(text)) === text));
  });

  it('keeps a byte order mark', () => {
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\u{feff}A');
  });

  it.each([
    ['a byte that never occurs', [0xff]],
    ['a lone continuation byte', [0x80]],
    ['a sequence that is cut off', [0xe2, 0x82]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong NUL', [0xc0, 0x80]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['a code point beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ])('refuses %s', (_what, bytes) => {
    expect(fromUtf8(Uint8Array.from(bytes))).toBeNull();
  });
});

describe('text', () => {
  it('becomes the bytes that Node gives it, short and long, in any script', () => {
    const texts = [
      '',
      'a',
      'Grüße 🧺',
      'x'.repeat(32_768),
      '世'.repeat(32_768),
      '🧺'.repeat(16_384),
      '世'.repeat(70_000),
    ];
    for (const text of texts) expect(utf8(text)).toEqual(new Uint8Array(Buffer.from(text)));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => Buffer.compare(utf8(text), Buffer.from(text)) === 0),
    );
  });

  it('is hashed as its bytes are, and as a leaf too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(nodeCrypto.sha256Text(text)).toEqual(nodeCrypto.sha256(utf8(text)));
        expect(hashLeafText(text, nodeCrypto)).toEqual(hashLeaf(utf8(text), nodeCrypto));
      }),
    );
  });

  it('of a leaf may be as long as a record, and longer', () => {
    for (const length of [65_535, 65_536, 70_000]) {
      const leaf = new Uint8Array(length).fill(97);
      expect(hashLeaf(leaf, nodeCrypto)).toEqual(nodeCrypto.sha256(concatBytes(Uint8Array.of(0), leaf)));
    }
  });
});

describe('hex', () => {
  it('is what Node writes, in lower case, and comes back', () => {
    fc.assert(
      fc.property(byteArrays, (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromHex(toHex(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });
});

describe('byte strings', () => {
  it('are joined in order', () => {
    fc.assert(
      fc.property(fc.array(byteArrays, { maxLength: 5 }), (parts) => {
        expect(concatBytes(...parts)).toEqual(new Uint8Array(Buffer.concat(parts)));
      }),
    );
  });

  it('are equal only when every byte and the length are', () => {
    fc.assert(fc.property(byteArrays, byteArrays, (a, b) => equalBytes(a, b) === (Buffer.compare(a, b) === 0)));
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  });
});
