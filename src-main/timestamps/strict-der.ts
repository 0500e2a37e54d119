/** A value of ASN.1 in its one distinguished encoding (X.690 section 10). */
export interface DerValue {
  /** The identifier octet: class, whether it is constructed, number. */
  readonly tag: number;
  /** All of it, with tag and length. */
  readonly whole: Uint8Array;
  /** The content octets. */
  readonly content: Uint8Array;
  /** What a constructed value holds. */
  readonly children: readonly DerValue[];
}

export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific 0 and 1, constructed. */
  context0: 0xa0,
  context1: 0xa1,
} as const;

const CONSTRUCTED = 0x20;
const DEEPEST = 32;

/** What is no DER: another encoding of the value, or bytes that belong to nothing. */
class NotDerError extends Error {
  override name = 'NotDerError';
}

const isContent = (tag: number, content: Uint8Array): boolean => {
  const [first = 0, second = 0] = content;
  if (tag === DER.boolean) return content.length === 1 && (first === 0 || first === 0xff);
  if (tag === DER.integer) {
    const isPadded = content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    return content.length > 0 && !isPadded;
  }
  if (tag === DER.null) return content.length === 0;
  return true;
};

/** Universal types that are always primitive in DER, or always constructed. */
const isForm = (tag: number): boolean => {
  if (tag >= 0x40) return true;
  const number = tag & 0x1f;
  return number !== 0 && (number === 0x10 || number === 0x11) === ((tag & CONSTRUCTED) !== 0);
};

const readAll = (bytes: Uint8Array, depth: number): DerValue[] => {
  const values: DerValue[] = [];
  for (let place = 0; place < bytes.length;) {
    const { value, end } = readOne(bytes, place, depth);
    values.push(value);
    place = end;
  }
  return values;
};

const readOne = (bytes: Uint8Array, start: number, depth: number): { value: DerValue; end: number } => {
  const tag = bytes[start] ?? 0;
  const first = bytes[start + 1];
  if (first === undefined || depth > DEEPEST || (tag & 0x1f) === 0x1f || !isForm(tag)) throw new NotDerError();
  let length = first;
  let place = start + 2;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    const head = bytes.subarray(place, place + octets);
    // 0x80 alone is BER's open end; a leading zero, or a long form for what fits the short one, a second spelling.
    if (octets === 0 || octets > 4 || head.length < octets || head[0] === 0) throw new NotDerError();
    length = head.reduce((sum, octet) => sum * 256 + octet, 0);
    if (length < 0x80) throw new NotDerError();
    place += octets;
  }
  const end = place + length;
  if (end > bytes.length) throw new NotDerError();
  const content = bytes.subarray(place, end);
  if (!isContent(tag, content)) throw new NotDerError();
  const children = (tag & CONSTRUCTED) === 0 ? [] : readAll(content, depth + 1);
  return { value: { tag, whole: bytes.subarray(start, end), content, children }, end };
};

/**
 * Reads one value that fills the bytes. Hostile input.
 * @returns `null` for anything that is not in its distinguished encoding: other lengths, an open end, a value in pieces,
 * something behind it
 */
export const readDer = (bytes: Uint8Array): DerValue | null => {
  try {
    const { value, end } = readOne(bytes, 0, 0);
    return end === bytes.length ? value : null;
  } catch (error) {
    if (error instanceof NotDerError) return null;
    throw error;
  }
};

/** Dotted form of an object identifier's content; empty for what is none. */
export const oidOf = (value: DerValue | undefined): string => {
  if (value?.tag !== DER.oid || value.content.length === 0) return '';
  const arcs: bigint[] = [];
  let arc = 0n;
  let isOpen = false;
  for (const octet of value.content) {
    if (!isOpen && octet === 0x80) return '';
    arc = arc * 128n + BigInt(octet & 0x7f);
    isOpen = octet >= 0x80;
    if (isOpen) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  const top = first < 80n ? first / 40n : 2n;
  return isOpen ? '' : [top, first - top * 40n, ...rest].join('.');
};
