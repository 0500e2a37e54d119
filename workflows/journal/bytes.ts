const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

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
const BASE64_VALUES = new Map([...BASE64_ALPHABET].map((character, value) => [character.charCodeAt(0), value]));

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
 * Base64 to bytes, strictly: standard alphabet, padding present, and re-encoding gives the same text,
 * so that every byte string has one spelling. `null` otherwise.
 */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | null => {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let offset = 0;
  for (let index = 0; index < text.length; index += 4) {
    const last = index + 4 === text.length;
    let quad = 0;
    for (let place = 0; place < 4; place += 1) {
      const padded = last && place >= 4 - padding;
      const value = padded ? 0 : BASE64_VALUES.get(text.charCodeAt(index + place));
      if (value === undefined) return null;
      quad = (quad << 6) | value;
    }
    for (let shift = 16; shift >= 0 && offset < bytes.length; shift -= 8) {
      bytes[offset] = (quad >> shift) & 255;
      offset += 1;
    }
  }
  return toBase64(bytes) === text ? bytes : null;
};
