import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pkijs from 'pkijs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCheckpoint } from '#main/cli/checkpoint-command.ts';
import { readCertificates, stampRequest, verifyStamp } from '#main/timestamps/time-stamp.ts';
import { TestDesk } from '../core/desk.fixture.ts';
import { HAS_OPENSSL, TestAuthority } from './test-authority.ts';

const BYTES = Buffer.from('a checkpoint\n');

/** What the authority's signature covers, and the signature: what is stamped when, whose certificate, the attributes. */
const signedParts = (reply: Uint8Array): Uint8Array[] => {
  const { timeStampToken } = pkijs.TimeStampResp.fromBER(new Uint8Array(reply).buffer);
  const signed = new pkijs.SignedData({ schema: timeStampToken!.content });
  const [signer] = signed.signerInfos;
  const certificate = signed.certificates![0] as pkijs.Certificate;
  // Without their heads of tag and length, which are read leniently and written anew for what is verified.
  const attributes = new Uint8Array(signer!.signedAttrs!.encodedValue).slice(4);
  return [
    new Uint8Array(signed.encapContentInfo.eContent!.getValue()),
    new Uint8Array(certificate.toSchema(true).toBER(false)).slice(4),
    attributes,
    signer!.signature.valueBlock.valueHexView,
  ];
};

const why = HAS_OPENSSL ? '' : ' (skipped: openssl is not installed)';

