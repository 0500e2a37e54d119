import { createHash, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MANY_KINDS, ONE_KINDS } from '#workflows/identifiers.ts';
import { utf8 } from '#workflows/journal/bytes.ts';
import { canonicalText } from '#workflows/journal/canonical.ts';
import {
  checkpointKeyProofBytes,
  keyProofBytes,
  leafBytes,
  MAX_RECORD_BYTES,
  originOf,
  parentBytes,
  readLeaf,
  signedBytes,
  type JournalRecord,
} from '#workflows/journal/record.ts';
import { toPublicKeyObject } from '#main/journal/node-crypto.ts';
import { journalWithCast } from '../../journal/build-journal.ts';

const ULID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

const { journal, agent } = journalWithCast(1);
const [placed] = journal.draft([
  {
    type: 'reply.claimed',
    subject: `reply/${ULID}`,
    by: agent,
    data: { person: agent.id },
    reads: ['policy', agent.id],
    sealed: [{ kid: 'ab'.repeat(32), iv: 'AAAAAAAAAAAAAAAA', ct: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
  },
]);
const record = placed as JournalRecord;
const { sig: signature, ...unsigned } = record;
const { sealed: sealedElements, ...unsealed } = record;
const sealed = sealedElements![0]!;
const sig = signature!;

/** What reading the canonical bytes of any value says; the code alone where it is refused. */
const verdictOn = (value: unknown): string => {
  const reading = readLeaf(utf8(canonicalText(value)));
  return reading.ok ? 'ok' : reading.code;
};

const verdictOnText = (text: string): string => {
  const reading = readLeaf(utf8(text));
  return reading.ok ? 'ok' : reading.code;
};

describe('the envelope accepts', () => {
  it.each<[string, object]>([
    ['a record with all its members', record],
    ['a record without sealed data', unsealed],
    ['a record without a signature, whose absence is judged elsewhere', unsigned],
    ['a record of the program', { ...unsigned, actor: { system: 'outbox' } }],
    ['the first half of a command', { ...record, cont: true }],
    ['a second version of a type', { ...record, type: 'reply.claimed/2' }],
    ['a type of three words', { ...record, type: 'reply.draft.savedAgain' }],
    ['a type that it does not know', { ...record, type: 'moon.landed' }],
    ['empty data', { ...record, data: {} }],
    ['nested data', { ...record, data: { a: [{ b: null }], 'any name': -1 } }],
    ['the largest integers', { ...record, seq: Number.MAX_SAFE_INTEGER, version: Number.MAX_SAFE_INTEGER }],
    ['29 February of a leap year', { ...record, at: '2028-02-29T23:59:59.999Z' }],
    ['a sign-in by passkey', { ...record, sig: { ...sig, auth: 'passkey' } }],
    ['a sign-in by OIDC', { ...record, sig: { ...sig, auth: 'oidc' } }],
    ['a ciphertext that is a tag alone', { ...record, sealed: [{ ...sealed, ct: `${'A'.repeat(22)}==` }] }],
    ...MANY_KINDS.map((kind): [string, object] => [`the subject ${kind}/…`, { ...record, subject: `${kind}/${ULID}` }]),
    ...ONE_KINDS.map((kind): [string, object] => [`the subject ${kind}`, { ...record, subject: kind }]),
  ])('%s', (_what, value) => {
    expect(verdictOn(value)).toBe('ok');
  });
});

const without = (name: keyof JournalRecord): object =>
  Object.fromEntries(Object.entries(record).filter(([member]) => member !== name));

const REQUIRED = [
  'v',
  'seq',
  'at',
  'type',
  'subject',
  'version',
  'parent',
  'command',
  'actor',
  'data',
] as const satisfies (keyof JournalRecord)[];

describe('the envelope refuses as bad-record', () => {
  it.each<[string, object]>([
    ...REQUIRED.filter((name) => name !== 'at').map((name): [string, object] => [`no ${name}`, without(name)]),
    ['an unknown member', { ...record, note: 1 }],
    ['an unknown member of the actor', { ...record, actor: { ...record.actor, name: 'x' } }],
    ['an unknown member of the signature', { ...record, sig: { ...sig, extra: 1 } }],
    ['an unknown member of a sealed element', { ...record, sealed: [{ ...sealed, alg: 1 }] }],
    ['another version of the format', { ...record, v: 2 }],
    ['a version as text', { ...record, v: '1' }],
    ['a negative seq', { ...record, seq: -1 }],
    ['a seq as text', { ...record, seq: '1' }],
    ['a negative version', { ...record, version: -1 }],
    ['cont that is false', { ...record, cont: false }],
    ['cont that is null', { ...record, cont: null }],
    ['a type without a dot', { ...record, type: 'claimed' }],
    ['a type that begins in capitals', { ...record, type: 'Reply.claimed' }],
    ['a type with version 0', { ...record, type: 'reply.claimed/0' }],
    ['a type with a leading zero in its version', { ...record, type: 'reply.claimed/02' }],
    ['a type with an empty part', { ...record, type: 'reply..claimed' }],
    ['a type with an LF behind it', { ...record, type: 'reply.claimed\n' }],
    ['a subject of no known kind', { ...record, subject: `moon/${ULID}` }],
    ['a subject without its ULID', { ...record, subject: 'reply' }],
    ['a subject with an empty ULID', { ...record, subject: 'reply/' }],
    ['a subject whose kind needs no ULID', { ...record, subject: `policy/${ULID}` }],
    ['a subject in small letters', { ...record, subject: `reply/${ULID.toLowerCase()}` }],
    ['a subject with a letter that ULIDs leave out', { ...record, subject: `reply/${ULID.slice(0, 25)}U` }],
    ['a subject whose time overflows', { ...record, subject: `reply/8${ULID.slice(1)}` }],
    ['a subject with something behind it', { ...record, subject: `reply/${ULID}/1` }],
    ['a subject with an LF behind it', { ...record, subject: 'policy\n' }],
    ['a parent in capitals', { ...record, parent: 'AB'.repeat(32) }],
    ['a parent that is too short', { ...record, parent: 'ab'.repeat(31) }],
    ['a parent with an LF behind it', { ...record, parent: `${'ab'.repeat(32)}\n` }],
    ['a read of no subject', { ...record, reads: { moon: 1 } }],
    ['a negative read', { ...record, reads: { policy: -1 } }],
    ['a read as text', { ...record, reads: { policy: '1' } }],
    ['reads as a list', { ...record, reads: [] }],
    ['a command that is no ULID', { ...record, command: ULID.toLowerCase() }],
    ['a command with an LF behind it', { ...record, command: `${ULID}\n` }],
    ['an actor without a role', { ...record, actor: { person: agent.id } }],
    ['an actor in a role that does not exist', { ...record, actor: { person: agent.id, role: 'king' } }],
    ['an actor who is no person', { ...record, actor: { person: `reply/${ULID}`, role: 'agent' } }],
    ['an actor who is both person and program', { ...record, actor: { ...record.actor, system: 'outbox' } }],
    ['an actor as text', { ...record, actor: agent.id }],
    ['data that is a list', { ...record, data: [] }],
    ['data that is null', { ...record, data: null }],
    ['data that is text', { ...record, data: 'text' }],
    ['a sealed element that is none', { ...record, sealed: ['x'] }],
    ['sealed data that is no list', { ...record, sealed }],
    ['a kid of another length', { ...record, sealed: [{ ...sealed, kid: 'ab' }] }],
    ['an IV of 11 bytes', { ...record, sealed: [{ ...sealed, iv: 'AAAAAAAAAAAAAAA=' }] }],
    ['an IV of 16 bytes', { ...record, sealed: [{ ...sealed, iv: `${'A'.repeat(22)}==` }] }],
    ['a ciphertext too short for its tag', { ...record, sealed: [{ ...sealed, ct: 'AAAAAAAAAAAAAAAAAAAA' }] }],
    ['a ciphertext in URL-safe base64', { ...record, sealed: [{ ...sealed, ct: `-_${'A'.repeat(22)}` }] }],
    ['base64 that another text re-encodes to', { ...record, sealed: [{ ...sealed, ct: `${'A'.repeat(21)}B==` }] }],
    ['a signature of 63 bytes', { ...record, sig: { ...sig, value: 'A'.repeat(84) } }],
    ['a signature without padding', { ...record, sig: { ...sig, value: 'A'.repeat(86) } }],
    ['a signature without its value', { ...record, sig: { key: sig.key, at: sig.at, auth: sig.auth } }],
    ['a way to sign in that does not exist', { ...record, sig: { ...sig, auth: 'guess' } }],
    ['a key that is no hash', { ...record, sig: { ...sig, key: 'k' } }],
    ['a signature that is null', { ...record, sig: null }],
    ['a list', [record]],
  ])('%s', (_what, value) => {
    expect(verdictOn(value)).toBe('bad-record');
  });

  it('a record longer than 65,535 bytes, whatever it says', () => {
    const filler = (length: number): object => ({ ...record, data: { filler: 'x'.repeat(length) } });
    const room = MAX_RECORD_BYTES - utf8(canonicalText(filler(0))).length;
    expect(utf8(canonicalText(filler(room)))).toHaveLength(65_535);
    expect(verdictOn(filler(room))).toBe('ok');
    expect(verdictOn(filler(room + 1))).toBe('bad-record');
  });

  it('nesting below level 32, before it is parsed', () => {
    // The record is level 1 and its data level 2.
    const nested = (levels: number): unknown => (levels === 0 ? [] : [nested(levels - 1)]);
    expect(verdictOn({ ...record, data: { a: nested(29) } })).toBe('ok');
    expect(verdictOn({ ...record, data: { a: nested(30) } })).toBe('bad-record');
    expect(verdictOnText('['.repeat(30_000) + ']'.repeat(30_000))).toBe('bad-record');
    expect(verdictOnText('{"a":'.repeat(10_000))).toBe('bad-record');
  });
});

describe('the envelope refuses as bad-time', () => {
  it.each([
    ['30 February', '2026-02-30T00:00:00.000Z'],
    ['29 February of a common year', '2026-02-29T00:00:00.000Z'],
    ['29 February of a century', '2100-02-29T00:00:00.000Z'],
    ['31 April', '2026-04-31T00:00:00.000Z'],
    ['month 13', '2026-13-01T00:00:00.000Z'],
    ['24 o’clock', '2026-11-22T24:00:00.000Z'],
    ['a leap second', '2026-12-31T23:59:60.000Z'],
    ['no milliseconds', '2026-11-22T15:12:36Z'],
    ['microseconds', '2026-11-22T15:12:36.123456Z'],
    ['an offset', '2026-11-22T15:12:36.123+00:00'],
    ['a small t', '2026-11-22t15:12:36.123Z'],
    ['a space', '2026-11-22 15:12:36.123Z'],
    ['an LF behind it', '2026-11-22T15:12:36.123Z\n'],
    ['other digits', '٢٠٢٦-11-22T15:12:36.123Z'],
    ['nothing', ''],
  ])('a time with %s', (_what, time) => {
    expect(verdictOn({ ...record, at: time })).toBe('bad-time');
    expect(verdictOn({ ...record, sig: { ...sig, at: time } })).toBe('bad-time');
  });

  it('a time that is no text, and none at all', () => {
    expect(verdictOn({ ...record, at: 1_700_000_000_000 })).toBe('bad-time');
    expect(verdictOn(without('at'))).toBe('bad-time');
  });
});

describe('bytes are not canonical', () => {
  const text = canonicalText(record);

  it.each([
    ['with white space in front', ` ${text}`],
    ['with white space behind', `${text} `],
    ['with an LF behind', `${text}\n`],
    ['with white space inside', text.replace(',', ', ')],
    ['with a byte order mark', `\u{feff}${text}`],
    ['with a member written twice, alike', text.replace('{', '{"actor":1,')],
    ['with members in another order', text.replace(/^\{(.*),("version":\d+)\}$/, '{$2,$1}')],
    ['with a letter escaped', text.replace('reply.claimed', 'reply.cl\\u0061imed')],
    ['with a slash escaped', text.replace('reply/', 'reply\\/')],
    ['with an escape in capitals', text.replace('"data":{', '"data":{"a":"\\u001F",')],
    ['with an integer written as a fraction', text.replace('"v":1', '"v":1.0')],
    ['with an integer written with an exponent', text.replace('"v":1', '"v":1e0')],
    ['with minus zero', text.replace('"v":1', '"v":-0')],
    ['with a number beyond 2^53', text.replace(/"seq":\d+/, '"seq":9007199254740993')],
    ['with 2^53 itself', text.replace(/"seq":\d+/, '"seq":9007199254740992')],
    ['with a number that overflows', text.replace('"v":1', '"v":1e999')],
    ['with a fraction', text.replace('"data":{', '"data":{"a":0.5,')],
    ['with a member named __proto__', text.replace('"data":{', '"data":{"__proto__":{},')],
    ['with an escaped lone surrogate', text.replace('"data":{', '"data":{"a":"\\ud800",')],
    ['with a surrogate pair escaped', text.replace('"data":{', '"data":{"a":"\\ud83d\\ude00",')],
    ['when they are cut short', text.slice(0, -1)],
    ['when they are nothing', ''],
    ['when they are two records', text + text],
    ['when they are NUL', '\0\0\0'],
    ['with NUL behind', `${text}\0`],
    ['with a comment', text.replace('{', '{/**/')],
    ['when they are NaN', 'NaN'],
  ])('%s', (_how, changed) => {
    expect(changed).not.toBe(text);
    expect(verdictOnText(changed)).toBe('not-canonical');
  });

  it('when they are not UTF-8', () => {
    const bytes = leafBytes(record);
    for (const [index, byte] of [
      [5, 0xff],
      [5, 0x80],
      [bytes.length - 3, 0xc0],
    ] as const) {
      const reading = readLeaf(bytes.with(index, byte));
      expect(reading).toMatchObject({ ok: false, code: 'not-canonical' });
    }
  });

  it('of the encoding of a surrogate', () => {
    const [before = '', after = ''] = text.replace('"data":{', '"data":{"a":"|",').split('|');
    const reading = readLeaf(Buffer.concat([utf8(before), Buffer.of(0xed, 0xa0, 0x80), utf8(after)]));
    expect(reading).toMatchObject({ ok: false, code: 'not-canonical' });
  });

  it('but the leaf bytes of a record come back as that record', () => {
    const leaf = leafBytes(record);
    expect(readLeaf(leaf)).toEqual({ ok: true, record, text: new TextDecoder().decode(leaf) });
  });
});

describe('what is signed and hashed', () => {
  /** The record as JOURNAL.md words it, by other means than the program's. */
  const withoutPlace = (): Record<string, unknown> => {
    const copy = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
    for (const member of ['seq', 'at', 'cont']) Reflect.deleteProperty(copy, member);
    return copy;
  };

  it('the parent hash covers the record without its place, signature included', () => {
    expect(Buffer.from(parentBytes({ ...record, cont: true })).toString()).toBe(canonicalText(withoutPlace()));
    const head = journal.add(record).state.head(record.subject);
    expect(head.parent).toBe(createHash('sha256').update(canonicalText(withoutPlace())).digest('hex'));
    expect(parentBytes({ ...record, sig: { ...sig, value: 'B' } })).not.toEqual(parentBytes(record));
  });

  it('the signature covers purpose, origin and the record without its place and without sig.value', () => {
    const copy = withoutPlace();
    Reflect.deleteProperty(copy.sig as object, 'value');
    const message = Buffer.from(`countersign/v1/record\n${journal.origin}\n${canonicalText(copy)}`);
    expect(Buffer.from(signedBytes({ ...record, cont: true }, journal.origin))).toEqual(message);
    const key = toPublicKeyObject(agent.key.publicKey)!;
    expect(verify(null, message, key, Buffer.from(sig.value, 'base64'))).toBe(true);
  });

  it('the signature does not depend on the place, and depends on everything else', () => {
    const original = signedBytes(record, journal.origin);
    const moved = { ...record, seq: 999, at: '2030-01-01T00:00:00.000Z', cont: true as const };
    expect(signedBytes(moved, journal.origin)).toEqual(original);
    const changes: Partial<JournalRecord>[] = [
      { type: 'reply.closed' },
      { subject: 'policy' },
      { version: 9 },
      { parent: 'ab'.repeat(32) },
      { reads: {} },
      { command: ULID },
      { actor: { system: 'outbox' } },
      { data: {} },
      { sealed: [sealed, sealed] },
      { sig: { ...sig, at: '2030-01-01T00:00:00.000Z' } },
      { sig: { ...sig, auth: 'oidc' } },
      { sig: { ...sig, key: 'ab'.repeat(32) } },
    ];
    for (const change of changes) {
      expect(signedBytes({ ...record, ...change }, journal.origin), JSON.stringify(change)).not.toEqual(original);
    }
    expect(signedBytes(record, originOf(ULID))).not.toEqual(original);
  });

  it('the messages of the proofs are those of the format', () => {
    expect(Buffer.from(keyProofBytes(originOf(ULID), agent.id)).toString()).toBe(
      `countersign/v1/key\ncountersign/${ULID}\n${agent.id}`,
    );
    expect(Buffer.from(checkpointKeyProofBytes(originOf(ULID), 'AAAA')).toString()).toBe(
      `countersign/v1/checkpoint-key\ncountersign/${ULID}\nAAAA`,
    );
  });
});
