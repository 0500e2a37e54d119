import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { framingOf } from '#main/timestamps/stamp-framing.ts';
import { DER, oidOf, readDer, type DerValue } from '#main/timestamps/strict-der.ts';
import { readCertificates, stampRequest, verifyStamp } from '#main/timestamps/time-stamp.ts';
import { der, HAS_OPENSSL, TestAuthority } from './test-authority.ts';

const BYTES = Buffer.from('a checkpoint\n');
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('DER', () => {
  test('is read with its tags, contents and what it holds', () => {
    const value = readDer(hex('30 0b 02 01 05 06 06 2a 86 48 86 f7 0d'));
    expect(value?.children.map(({ tag }) => tag)).toEqual([DER.integer, DER.oid]);
    expect(oidOf(value?.children[1])).toBe('1.2.840.113549');
    expect(readDer(Buffer.concat([hex('04 81 80'), Buffer.alloc(128)]))?.content).toHaveLength(128);
  });

  test.each([
    ['nothing', ''],
    ['a byte behind it', '05 00 00'],
    ['a value that is cut short', '04 05 00'],
    ['an open end', '30 80 05 00 00 00'],
    ['a long length for a short value', '04 81 01 00'],
    ['a length with a leading zero', `04 82 00 80 ${'00'.repeat(128)}`],
    ['a text in pieces', '24 04 04 02 00 00'],
    ['a set that is not constructed', '11 00'],
    ['a padded number', '02 02 00 05'],
    ['a padded negative number', '02 02 ff 80'],
    ['a number without digits', '02 00'],
    ['a true that is not all ones', '01 01 01'],
    ['a NULL with content', '05 01 00'],
    ['an end of contents', '00 00'],
    ['a tag of several bytes', '1f 01 00'],
    ['thirty thousand levels', '30 80'.repeat(30_000)],
  ])('is not %s', (_name, text) => {
    expect(readDer(hex(text))).toBeNull();
  });

  test('is not nested without end', () => {
    let value = hex('0500');
    for (let depth = 0; depth < 40; depth += 1) value = der(DER.sequence, value);
    expect(readDer(value)).toBeNull();
  });
});

const why = HAS_OPENSSL ? '' : ' (skipped: openssl is not installed)';

