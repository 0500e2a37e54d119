import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyExport, verifyFolder } from '#main/exports/verify-export.ts';
import type { ExportScope } from '#workflows/journal/export-manifest.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { deskForTest } from './desk.fixture.ts';
import { eventful, exportOf, filesOf, manifestOf, wholeOf } from './exported.ts';
import { whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { HOUR } from './test-clock.ts';

const SECRETS = ['Where is my parcel?', 'On Thursday.', 'Say when.', 'A claim.', 'sam.example'];

const isIn = (text: string, secret: string): boolean =>
  [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1),
    Buffer.from(secret).toString('hex'),
  ].some((spelling) => text.includes(spelling));

describe('an export', () => {
  test('of the whole journal is a journal that verifies, with every record', async () => {
    const desk = await deskForTest();
    await eventful(desk);
    const size = desk.size;
    const made = await exportOf(desk, { of: 'journal' });
    const result = await verifyFolder(made.folder, { key: made.fingerprint });
    expect(result).toMatchObject({ ok: true, size, problems: [], fingerprint: made.fingerprint });
    expect(made).toMatchObject({ asked: size, support: 0 });
    expect(desk.records().at(-1)).toMatchObject({
      type: 'audit.exported/2',
      data: { what: 'journal', reply: null, revealed: 'none', records: size, size, hash: made.hash },
    });
    const bytes = readFileSync(join(made.folder, 'export.json'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.hash);
  });

  test('of a reply holds its records and those on which its signers’ keys rest, and no others', async () => {
    const desk = await deskForTest();
    const reply = await eventful(desk);
    await desk.flow.published('Another one.');
    const made = await exportOf(desk, { of: 'reply', reply });
    const result = await verifyExport(made.folder);
    expect(result).toMatchObject({ ok: true, problems: [] });
    const story = (await desk.people.uma.desk.reply.story({ reply })).entries.map(({ seq }) => seq);
    const { support, records } = manifestOf(made.folder);
    const places = filesOf(made.folder)
      .filter((path) => path.startsWith('records') && path.endsWith('.json'))
      .map((path) => Number(path.slice(8, 28)));
    expect(places.filter((seq) => !support.includes(seq))).toEqual(story);
    expect(records).toBe(places.length);
    const types = new Set(support.map((seq) => desk.records()[seq]?.type));
    expect([...types].filter((type) => !/^(?:person|workspace)\./.test(type ?? ''))).toEqual([]);
  });

  test('of a time holds what was recorded in it, and no time without a record can be exported', async () => {
    const desk = await deskForTest();
    await desk.flow.captured();
    await desk.pass(HOUR);
    const from = new Date(desk.clock.now()).toISOString();
    const first = desk.size;
    await eventful(desk);
    const last = desk.size;
    await desk.pass(HOUR);
    const to = new Date(desk.clock.now()).toISOString();
    await desk.flow.captured('Later.', 'late.example');
    const made = await exportOf(desk, { of: 'period', from, to });
    expect(await verifyExport(made.folder)).toMatchObject({ ok: true, problems: [] });
    expect(made.asked).toBeGreaterThanOrEqual(last - first);
    const { support } = manifestOf(made.folder);
    const asked = desk.records().filter(({ at, seq }) => at >= from && at < to && !support.includes(seq));
    expect(made.asked).toBe(asked.length);
    const long = new Date(desk.clock.now() + HOUR).toISOString();
    expect(await whyRefused(exportOf(desk, { of: 'period', from: long, to: null }))).toBe(
      'INVALID_INPUT exportNothing',
    );
  });

  test.each(['journal', 'reply'] as const)(
    'of a %s opens nothing that is sealed unless its exporter chose to',
    async (of) => {
      const desk = await deskForTest();
      const reply = await eventful(desk);
      const scope: ExportScope = of === 'reply' ? { of, reply } : { of };
      const closed = wholeOf((await exportOf(desk, scope)).folder);
      expect(SECRETS.filter((secret) => isIn(closed, secret))).toEqual([]);
      const open = await exportOf(desk, scope, { revealed: 'content' });
      expect(SECRETS.filter((secret) => isIn(wholeOf(open.folder), secret))).toEqual([
        'Where is my parcel?',
        'On Thursday.',
        'sam.example',
      ]);
      expect(await verifyExport(open.folder)).toMatchObject({ ok: true, problems: [] });
      const keys = await exportOf(desk, scope, { revealed: 'keys' });
      expect(SECRETS.filter((secret) => isIn(wholeOf(keys.folder), secret))).toEqual([]);
      expect(filesOf(keys.folder).filter((path) => path.startsWith('revealed/keys/'))).toHaveLength(1);
      expect(await verifyExport(keys.folder)).toMatchObject({ ok: true, problems: [] });
      expect(desk.records().at(-1)).toMatchObject({ data: { what: of, revealed: 'keys' } });
    },
  );
});

describe('an export is refused, and leaves nothing behind,', () => {
  const journal: ExportScope = { of: 'journal' };

  test('where something stands already, in no folder, in the workspace, or at no whole path', async () => {
    const desk = await deskForTest();
    const { uma } = desk.people;
    const beside = dirname(desk.folder);
    mkdirSync(join(beside, 'empty'));
    const to = (folder: string) =>
      whyRefused(
        uma.desk.journal.exportFolder({ commandId: desk.command(), scope: journal, revealed: 'none', folder }),
      );
    const before = readdirSync(beside).sort();
    const size = desk.size;
    expect(await to(join(beside, 'empty'))).toBe('INVALID_INPUT exportFolderExists');
    expect(await to(join(beside, 'none', 'export'))).toBe('NOT_FOUND exportNoParent');
    expect(await to(join(desk.folder, 'journal', 'export'))).toBe('INVALID_INPUT exportInWorkspace');
    expect(await to('export')).toBe('INVALID_INPUT exportFolderNotWhole');
    expect(await to('/')).toBe('INVALID_INPUT exportFolderExists');
    expect(readdirSync(beside).sort()).toEqual(before);
    expect(desk.size).toBe(size);
  });

  test('when the disk is full, wherever that happens', async () => {
    let left = Infinity;
    const storage = {
      ...diskStorage,
      write: (...[file, bytes, position]: Parameters<typeof diskStorage.write>) => {
        left -= 1;
        if (left === 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
        diskStorage.write(file, bytes, position);
      },
    };
    const desk = await deskForTest({ storage });
    const reply = await desk.flow.captured();
    const before = readdirSync(dirname(desk.folder)).sort();
    const size = desk.size;
    for (const moment of [1, 2, 7, 20]) {
      left = moment;
      const refused = await whyRefused(exportOf(desk, { of: 'reply', reply }));
      left = Infinity;
      expect(refused).toBe('STORAGE_FULL exportDiskFull');
      expect(readdirSync(dirname(desk.folder)).sort()).toEqual(before);
      expect(desk.size).toBe(size);
    }
  });

  test('to whoever would open what they do not read, or gives no passphrase for it', async () => {
    const desk = await deskForTest();
    const { ada, uma } = desk.people;
    const reply = await desk.flow.captured();
    const before = readdirSync(dirname(desk.folder)).sort();
    for (const revealed of ['content', 'keys'] as const) {
      expect(await whyRefused(exportOf(desk, journal, { revealed, by: ada }))).toBe('FORBIDDEN exportMayNotReveal');
      const folder = join(dirname(desk.folder), 'unsigned');
      const input = { commandId: desk.command(), scope: { of: 'reply', reply } as const, revealed, folder };
      expect(await whyRefused(uma.desk.journal.exportFolder(input))).toBe('UNAUTHENTICATED passphraseNeeded');
      const wrong = { ...input, commandId: desk.command(), passphrase: `${PASSPHRASE}?` };
      expect(await whyRefused(uma.desk.journal.exportFolder(wrong))).toBe('UNAUTHENTICATED wrongPassphrase');
    }
    expect(readdirSync(dirname(desk.folder)).sort()).toEqual(before);
    expect((await exportOf(desk, journal, { by: ada })).asked).toBe(desk.size - 1);
  });
});

describe('an exported folder', () => {
  test('is suggested under a name that nothing has, and is the same for a command sent twice', async () => {
    const desk = await deskForTest();
    const { uma, ada } = desk.people;
    const scope: ExportScope = { of: 'journal' };
    const { folder, canReveal } = await uma.desk.journal.suggestExport({ scope });
    expect(folder).toBe(join(dirname(desk.folder), 'countersign-journal-2026-03-02'));
    expect([canReveal, (await ada.desk.journal.suggestExport({ scope })).canReveal]).toEqual([true, false]);
    const command = { commandId: desk.command(), scope, revealed: 'none', folder } as const;
    const first = await uma.desk.journal.exportFolder(command);
    expect(await uma.desk.journal.exportFolder(command)).toEqual(first);
    expect(desk.typesFrom(0).filter((type) => type === 'audit.exported/2')).toHaveLength(1);
    expect((await uma.desk.journal.suggestExport({ scope })).folder).toBe(`${folder}-2`);
    await desk.restart();
    expect(await whyRefused(uma.desk.journal.exportFolder(command))).toBe('INVALID_INPUT exportedBefore');
  });

  test('names in its pages whatever names there are as text, and runs no script', async () => {
    const desk = await deskForTest();
    const { ada, uma } = desk.people;
    const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)>"\u202E';
    await ada.desk.people.add({ commandId: desk.command(), name: hostile.slice(0, 60), roles: ['agent'] });
    const { version } = (await ada.desk.channel.list()).channels[0]!;
    await ada.desk.channel.change({
      commandId: desk.command(),
      channel: desk.channel,
      version,
      name: hostile.slice(0, 60),
      promise: { acknowledgeMinutes: 1, answerMinutes: 1 },
    });
    const { folder } = await exportOf(desk, { of: 'period', from: null, to: null }, { by: uma });
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(html.match(/<(?:script|img|iframe|object|link|a)\b/gi)).toBeNull();
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    expect(await verifyExport(folder)).toMatchObject({ ok: true });
  });

  test('carries the evidence that its records name', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, 'A long tale of a parcel. '.repeat(400).trim());
    const { folder } = await exportOf(desk, { of: 'reply', reply }, { revealed: 'keys' });
    const evidence = filesOf(folder).filter((path) => path.startsWith('evidence/'));
    expect(evidence).toHaveLength(1);
    expect(isIn(wholeOf(folder), 'tale of a parcel')).toBe(false);
    expect(await verifyExport(folder)).toMatchObject({ ok: true, problems: [] });
    expect(manifestOf(folder).absentEvidence).toEqual([]);
    rmSync(join(folder, evidence[0]!));
    expect((await verifyExport(folder)).problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([`${evidence[0]!} is absent or cannot be read`]),
    );
    const opened = await exportOf(desk, { of: 'journal' }, { revealed: 'content' });
    expect(isIn(wholeOf(opened.folder), 'tale of a parcel')).toBe(true);
    expect(await verifyFolder(opened.folder)).toMatchObject({ ok: true, problems: [] });
  });

  test('holds what was there when it began, whatever is recorded meanwhile', async () => {
    const desk = await deskForTest();
    const size = desk.size;
    const [made] = await Promise.all([exportOf(desk, { of: 'journal' }), desk.flow.captured()]);
    expect(await verifyFolder(made.folder)).toMatchObject({ ok: true, size, notes: [] });
    expect(existsSync(join(made.folder, 'journal', '00000000000000000000.jsonl'))).toBe(true);
  });

  test('that is pinned to another journal is refused', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    for (const scope of [{ of: 'journal' }, { of: 'reply', reply }] as const) {
      const { folder, fingerprint } = await exportOf(desk, scope);
      const other = fingerprint.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      const { ok, problems } = await verifyFolder(folder, { key: other });
      expect([ok, problems.map(({ seq, code }) => [seq, code])]).toEqual([false, [[0, 'bad-key']]]);
    }
  });
});
