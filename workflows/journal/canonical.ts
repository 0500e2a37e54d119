import canonicalize from 'canonicalize';
import { utf8 } from './bytes.ts';

/** A value that the journal can hold: JSON whose numbers are integers. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Deepest nesting that a record may have; the record itself is level 1. */
export const MAX_DEPTH = 32;

/** Thrown for a value that has no canonical form in the journal. */
export class NotCanonicalError extends Error {
  override name = 'NotCanonicalError';
}

/**
 * Why a parsed value may not stand in the journal, or `null`.
 * Numbers are integers of magnitude below 2^53 (and not minus zero), strings have no lone surrogates,
 * no member is named `__proto__`, nesting is at most {@link MAX_DEPTH}. Precondition: `value` came from
 * `JSON.parse` or is built of plain objects and arrays.
 */
export const problemInValue = (value: unknown, depth = 1): string | null => {
  switch (typeof value) {
    case 'boolean':
      return null;
    case 'number':
      if (!Number.isSafeInteger(value)) return 'a number is not an integer of magnitude below 2^53';
      return Object.is(value, -0) ? 'a number is minus zero' : null;
    case 'string':
      return value.isWellFormed() ? null : 'a string has a lone surrogate';
    case 'object':
      break;
    default:
      return `a ${typeof value} is no JSON value`;
  }
  if (value === null) return null;
  if (depth > MAX_DEPTH) return `nesting is deeper than ${String(MAX_DEPTH)} levels`;
  if (Array.isArray(value)) {
    for (const item of value) {
      const problem = problemInValue(item, depth + 1);
      if (problem) return problem;
    }
    return null;
  }
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') return 'a member is named __proto__';
    if (!name.isWellFormed()) return 'a member name has a lone surrogate';
    const problem = problemInValue(member, depth + 1);
    if (problem) return problem;
  }
  return null;
};

/**
 * Whether JSON's own form of a value is its RFC 8785 form: members are in order, strings well-formed, and all of it is plain.
 * What was read from the journal is so; anything doubtful is not.
 */
const isInOrder = (value: unknown, depth = 1): boolean => {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isSafeInteger(value);
    case 'boolean':
      return true;
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isInOrder(item, depth + 1)) return false;
    return true;
  }
  if (isDoubtful(value)) return false;
  let before = '';
  for (const name of Object.keys(value)) {
    // By UTF-16 code units, as RFC 8785 section 3.2.3 orders them.
    if (name < before || !name.isWellFormed()) return false;
    if (!isInOrder(value[name as keyof typeof value], depth + 1)) return false;
    before = name;
  }
  return true;
};

const isDoubtful = (value: object): boolean =>
  'toJSON' in value || value instanceof String || value instanceof Number || value instanceof Boolean;

/** Text that JSON writes as it stands, between quotes. */
const IS_PLAIN_TEXT = /^[ !#-[\]-~]*$/;

/** The names of members are few and come again and again. */
const quotedNames = new Map<string, string>();
const MAX_QUOTED_NAMES = 1000;

const quotedName = (name: string): string => {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const quoted = canonicalize(name) ?? '';
  if (quotedNames.size < MAX_QUOTED_NAMES) quotedNames.set(name, quoted);
  return quoted;
};

/** The text of what was written out of order, such as a record that the program has just put together. */
const orderedText = (value: unknown, depth = 1): string | undefined => {
  if (typeof value === 'string') return IS_PLAIN_TEXT.test(value) ? `"${value}"` : canonicalize(value);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || isDoubtful(value)) return canonicalize(value);
  if (Array.isArray(value)) return `[${value.map((item) => orderedText(item, depth + 1) ?? 'null').join(',')}]`;
  let text = '';
  for (const name of Object.keys(value).sort()) {
    const member = orderedText(value[name as keyof typeof value], depth + 1);
    if (member !== undefined) text += `${text === '' ? '' : ','}${quotedName(name)}:${member}`;
  }
  return `{${text}}`;
};

/**
 * Whether the text is the RFC 8785 form of what `JSON.parse` made of it, and that may stand in the journal: what canonical
 * records are. `false` says only that {@link problemInValue} and {@link canonicalText} have to be asked.
 */
export const isPlainlyCanonical = (value: unknown, text: string): boolean =>
  isInOrder(value) && JSON.stringify(value) === text && !text.includes('__proto__');

/** The RFC 8785 text of a value. Members that are `undefined` are left out, as JSON does. */
export const canonicalText = (value: unknown): string => {
  const text = isInOrder(value) ? JSON.stringify(value) : orderedText(value);
  if (text === undefined) throw new NotCanonicalError('the value has no JSON form');
  return text;
};

/**
 * The RFC 8785 bytes of a value that passes {@link problemInValue}.
 * @throws NotCanonicalError when it does not
 */
export const canonicalBytes = (value: unknown): Uint8Array<ArrayBuffer> => {
  const problem = problemInValue(value);
  if (problem) throw new NotCanonicalError(problem);
  return utf8(canonicalText(value));
};

/**
 * Whether the JSON text nests deeper than allowed, found by one pass over the text, so that hostile
 * nesting reaches neither the parser nor a recursion.
 */
export const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
};

/** Place of the quote that ends a string which begins at `start`, or beyond the text's end when none does. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
};
