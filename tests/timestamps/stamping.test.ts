import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verifyExport } from '#main/exports/verify-export.ts';
import { askAuthority, AuthorityError } from '#main/timestamps/ask-authority.ts';
import { isAuthorityAddress } from '#main/timestamps/authority-address.ts';
import { deskForTest, type TestDesk } from '../core/desk.fixture.ts';
import { exportOf, filesOf } from '../core/exported.ts';
import { whyRefused } from '../core/refusal.ts';
import { PASSPHRASE } from '../core/roster.ts';
import { HOUR, MINUTE } from '../core/test-clock.ts';
import { CERTIFICATE } from './certificate.ts';
import { HAS_OPENSSL, stampCommandIn, TestAuthority } from './test-authority.ts';

const NOBODY = 'http://127.0.0.1:9/';

const setAuthority = async (
  desk: TestDesk,
  authority: { address: string; certificates: string } | null,
  by = desk.people.ada,
) => {
  const { version } = await desk.people.ada.desk.timestamps.get();
  return by.desk.timestamps.setAuthority({ commandId: desk.command(), version, authority, passphrase: PASSPHRASE });
};

const stampsOf = (desk: TestDesk): string[] => {
  const folder = join(desk.folder, 'timestamps');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.tsr')) : [];
};

describe('the authority of a workspace', () => {
  test('is set by an admin, with the passphrase, on record, and ended again', async () => {
    const desk = await deskForTest();
    const { ada, uma, leo } = desk.people;
    expect(await uma.desk.timestamps.get()).toMatchObject({ authority: null, canChange: false, newest: null });
    const authority = { address: NOBODY, certificates: CERTIFICATE };
    expect(await whyRefused(setAuthority(desk, authority, leo))).toBe('FORBIDDEN roleMayNot');
    const unsigned = { commandId: desk.command(), version: (await ada.desk.timestamps.get()).version, authority };
    expect(await whyRefused(ada.desk.timestamps.setAuthority({ ...unsigned, passphrase: 'wrong wrong wrong' }))).toBe(
      'UNAUTHENTICATED wrongPassphrase',
    );
    expect(await whyRefused(ada.desk.timestamps.stampNow())).toBe('ILLEGAL_TRANSITION stampNoAuthority');
    await setAuthority(desk, authority);
    expect(desk.records().at(-1)).toMatchObject({
      type: 'workspace.timestampingChanged',
      subject: 'workspace',
      data: { authority: { address: NOBODY, certificates: [expect.stringMatching(/^MII/)] } },
    });
    const stale = { ...unsigned, commandId: desk.command(), passphrase: PASSPHRASE };
    expect(await whyRefused(ada.desk.timestamps.setAuthority(stale))).toBe('VERSION_CONFLICT changedElsewhere');
    await desk.restart();
    expect(await ada.desk.timestamps.get()).toMatchObject({
      authority: { address: NOBODY, names: ['A time-stamping authority'] },
      canChange: true,
    });
    await setAuthority(desk, null);
    expect((await ada.desk.timestamps.get()).authority).toBeNull();
  });

  test('is refused without a certificate, and at an address to which no request may go', async () => {
    const desk = await deskForTest();
    const set = (address: string, certificates = CERTIFICATE) =>
      whyRefused(setAuthority(desk, { address, certificates }));
    expect(await set(NOBODY, 'no certificate')).toBe('INVALID_INPUT stampCertificates');
    expect(await set(NOBODY, CERTIFICATE.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'))).toBe(
      'INVALID_INPUT stampCertificates',
    );
    expect(await set(NOBODY, CERTIFICATE.repeat(6))).toBe('INVALID_INPUT stampTooMany');
    expect(await set('ftp://tsa.example/')).toBe('INVALID_INPUT stampAddress');
  });

  test.each([
    ['https://tsa.example/tsr', true],
    ['https://10.0.0.7/tsr', true],
    ['http://timestamp.example.com/', true],
    ['http://localhost:8318/', true],
    ['http://10.0.0.7/', false],
    ['http://169.254.169.254/latest', false],
    ['http://[fd00::1]/', false],
    ['http://tsa/', false],
    ['http://tsa.internal/', false],
    ['https://user:secret@tsa.example/', false],
    ['file:///etc/passwd', false],
    ['tsa.example', false],
  ])('may be at %s: %s', (address, expected) => {
    expect(isAuthorityAddress(address)).toBe(expected);
  });
});

describe('whatever answers instead of an authority', () => {
  const servers: (() => void)[] = [];

  afterEach(() => {
    for (const close of servers.splice(0)) close();
  });

  const problemOf = async (answer: (response: ServerResponse) => void): Promise<string> => {
    const server = createServer((_request, response) => {
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(() => server.close());
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    try {
      await askAuthority(address, new Uint8Array(10), AbortSignal.timeout(2_000));
      return 'answered';
    } catch (error) {
      if (!(error instanceof AuthorityError)) throw error;
      return error.status === null ? error.problem : `${error.problem} ${String(error.status)}`;
    }
  };

  const REPLY = { 'content-type': 'application/timestamp-reply' };

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'notAuthority'],
    ['a failure', (response) => response.writeHead(503, REPLY).end(), 'status 503'],
    [
      'the way to another host',
      (response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
      'status 307',
    ],
    ['more than a stamp can be', (response) => response.writeHead(200, REPLY).end(Buffer.alloc(300_000)), 'tooLong'],
    [
      'an end in the middle',
      (response) => response.writeHead(200, { ...REPLY, 'content-length': '100' }).write('a', () => response.destroy()),
      'unreachable',
    ],
    ['nothing', () => undefined, 'unreachable'],
  ])('is refused in words: %s', async (_name, answer, problem) => {
    expect(await problemOf(answer)).toBe(problem);
  });
});

test('an authority that cannot be reached hinders nothing, and is asked again later and later', async () => {
  const desk = await deskForTest();
  await setAuthority(desk, { address: NOBODY, certificates: CERTIFICATE });
  const { stamping } = desk.host.desk;
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await stamping.tick();
    const { failure } = await desk.people.uma.desk.timestamps.get();
    expect(failure).toMatchObject({ at: desk.clock.time(), reason: 'stamp.unreachable' });
    const wait = Date.parse(failure!.nextTryAt) - desk.clock.now();
    waits.push(wait / MINUTE);
    // Not a moment sooner.
    desk.clock.advance(wait - 1);
    await stamping.tick();
    expect((await desk.people.uma.desk.timestamps.get()).failure).toEqual(failure);
    desk.clock.advance(1);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
  expect(stampsOf(desk)).toEqual([]);
  const made = await exportOf(desk, { of: 'journal' });
  expect(filesOf(made.folder).filter((path) => path.startsWith('timestamps/'))).toEqual([]);
  expect(await verifyExport(made.folder)).toMatchObject({ ok: true });
});

const why = HAS_OPENSSL ? '' : ' (skipped: openssl is not installed)';

describe.skipIf(!HAS_OPENSSL)(`checkpoints${why}`, () => {
  let authority: TestAuthority;
  let server: Awaited<ReturnType<TestAuthority['serve']>>;
  let asked = 0;

  beforeAll(async () => {
    authority = new TestAuthority();
    server = await authority.serve((request) => {
      asked += 1;
      return authority.reply(request);
    });
  });

  afterAll(async () => {
    await server.close();
    authority.remove();
  });

  const stamped = async (): Promise<TestDesk> => {
    const desk = await deskForTest();
    await desk.flow.drafted();
    // The authority of the tests has the machine's time.
    desk.clock.advance(Date.now() - desk.clock.now());
    for (const { id } of Object.values(desk.people)) desk.host.sessions.touch(id);
    await setAuthority(desk, { address: server.address, certificates: authority.ca });
    asked = 0;
    return desk;
  };

  test('are stamped by themselves once a day while there are new records', async () => {
    const desk = await stamped();
    const { stamping } = desk.host.desk;
    const first = desk.size;
    await stamping.tick();
    await stamping.tick();
    expect(stampsOf(desk)).toEqual([`${String(first)}.tsr`]);
    expect(await desk.people.uma.desk.timestamps.get()).toMatchObject({
      newest: { size: first, given: { authority: 'Test tsa' } },
      failure: null,
    });
    desk.clock.advance(25 * HOUR);
    await stamping.tick();
    expect(asked).toBe(1);
    for (const { id } of Object.values(desk.people)) desk.host.sessions.touch(id);
    await desk.flow.captured('New.', 'new.example');
    desk.clock.advance(-25 * HOUR);
    await stamping.tick();
    expect(asked).toBe(1);
    desk.clock.advance(25 * HOUR);
    await stamping.tick();
    expect(asked).toBe(2);
  });

  test('are stamped at once when an admin asks, and a stamp of another authority is refused and not kept', async () => {
    const desk = await stamped();
    const { ada } = desk.people;
    expect(await ada.desk.timestamps.stampNow()).toMatchObject({ newest: { size: desk.size }, failure: null });
    const other = new TestAuthority();
    await setAuthority(desk, { address: server.address, certificates: other.ca });
    const before = stampsOf(desk);
    expect(await ada.desk.timestamps.stampNow()).toMatchObject({
      // The older stamp is there, and does not hold by what is trusted now.
      newest: { given: null },
      failure: { reason: 'stamp.notTrusted' },
    });
    expect(stampsOf(desk)).toEqual(before);
    await setAuthority(desk, { address: server.address, certificates: authority.ca });
    expect((await ada.desk.timestamps.get()).failure).toBeNull();
    other.remove();
  });

  test('of an export carry their stamp, and openssl verifies it as the page says', async () => {
    const desk = await stamped();
    const made = await exportOf(desk, { of: 'journal' });
    expect(await verifyExport(made.folder)).toMatchObject({ ok: true, problems: [] });
    const command = stampCommandIn(made.folder);
    expect(command).toMatch(/^openssl ts -verify -in timestamps\/\d+\.tsr -data journal\/checkpoint -CAfile ca\.pem$/);
    writeFileSync(join(made.folder, 'ca.pem'), authority.ca);
    const run = () => execFileSync('sh', ['-c', command], { cwd: made.folder, stdio: 'pipe' }).toString('utf8');
    expect(run()).toContain('Verification: OK');
    writeFileSync(join(made.folder, 'journal', 'checkpoint'), 'another');
    expect(run).toThrow();
  });
});