describe.skipIf(!HAS_OPENSSL)(`a time stamp's framing${why}`, () => {
  let authority: TestAuthority;
  let reply: Buffer;
  let trusted: ReturnType<typeof readCertificates>;

  beforeAll(() => {
    authority = new TestAuthority();
    trusted = readCertificates(authority.ca);
    reply = authority.reply(stampRequest(BYTES).request);
  });

  afterAll(() => authority.remove());

  const verdictOf = async (altered: Uint8Array): Promise<string> => {
    const verdict = await verifyStamp(altered, { bytes: BYTES, trusted });
    return verdict.ok ? 'ok' : verdict.problem;
  };

  /** The reply with one value put together anew. @param path places of the value among the children, from the outside in */
  const withChange = (path: readonly number[], change: (value: DerValue) => Buffer): Buffer => {
    const rebuilt = (value: DerValue, [place, ...rest]: readonly number[]): Buffer =>
      place === undefined
        ? change(value)
        : der(value.tag, ...value.children.map((child, at) => (at === place ? rebuilt(child, rest) : child.whole)));
    return rebuilt(readDer(reply)!, path);
  };

  const withMore = (value: DerValue, ...more: Uint8Array[]): Buffer => der(value.tag, value.content, ...more);
  const without = (value: DerValue, place: number): Buffer =>
    der(value.tag, ...value.children.filter((_child, at) => at !== place).map(({ whole }) => whole));

  /** Places in a reply: token, its SignedData, and of that the signer. */
  const SIGNED = [1, 1, 0];
  const INFO = [...SIGNED, 2];
  const SIGNERS = [...SIGNED, 4];
  const SIGNER = [...SIGNERS, 0];
  const ATTRIBUTES = [...SIGNER, 3];

  test('put together anew without a change is the same, and holds', async () => {
    expect(withChange(ATTRIBUTES, ({ whole }) => Buffer.from(whole))).toEqual(reply);
    expect(framingOf(reply)).toBe('stamp');
    expect(await verdictOf(reply)).toBe('ok');
  });

  test.each<[string, () => Buffer]>([
    ['a byte behind it', () => Buffer.concat([reply, Buffer.from([0])])],
    ['a second reply behind it', () => Buffer.concat([reply, reply])],
    ['a third member', () => withChange([], (value) => withMore(value, hex('0500')))],
    ['the status of a refusal', () => withChange([0, 0], () => hex('020102'))],
    ['another type of content', () => withChange([1, 0], () => hex('06092a864886f70d010701'))],
    ['another type of what is signed', () => withChange([...INFO, 0], () => hex('06092a864886f70d010701'))],
    ['a text in pieces', () => withChange([...INFO, 1, 0], ({ whole }) => der(0x24, whole))],
    ['no content', () => withChange(INFO, (value) => without(value, 1))],
    ['another version', () => withChange([...SIGNED, 0], () => hex('020101'))],
    ['two digests', () => withChange([...SIGNED, 1], (value) => withMore(value, value.content))],
    ['no digest', () => withChange([...SIGNED, 1], () => der(DER.set))],
    [
      'lists of revoked certificates',
      () =>
        withChange(SIGNED, (value) =>
          der(
            value.tag,
            ...value.children.slice(0, 4).map(({ whole }) => whole),
            der(DER.context1, hex('3000')),
            value.children[4]!.whole,
          ),
        ),
    ],
    ['its signer twice', () => withChange(SIGNERS, (value) => withMore(value, value.content))],
    ['no signer', () => withChange(SIGNERS, () => der(DER.set))],
    ['a signer of another version', () => withChange([...SIGNER, 0], () => hex('020103'))],
    [
      'a signer whose name is spelt otherwise',
      () => Buffer.from(reply.toString('latin1').replace(/Test CA(?![\s\S]*Test CA)/, 'test CA'), 'latin1'),
    ],
    ['a signer without a certificate', () => withChange(SIGNED, (value) => without(value, 3))],
    ['its certificate twice', () => withChange([...SIGNED, 3], (value) => withMore(value, value.content))],
    ['no signed attributes', () => withChange(SIGNER, (value) => without(value, 3))],
    ['an attribute twice', () => withChange(ATTRIBUTES, (value) => withMore(value, value.children[0]!.whole))],
    ['no digest of its content', () => withChange(ATTRIBUTES, (value) => without(value, value.children.length - 1))],
    [
      'attributes that nobody signed',
      () => withChange(SIGNER, (value) => withMore(value, der(DER.context1, hex('3000')))),
    ],
    [
      'an algorithm with parameters that it has not',
      () => withChange([...SIGNER, 4], (value) => der(value.tag, value.children[0]!.whole, hex('020100'))),
    ],
  ])('with %s is refused', async (_name, change) => {
    const altered = change();
    expect(altered).not.toEqual(reply);
    expect(framingOf(altered)).not.toBe('stamp');
    expect(['unreadable', 'notGranted']).toContain(await verdictOf(altered));
  });

  test('with any bit altered is refused, but for granted, which becomes granted with modifications', async () => {
    const accepted: string[] = [];
    // What is signed, the certificate and the signature have their own test: this is what stands around them.
    const signed = readDer(reply)!.children[1]!.children[1]!.children[0]!;
    const inner = [
      signed.children[2]!.children[1]!.children[0]!,
      signed.children[3]!.children[0]!,
      signed.children[4]!.children[0]!.children[5]!,
    ];
    const isInner = (place: number): boolean =>
      inner.some(({ whole }) => place >= reply.indexOf(whole) + 4 && place < reply.indexOf(whole) + whole.length);
    for (let place = 0; place < reply.length; place += 1) {
      for (let bit = 0; bit < 8 && !isInner(place); bit += 1) {
        const altered = Buffer.from(reply);
        altered[place]! ^= 1 << bit;
        if ((await verdictOf(altered)) === 'ok') accepted.push(`${String(place)}.${String(bit)}`);
      }
    }
    expect(accepted).toEqual(['8.0']);
  });

  test('is refused without a nonce where one was sent, and when it is older than what it stamps', async () => {
    const { request, nonce } = stampRequest(BYTES);
    const checked = async (check: Partial<Parameters<typeof verifyStamp>[1]>, answer: Uint8Array = reply) => {
      const verdict = await verifyStamp(answer, { bytes: BYTES, trusted, ...check });
      return verdict.ok ? 'ok' : verdict.problem;
    };
    const plain = readDer(request)!;
    const withoutNonce = der(plain.tag, ...plain.children.filter((_child, at) => at !== 2).map(({ whole }) => whole));
    expect(await checked({ nonce }, authority.reply(withoutNonce))).toBe('wrongNonce');
    expect(await checked({ nonce }, authority.reply(request))).toBe('ok');
    expect(await checked({ notBefore: new Date(Date.now() + 4 * 60_000) })).toBe('ok');
    expect(await checked({ notBefore: new Date(Date.now() + 6 * 60_000) })).toBe('tooEarly');
  });

  test('is refused when it is of another digest of the same bytes', async () => {
    const { request } = stampRequest(BYTES);
    const weak = Buffer.from(
      Buffer.from(request).toString('hex').replace('608648016503040201', '608648016503040203'),
      'hex',
    );
    // The length fits no SHA-512: openssl refuses it as an authority, so that nothing is granted.
    expect(await verdictOf(authority.reply(weak))).toBe('notGranted');
  });
});
