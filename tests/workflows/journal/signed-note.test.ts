import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toHex, utf8 } from '#workflows/journal/bytes.ts';
import {
  formatNoteKey,
  formatSignedNote,
  noteKey,
  parseNoteKey,
  parseSignedNote,
  verifyNote,
  type SignedNote,
} from '#workflows/journal/signed-note.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { SeededRandom } from '../../journal/seeded-random.ts';
import { ifShared, readSharedText, sharedFiles, sharedIsAbsent } from '../../journal/shared-data.ts';
import { keyOfSeed, randomKey } from '../../journal/test-people.ts';
import { noteCases } from './note-cases.ts';

const decode = (base64: string): Buffer => Buffer.from(base64, 'base64');

const noteOf = (base64: string): SignedNote | null => {
  const text = fromUtf8(decode(base64));
  return text === null ? null : parseSignedNote(text);
};

const random = new SeededRandom(1);
const pair = randomKey(random);
const key = noteKey('desk.example/log', pair.publicKey, nodeCrypto);

const signed = (text: string, signer = pair, name = key): string =>
  formatSignedNote({
    text,
    signatures: [{ name: name.name, id: name.id, signature: sign(null, utf8(text), signer.privateKey) }],
  });

describe.skipIf(sharedIsAbsent)(`published signed notes${ifShared}`, () => {
  it('a note that must open opens, with exactly the signatures that hold', () => {
    const cases = noteCases('open').filter(({ ok }) => ok);
    expect(cases.length).toBeGreaterThan(0);
    for (const { id, noteB64, vkeys, verified, unverified } of cases) {
      const note = noteOf(noteB64);
      if (!note) return expect.fail(id);
      const keys = vkeys.map((text) => parseNoteKey(text, nodeCrypto)!);
      const names = note.signatures.map((line) => `${line.name}+${toHex(line.id)}`);
      const holding = keys
        .filter((known) => verifyNote(note, known, nodeCrypto) === 'verified')
        .map((known) => `${known.name}+${toHex(known.id)}`);
      expect(holding, id).toEqual(verified);
      expect(
        [...new Set(names)].filter((name) => !holding.includes(name)),
        id,
      ).toEqual(unverified);
      expect(Buffer.from(formatSignedNote(note)), id).toEqual(decode(noteB64));
    }
  });

  it('a malformed note is refused', () => {
    const cases = noteCases('open').filter(({ error }) => error === 'malformed note');
    expect(cases.length).toBeGreaterThan(3);
    expect(cases.filter(({ noteB64 }) => noteOf(noteB64) !== null)).toEqual([]);
  });

  it('a verification key is read when it is sound and refused when a single character of it is changed', () => {
    const cases = noteCases('vkey');
    expect(cases.length).toBeGreaterThan(90);
    expect(cases.filter(({ vkey, ok }) => (parseNoteKey(vkey, nodeCrypto) !== null) !== ok)).toEqual([]);
  });

  it('signing gives the published bytes', () => {
    const cases = noteCases('sign');
    expect(cases.length).toBeGreaterThan(0);
    for (const { id, skey, textB64, wantB64 } of cases) {
      // The base64 of the secret may hold plus signs itself.
      const [, name = '', hash = '', secret = ''] = /^PRIVATE\+KEY\+([^+]+)\+([^+]+)\+(.+)$/.exec(skey)!;
      const signer = keyOfSeed(decode(secret).subarray(1));
      const known = noteKey(name, signer.publicKey, nodeCrypto);
      expect(toHex(known.id), id).toBe(hash);
      expect(Buffer.from(signed(decode(textB64).toString(), signer, known)), id).toEqual(decode(wantB64));
    }
  });

  it('the checkpoints of another log hold under its key and under no other', () => {
    const known = parseNoteKey(readSharedText('vectors', 'note', 'tessera-log', 'vkey.txt').trim(), nodeCrypto)!;
    const names = sharedFiles('', 'vectors', 'note', 'tessera-log').filter((name) => name.startsWith('checkpoint'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const note = parseSignedNote(readSharedText('vectors', 'note', 'tessera-log', name))!;
      expect(verifyNote(note, known, nodeCrypto), name).toBe('verified');
      expect(verifyNote({ ...note, text: `${note.text}x\n` }, known, nodeCrypto), name).toBe('invalid');
      expect(verifyNote(note, key, nodeCrypto), name).toBe('absent');
    }
  });
});

describe('a signed note', () => {
  it('opens again as it was made', () => {
    const line = fc.string({ unit: fc.constantFrom(...'aé— \u{1f600}'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const text = `${lines.join('\n')}\n`;
        const note = parseSignedNote(signed(text))!;
        expect(note.text).toBe(text);
        expect(verifyNote(note, key, nodeCrypto)).toBe('verified');
      }),
      { numRuns: 50 },
    );
  });

  it('takes the last empty line as the end of its text', () => {
    const text = 'one\n\n— desk.example/log AAAA\n\ntwo\n';
    expect(parseSignedNote(signed(text))?.text).toBe(text);
  });

  it('ignores the signature lines of keys that the reader does not know', () => {
    const stranger = randomKey(random);
    const other = noteKey('other.example', stranger.publicKey, nodeCrypto);
    const sameName = noteKey(key.name, stranger.publicKey, nodeCrypto);
    const strange = (name: typeof key): string => signed('text\n', stranger, name).split('\n').at(-2)!;
    const note = parseSignedNote(
      `text\n\n${strange(other)}\n${strange(sameName)}\n${signed('text\n').split('\n')[2]!}\n`,
    )!;
    expect(note.signatures).toHaveLength(3);
    expect(verifyNote(note, key, nodeCrypto)).toBe('verified');
  });

  it('does not hold under a key of the same name and id when another key signed it', () => {
    const stranger = randomKey(random);
    expect(verifyNote(parseSignedNote(signed('text\n', stranger))!, key, nodeCrypto)).toBe('invalid');
  });

  it('does not hold when any line that claims to be by the key does not, wherever it stands', () => {
    const good = signed('text\n').split('\n')[2]!;
    const bad = signed('other\n').split('\n')[2]!;
    const verdict = (...lines: readonly string[]): string =>
      verifyNote(parseSignedNote(`text\n\n${lines.join('\n')}\n`)!, key, nodeCrypto);
    expect(verdict(good)).toBe('verified');
    expect(verdict(good, good)).toBe('verified');
    expect(verdict(good, bad)).toBe('invalid');
    expect(verdict(bad, good)).toBe('invalid');
  });

  const line = signed('text\n').split('\n')[2]!;

  it.each([
    ['without a last LF', `text\n\n${line}`],
    ['without the empty line', `text\n${line}\n`],
    ['without any signature', 'text\n\n'],
    ['with an empty line among the signatures, whose first part then is text', `text\n\n${line}\n\n`],
    ['with text behind the signatures', `text\n\n${line}\nmore\n`],
    ['with a hyphen for the dash', `text\n\n${line.replace('—', '-')}\n`],
    ['with an en dash for the dash', `text\n\n${line.replace('—', '–')}\n`],
    ['with two spaces', `text\n\n${line.replace('— ', '—  ')}\n`],
    ['with a space at the end of a signature', `text\n\n${line} \n`],
    ['with a plus sign in a name', `text\n\n${line.replace('desk', 'de+sk')}\n`],
    ['with a no-break space in a name', `text\n\n${line.replace('desk', 'de\u{a0}sk')}\n`],
    ['with a next-line character in a name', `text\n\n${line.replace('desk', 'de\u{85}sk')}\n`],
    ['with base64 that is not canonical', `text\n\n${line.replace(/.$/, '')}\n`],
    ['with a signature of four bytes, a bare key id', 'text\n\n— desk.example/log AAAAAA==\n'],
    ['with a carriage return', `text\r\n\n${line}\n`],
    ['with a tab', `te\txt\n\n${line}\n`],
    ['with a NUL', `te\0xt\n\n${line}\n`],
    ['with 101 signatures', `text\n\n${`${line}\n`.repeat(101)}`],
    ['of more than a million characters', signed(`${'a'.repeat(1_000_000)}\n`)],
  ])('is refused %s', (_how, source) => {
    expect(parseSignedNote(source)).toBeNull();
  });

  it('is read with 100 signatures', () => {
    expect(parseSignedNote(`text\n\n${`${line}\n`.repeat(100)}`)?.signatures).toHaveLength(100);
  });
});

describe('a verification key', () => {
  it('has the id that C2SP defines and comes back from its text', () => {
    const text = formatNoteKey(key);
    expect(text).toMatch(/^desk\.example\/log\+[0-9a-f]{8}\+AQ?[A-Za-z0-9+/]+=*$/);
    expect(parseNoteKey(text, nodeCrypto)).toEqual(key);
    const hash = nodeCrypto.sha256(Buffer.concat([Buffer.from('desk.example/log\n\x01'), pair.publicKey]));
    expect(toHex(key.id)).toBe(toHex(hash).slice(0, 8));
  });

  it('is refused for another algorithm, even with a hash that fits', () => {
    for (const algorithm of [0, 2, 4, 6, 255]) {
      const bytes = Buffer.concat([Buffer.of(algorithm), pair.publicKey]);
      const id = toHex(nodeCrypto.sha256(Buffer.concat([Buffer.from('name\n'), bytes]))).slice(0, 8);
      expect(parseNoteKey(`name+${id}+${bytes.toString('base64')}`, nodeCrypto)).toBeNull();
    }
  });

  it.each([
    ['has no name', formatNoteKey({ ...key, name: '' })],
    ['has a space in its name', formatNoteKey(noteKey('a b', pair.publicKey, nodeCrypto))],
    ['has its hash in capitals', formatNoteKey(key).replace(/\+[0-9a-f]{8}\+/, (hash) => hash.toUpperCase())],
    ['has white space behind it', `${formatNoteKey(key)} `],
    ['is longer than a key', formatNoteKey(noteKey('a', Buffer.concat([pair.publicKey, Buffer.of(0)]), nodeCrypto))],
    ['is empty', ''],
  ])('is refused when it %s', (_why, text) => {
    expect(parseNoteKey(text, nodeCrypto)).toBeNull();
  });
});
