import { concatBytes, equalBytes, fromBase64, toBase64, toHex, utf8 } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';

/** C2SP signed-note: the algorithm byte of Ed25519. */
const ED25519 = 1;

/** A key that verifies signed notes, `<name>+<hash>+<base64(0x01 || key)>` in text. */
export interface NoteKey {
  readonly name: string;
  /** First four bytes of SHA-256(name || LF || 0x01 || key). */
  readonly id: Uint8Array;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** What is signed, with its last LF. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const isKeyName = (name: string): boolean => name !== '' && !/[\s\u0085+]/u.test(name) && name.isWellFormed();

export const noteKey = (name: string, publicKey: Uint8Array, { sha256 }: Pick<CryptoPort, 'sha256'>): NoteKey => ({
  name,
  publicKey,
  id: sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey)).slice(0, 4),
});

/** C2SP vkey text of a key, without LF. */
export const formatNoteKey = (key: NoteKey): string =>
  `${key.name}+${toHex(key.id)}+${toBase64(concatBytes(Uint8Array.of(ED25519), key.publicKey))}`;

/** Reads a C2SP vkey; `null` when it is malformed, of another algorithm, or its hash is not its own. */
export const parseNoteKey = (text: string, crypto: Pick<CryptoPort, 'sha256'>): NoteKey | null => {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text);
  if (!match) return null;
  const [, name = '', hash = '', encoded = ''] = match;
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== ED25519) return null;
  const key = noteKey(name, bytes.slice(1), crypto);
  return toHex(key.id) === hash ? key : null;
};

/** Joins a note's text (ending in LF) with its signatures. */
export const formatSignedNote = (note: SignedNote): string =>
  `${note.text}\n${note.signatures
    .map(({ name, id, signature }) => `— ${name} ${toBase64(concatBytes(id, signature))}\n`)
    .join('')}`;

/** The format forbids every control character but LF. */
const hasForbiddenControl = (source: string): boolean => {
  for (let index = 0; index < source.length; index += 1) {
    const code = source.charCodeAt(index);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
};

/** Reads a C2SP signed note; `null` when it is malformed. Hostile input. */
export const parseSignedNote = (source: string): SignedNote | null => {
  if (source.length > 1_000_000) return null;
  if (hasForbiddenControl(source)) return null;
  const split = source.lastIndexOf('\n\n');
  if (split < 0 || !source.endsWith('\n')) return null;
  const text = source.slice(0, split + 1);
  const lines = source.slice(split + 2, -1).split('\n');
  if (lines.length > 100) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const match = /^— (\S+) (\S+)$/u.exec(line);
    const bytes = match ? fromBase64(match[2] ?? '') : null;
    if (!match || !isKeyName(match[1] ?? '') || bytes === null || bytes.length < 5) return null;
    signatures.push({ name: match[1] ?? '', id: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text, signatures };
};

/** `absent`: no line claims to be by this key. A reader ignores lines of keys it does not know. */
export type NoteVerdict = 'verified' | 'invalid' | 'absent';

/**
 * Whether a note is signed by a key. Lines are told apart by the key's name and id, never by their order, and every
 * line that claims to be by the key has to hold (C2SP signed-note, Signatures).
 */
export const verifyNote = (note: SignedNote, key: NoteKey, crypto: Pick<CryptoPort, 'verifyEd25519'>): NoteVerdict => {
  const lines = note.signatures.filter(({ name, id }) => name === key.name && equalBytes(id, key.id));
  if (lines.length === 0) return 'absent';
  const text = utf8(note.text);
  return lines.every(({ signature }) => crypto.verifyEd25519(key.publicKey, text, signature)) ? 'verified' : 'invalid';
};
