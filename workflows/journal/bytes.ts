const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Longer texts are rare. A character of a string takes three bytes at most. */
const scratch = new Uint8Array(3 * 32_768);

export const utf8 = (text: string): Uint8Array<ArrayBuffer> =>
  text.length * 3 <= scratch.length
    ? scratch.slice(0, encoder.encodeInto(text, scratch).written)
    : encoder.encode(text);

/** UTF-8 to text; `null` for bytes that are not UTF-8. A byte order mark is kept, not swallowed. */
export const fromUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
};

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
};

const HEX_DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += HEX_DIGITS[byte] ?? '';
  return text;
};

/** Lower-case hex to bytes. Precondition: an even number of hex digits. */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
};

const BASE64_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Six bits for every character code of the alphabet; 255 for all others. */
const BASE64_VALUES = new Uint8Array(128).fill(255);
for (let value = 0; value < 64; value += 1) BASE64_VALUES[BASE64_ALPHABET.charCodeAt(value)] = value;

const IS_BASE64_TEXT = /^[A-Za-z0-9+/]*={0,2}$/;

/** Standard alphabet with padding (RFC 4648 section 4). */
export const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1];
    const third = bytes[index + 2];
    text += BASE64_ALPHABET.charAt(first >> 2);
    text += BASE64_ALPHABET.charAt(((first & 3) << 4) | ((second ?? 0) >> 4));
    text += second === undefined ? '=' : BASE64_ALPHABET.charAt(((second & 15) << 2) | ((third ?? 0) >> 6));
    text += third === undefined ? '=' : BASE64_ALPHABET.charAt(third & 63);
  }
  return text;
};

/**
 * How many bytes a base64 text stands for; `null` unless it is strict: standard alphabet, padding present, and its unused bits
 * zero, so that every byte string has one spelling (RFC 4648 sections 3.5 and 4).
 */
export const base64Length = (text: string): number | null => {
  if (text.length % 4 !== 0 || !IS_BASE64_TEXT.test(text)) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const last = BASE64_VALUES[text.charCodeAt(text.length - 1 - padding)] ?? 0;
  const unused = padding === 2 ? 15 : padding === 1 ? 3 : 0;
  return (last & unused) === 0 ? (text.length / 4) * 3 - padding : null;
};

/** Base64 to bytes; `null` for what {@link base64Length} does not take. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | null => {
  const length = base64Length(text);
  if (length === null) return null;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (let index = 0; index < text.length; index += 4) {
    let quad = 0;
    for (let place = 0; place < 4; place += 1) {
      const value = BASE64_VALUES[text.charCodeAt(index + place)] ?? 255;
      // Padding stands for bits that are not there.
      quad = (quad << 6) | (value === 255 ? 0 : value);
    }
    for (let shift = 16; shift >= 0 && offset < length; shift -= 8) {
      bytes[offset] = (quad >> shift) & 255;
      offset += 1;
    }
  }
  return bytes;
};