describe.skipIf(!HAS_OPENSSL)(`a time stamp${why}`, () => {
  let authority: TestAuthority;
  let trusted: ReturnType<typeof readCertificates>;

  beforeAll(() => {
    authority = new TestAuthority();
    trusted = readCertificates(authority.ca);
  });

  afterAll(() => authority.remove());

  const problemOf = async (reply: Uint8Array, check: Partial<Parameters<typeof verifyStamp>[1]> = {}) => {
    const verdict = await verifyStamp(reply, { bytes: BYTES, trusted, ...check });
    return verdict.ok ? 'ok' : verdict.problem;
  };

  test('of an authority that is trusted holds, with its time and name', async () => {
    const { request, nonce } = stampRequest(BYTES);
    const verdict = await verifyStamp(authority.reply(request), { bytes: BYTES, trusted, nonce });
    expect(verdict).toMatchObject({ ok: true, authority: 'Test tsa' });
    if (verdict.ok) expect(Math.abs(verdict.at.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test('of other bytes, or to another request, is refused', async () => {
    const reply = authority.reply(stampRequest(BYTES).request);
    expect(await problemOf(reply, { bytes: Buffer.from('another checkpoint\n') })).toBe('wrongImprint');
    expect(await problemOf(reply, { nonce: stampRequest(BYTES).nonce })).toBe('wrongNonce');
  });

  test('of an authority that is not trusted is refused, whatever it calls itself', async () => {
    const other = new TestAuthority();
    const reply = other.reply(stampRequest(BYTES).request);
    expect(await problemOf(reply)).toBe('notTrusted');
    expect(await problemOf(reply, { trusted: readCertificates(other.ca) })).toBe('ok');
    other.remove();
  });

  test('under a certificate that had expired by then is refused', async () => {
    authority.certify('expired', 'critical,timeStamping', 0);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await problemOf(authority.replyAsAnother(stampRequest(BYTES).request, 'expired'))).toBe('notTrusted');
  });

  test.each([
    ['something else', 'critical,codeSigning'],
    ['time stamping among others', 'critical,timeStamping,codeSigning'],
    ['time stamping, but not critically', 'timeStamping'],
  ])('under a certificate for %s is refused', async (_purpose, usage) => {
    authority.certify('wrong', usage);
    expect(await problemOf(authority.replyAsAnother(stampRequest(BYTES).request, 'wrong'))).toBe('wrongPurpose');
    authority.certify('right', 'critical,timeStamping');
    expect(await problemOf(authority.replyAsAnother(stampRequest(BYTES).request, 'right'))).toBe('ok');
  });

  test('of which any byte of the content or the signature was altered is refused', async () => {
    const reply = authority.reply(stampRequest(BYTES).request);
    // The rest is CMS framing, which names algorithms and lengths and is signed by nobody.
    const parts = signedParts(reply);
    expect(parts.map(({ length }) => length > 50)).toEqual([true, true, true, true]);
    const accepted: number[] = [];
    for (const part of parts) {
      const start = reply.indexOf(part);
      expect(start).toBeGreaterThan(0);
      for (let place = start; place < start + part.length; place += 3) {
        const altered = Buffer.from(reply);
        altered[place] = (altered[place] ?? 0) ^ (1 << (place % 8));
        if ((await problemOf(altered)) === 'ok') accepted.push(place);
      }
    }
    expect(accepted).toEqual([]);
  });

  test('that is nothing of the kind is refused', async () => {
    for (const reply of [
      Buffer.alloc(0),
      Buffer.from('<html>'),
      Buffer.from([0x30, 0x05, 0x30, 0x03, 2, 1, 2]),
      BYTES,
    ]) {
      expect(['unreadable', 'notGranted']).toContain(await problemOf(reply));
    }
  });

  describe('of a workspace’s checkpoint', () => {
    let desk: TestDesk;
    let ca: string;

    beforeAll(async () => {
      desk = await TestDesk.create();
      await desk.flow.drafted();
      await desk.close();
      ca = join(authority.folder, 'ca.pem');
    });

    afterAll(() => desk.dispose());

    const run = async (...parameters: string[]) => {
      const lines: string[] = [];
      const complaints: string[] = [];
      const code = await runCheckpoint([desk.folder, ...parameters], {
        print: (line) => lines.push(line),
        complain: (line) => complaints.push(line),
      });
      return { code, out: lines.join('\n'), err: complaints.join('\n') };
    };

    test('is asked for, kept beside it, and verified from the files', async () => {
      const server = await authority.serve();
      const printed = await run('--timestamp', server.address, '--ca', ca);
      await server.close();
      const checkpoint = readFileSync(join(desk.folder, 'journal', 'checkpoint'), 'utf8');
      expect(printed).toMatchObject({ code: 0, out: checkpoint.trimEnd() });
      expect(existsSync(join(desk.folder, 'timestamps', `${String(desk.records().length)}.tsr`))).toBe(true);
      expect(await run('--verify', '--ca', ca)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^ok: \d+ records/),
      });
    });

    test('is refused and not kept when the authority answers for something else', async () => {
      const server = await authority.serve(() => authority.reply(stampRequest(BYTES).request));
      const before = readFileSync(join(desk.folder, 'timestamps', `${String(desk.records().length)}.tsr`));
      const answer = await run('--timestamp', server.address, '--ca', ca);
      await server.close();
      expect(answer).toMatchObject({ code: 1, out: '', err: 'Refused: the time stamp is of something else.' });
      expect(readFileSync(join(desk.folder, 'timestamps', `${String(desk.records().length)}.tsr`))).toEqual(before);
    });

    test('that was altered afterwards is named', async () => {
      const path = join(desk.folder, 'timestamps', `${String(desk.records().length)}.checkpoint`);
      const bytes = readFileSync(path);
      writeFileSync(path, Buffer.concat([bytes, Buffer.from('\n')]));
      expect(await run('--verify', '--ca', ca)).toMatchObject({
        code: 1,
        out: expect.stringContaining('the time stamp is of something else'),
      });
      writeFileSync(path, bytes);
    });

    test('is wrong use without a trusted authority or an address, and fails where nobody answers', async () => {
      expect((await run('--verify')).code).toBe(2);
      expect((await run('--timestamp', 'ftp://127.0.0.1', '--ca', ca)).code).toBe(2);
      expect((await run('--timestamp', 'http://127.0.0.1:9/', '--ca', join(authority.folder, 'tsa.key'))).code).toBe(2);
      expect((await run('--timestamp', 'http://127.0.0.1:9/', '--ca', ca)).code).toBe(1);
    });
  });
});

test('the newest checkpoint is printed as it stands, and refused when its signature is not the workspace’s', async () => {
  const desk = await TestDesk.create({ expectsDamage: true });
  await desk.flow.drafted();
  await desk.close();
  const lines: string[] = [];
  const output = { print: (line: string) => lines.push(line), complain: () => undefined };
  const path = join(desk.folder, 'journal', 'checkpoint');
  const text = readFileSync(path, 'utf8');
  expect(await runCheckpoint([desk.folder], output)).toBe(0);
  expect(`${lines.join('\n')}\n`).toBe(text);
  writeFileSync(path, text.replace(/\n\d+\n/, '\n1\n'));
  expect(await runCheckpoint([desk.folder], output)).toBe(1);
  writeFileSync(path, 'nothing');
  expect(await runCheckpoint([desk.folder], output)).toBe(1);
  expect(await runCheckpoint([desk.home], output)).toBe(2);
  expect(await runCheckpoint([], output)).toBe(2);
  writeFileSync(path, text);
  await desk.dispose();
});
