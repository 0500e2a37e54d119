import { MANY_KINDS, ONE_KINDS } from '../identifiers.ts';

const DIGIT_TEXT = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = new Uint8Array(128);
for (const [value, digit] of [...DIGIT_TEXT].entries()) DIGITS[digit.charCodeAt(0)] = value;

const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(
  [...ONE_KINDS, ...MANY_KINDS].map((kind, index) => [kind, index]),
);

/** Length of a ULID in bytes. */
export const ULID_BYTES = 16;
/** Length of a subject as {@link packSubject} writes it. */
export const SUBJECT_BYTES = 1 + ULID_BYTES;

/** Writes the 128 bits of a ULID. Precondition: `text` from `start` on is one. */
export const packUlid = (text: string, start: number, target: Uint8Array, offset: number): void => {
  let bits = 0;
  let pending = 0;
  let place = offset;
  // Twenty-six digits of five bits hold 130: the two above the ULID's 128 are zero.
  for (let index = 0; index < 26; index += 1) {
    pending = (pending << 5) | (DIGITS[text.charCodeAt(start + index)] ?? 0);
    bits += index === 0 ? 3 : 5;
    if (bits >= 8) {
      bits -= 8;
      target[place] = pending >> bits;
      place += 1;
      pending &= (1 << bits) - 1;
    }
  }
};

/** The ULID that {@link packUlid} wrote. */
export const unpackUlid = (source: Uint8Array, offset: number): string => {
  let text = '';
  let bits = 2;
  let pending = 0;
  for (let index = 0; index < ULID_BYTES; index += 1) {
    pending = (pending << 8) | (source[offset + index] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += DIGIT_TEXT.charAt(pending >> bits);
      pending &= (1 << bits) - 1;
    }
  }
  return text;
};

/** Writes a subject of the journal: its kind and, of a kind of which there are many, its ULID. */
export const packSubject = (subject: string, target: Uint8Array): void => {
  const slash = subject.indexOf('/');
  target[0] = KIND_NUMBERS.get(slash < 0 ? subject : subject.slice(0, slash)) ?? 255;
  if (slash < 0) target.fill(0, 1, SUBJECT_BYTES);
  else packUlid(subject, slash + 1, target, 1);
};
