import { generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyExport } from '#main/exports/verify-export.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { manifestBytes } from '#workflows/journal/export-manifest.ts';
import { formatNoteKey, noteKey } from '#workflows/journal/signed-note.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { exportOf, filesOf, manifestOf } from './exported.ts';
import { HOUR } from './test-clock.ts';

/** Every byte in a deep run; samples of every file otherwise. */
const IS_DEEP = process.env.COUNTERSIGN_DEEP === '1';

/** One signed record with what its signer's key rests on. */
const smallSlice = async (desk: TestDesk): Promise<string> => {
  const { agnes } = desk.people;
  const reply = await desk.flow.captured();
  await desk.pass(HOUR);
  const from = new Date(desk.clock.now()).toISOString();
  await agnes.desk.reply.claim(await desk.flow.target(reply));
  return (await exportOf(desk, { of: 'period', from, to: null })).folder;
};

const placeIn = (path: string): number | null => {
  const digits = /^(?:records|revealed)\/(\d{20})/.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** So many bytes apart a file is altered. */
const strideOf = (path: string, length: number): number => {
  if (IS_DEEP) return 1;
  return Math.max(1, Math.floor(length / (/^(?:records|journal|keys)\//.test(path) ? 20 : 10)));
};

describe('one altered byte of an export', () => {
  test('of a slice is named, with its file and, where it lies in a record, with its number', async () => {
    const desk = await deskForTest();
    const folder = await smallSlice(desk);
    expect(await verifyExport(folder)).toMatchObject({ ok: true });
    const missed: string[] = [];
    for (const path of filesOf(folder)) {
      const whole = join(folder, path);
      const bytes = readFileSync(whole);
      const stride = path.startsWith('verify/') ? bytes.length : strideOf(path, bytes.length);
      for (let offset = 0; offset < bytes.length; offset += stride) {
        const altered = Buffer.from(bytes);
        altered[offset] = (altered[offset] ?? 0) ^ (1 << (offset % 8));
        writeFileSync(whole, altered);
        const { ok, problems } = await verifyExport(folder);
        const isNamed = problems.some(({ seq, message }) => seq === placeIn(path) && message.includes(path));
        if (ok || !isNamed) missed.push(`${path} at ${String(offset)}`);
      }
      writeFileSync(whole, bytes);
    }
    expect(missed).toEqual([]);
    expect(await verifyExport(folder)).toMatchObject({ ok: true });
  });

  test('in what is opened is named, with its file and the record that binds it', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    for (const revealed of ['content', 'keys'] as const) {
      for (const scope of [{ of: 'reply', reply }, { of: 'journal' }] as const) {
        const { folder } = await exportOf(desk, scope, { revealed });
        for (const path of filesOf(folder).filter((name) => name.startsWith('revealed/'))) {
          const whole = join(folder, path);
          const bytes = readFileSync(whole);
          const altered = Buffer.from(bytes);
          altered[20] = (altered[20] ?? 0) ^ 1;
          writeFileSync(whole, altered);
          const { problems } = await verifyExport(folder);
          const named = problems.filter(({ message }) => message.includes(path));
          expect(named.map(({ seq, code }) => [seq, code])).toEqual([
            [placeIn(path), 'unreadable'],
            [placeIn(path), revealed === 'keys' ? 'bad-key' : 'missing-evidence'],
          ]);
          writeFileSync(whole, bytes);
        }
      }
    }
  });

  test('of a whole journal is named as the journal names it, and by its file', async () => {
    const desk = await deskForTest();
    await desk.flow.drafted();
    const { folder } = await exportOf(desk, { of: 'journal' });
    const path = 'journal/00000000000000000000.jsonl';
    const bytes = readFileSync(join(folder, path));
    const ends = [...bytes.entries()].filter(([, byte]) => byte === 10).map(([offset]) => offset);
    for (const seq of [0, 5, ends.length - 1]) {
      const altered = Buffer.from(bytes);
      const offset = (ends[seq] ?? 0) - 40;
      altered[offset] = (altered[offset] ?? 0) ^ 1;
      writeFileSync(join(folder, path), altered);
      const { ok, problems } = await verifyExport(folder);
      expect(ok).toBe(false);
      expect(problems.map((problem) => problem.seq)).toContain(seq);
      expect(problems.some(({ code, message }) => code === 'unreadable' && message.startsWith(path))).toBe(true);
    }
  });
});

/** Changes an export and makes `export.json` agree with it, as a forger would. */
const forge = (folder: string, path: string, change: (text: string) => string | null): void => {
  const whole = join(folder, path);
  const changed = change(readFileSync(whole, 'utf8'));
  if (changed === null) rmSync(whole);
  else writeFileSync(whole, changed);
  const { digest: _digest, ...body } = manifestOf(folder);
  const files = body.files.flatMap((file) => {
    if (file.path !== path) return [file];
    if (changed === null) return [];
    const bytes = Buffer.from(changed, 'utf8');
    return [{ path, bytes: bytes.length, sha256: Buffer.from(nodeCrypto.sha256(bytes)).toString('hex') }];
  });
  writeFileSync(join(folder, 'export.json'), manifestBytes({ ...body, files }, nodeCrypto));
};

const recordPath = (seq: number, ending = 'json'): string => `records/${String(seq).padStart(20, '0')}.${ending}`;

describe('a slice', () => {
  const sliceOf = async (): Promise<{ desk: TestDesk; folder: string; reply: ReplyId; copy: () => string }> => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    const { folder } = await exportOf(desk, { of: 'reply', reply }, { revealed: 'content' });
    let copies = 0;
    const copy = (): string => {
      copies += 1;
      const place = join(dirname(folder), `forged-${String(copies)}`);
      cpSync(folder, place, { recursive: true });
      return place;
    };
    return { desk, folder, reply, copy };
  };

  const codesOf = async (folder: string): Promise<string[]> =>
    (await verifyExport(folder)).problems.map(({ seq, code }) => `${String(seq)} ${code}`);

  test('that is forged with an export.json to fit is found out by its records, proofs, keys, roles and hashes', async () => {
    const { desk, copy } = await sliceOf();
    const records = desk.records();
    const approved = records.find(({ type }) => type === 'reply.approved')!;
    const revised = records.find(({ type }) => type === 'reply.revised')!;
    const signer = 'person' in approved.actor ? approved.actor.person : '';
    const registered = records.find(({ type, subject }) => type === 'person.keyRegistered' && subject === signer)!;
    const added = records.find(({ type, subject }) => type === 'person.added' && subject === signer)!;

    const role = copy();
    forge(role, recordPath(approved.seq), (text) => text.replaceAll('"comms"', '"legal"'));
    expect(await codesOf(role)).toEqual(
      expect.arrayContaining([`${String(approved.seq)} bad-signature`, `${String(approved.seq)} root-mismatch`]),
    );

    const keyless = copy();
    forge(keyless, recordPath(registered.seq), () => null);
    expect(await codesOf(keyless)).toEqual(expect.arrayContaining([`${String(approved.seq)} unknown-key`]));

    const unknown = copy();
    forge(unknown, recordPath(added.seq), () => null);
    expect(await codesOf(unknown)).toEqual(expect.arrayContaining([`${String(approved.seq)} unknown-key`]));

    const proof = copy();
    const other = readFileSync(join(proof, recordPath(approved.seq, 'tlog-proof')), 'utf8');
    forge(proof, recordPath(revised.seq, 'tlog-proof'), () => other);
    expect(await codesOf(proof)).toEqual([`${String(revised.seq)} root-mismatch`]);

    const unproved = copy();
    forge(unproved, recordPath(revised.seq, 'tlog-proof'), () => null);
    expect(await codesOf(unproved)).toEqual([`${String(revised.seq)} unreadable`]);

    const text = copy();
    const path = `revealed/${String(revised.seq).padStart(20, '0')}-contentHash.json`;
    forge(text, path, (content) => content.replace('looking into it', 'not looking at it'));
    expect(await codesOf(text)).toEqual([`${String(revised.seq)} missing-evidence`]);

    const checkpoint = copy();
    forge(checkpoint, 'journal/checkpoint', (note) =>
      note.replace(/\n(\d+)\n/, (_line, size: string) => `\n${size}0\n`),
    );
    expect(await codesOf(checkpoint)).toEqual(expect.arrayContaining(['null bad-checkpoint-signature']));

    const { publicKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const foreignKey = `${formatNoteKey(noteKey(desk.host.desk.journal.origin, raw, nodeCrypto))}\n`;
    const vkey = copy();
    forge(vkey, 'keys/workspace.vkey', () => foreignKey);
    expect(await codesOf(vkey)).toEqual(['null wrong-checkpoint-key']);
  });

  test('of a signer whose roles changed later carries that change, and still holds', async () => {
    const desk = await deskForTest();
    const { ada, cleo } = desk.people;
    const reply = await desk.flow.inReview();
    await desk.flow.approve(reply, cleo, 'comms');
    const version = (await ada.desk.people.list()).people.find(({ id }) => id === cleo.id)?.version ?? 0;
    await ada.desk.people.changeRoles({ commandId: desk.command(), person: cleo.id, version, roles: ['agent'] });
    const { folder } = await exportOf(desk, { of: 'reply', reply });
    const changed = desk.records().findLast(({ type }) => type === 'person.rolesChanged')!;
    expect(manifestOf(folder).support).toContain(changed.seq);
    expect(await codesOf(folder)).toEqual([]);
  });
});
