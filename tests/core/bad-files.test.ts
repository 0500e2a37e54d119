import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RefusalError } from '#workflows/errors.ts';
import { ulidOf } from '#workflows/identifiers.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { HOUR } from './test-clock.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { outcomesOf } from './refusal.ts';

const SEGMENT = '00000000000000000000.jsonl';

/** Starts the program again on files to which something was done, and says with what it refuses, if it does. */
const openingOf = async (desk: TestDesk, meanwhile: () => void): Promise<string> => {
  try {
    await desk.restart(meanwhile);
    return 'opened';
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    return `${error.refusal.code} ${error.refusal.reason}`;
  }
};

const journalOf = (desk: TestDesk): string => join(desk.folder, 'journal');

describe('files of other programs in the folder of a workspace', () => {
  const FOREIGN = [
    '.DS_Store',
    'Thumbs.db',
    'desktop.ini',
    '.00000000000000000000.jsonl.swp',
    '00000000000000000000.jsonl~',
    '00000000000000000000 (1).jsonl',
    '00000000000000000000.jsonl.sync-conflict',
    '1.jsonl',
    'checkpoint.bak',
    '2026-03.json.tmp',
  ];

  test('are left alone, whatever they hold, and hinder neither the desk nor its verification', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted();
    const folders = ['', ...readdirSync(desk.folder).filter((name) => !name.includes('.') && !name.startsWith('lock'))];
    const foreign = folders.flatMap((folder) => FOREIGN.map((name) => join(folder, name)));
    await desk.restart(() => {
      for (const path of foreign) writeFileSync(join(desk.folder, path), `not ours: ${path}`);
      mkdirSync(join(journalOf(desk), '00000000000000000099.jsonl'));
      mkdirSync(join(desk.folder, 'evidence', 'a folder'));
    });
    await desk.flow.write(reply, 'Other words.');
    await desk.flow.inReview();
    await desk.restart();
    for (const path of foreign) expect(readFileSync(join(desk.folder, path), 'utf8')).toBe(`not ours: ${path}`);
    expect((await verifyWorkspace(desk.folder)).ok).toBe(true);
  });
});

describe('a segment', () => {
  test.each<[string, (folder: string) => void]>([
    ['under another number', (folder) => renameSync(join(folder, SEGMENT), join(folder, '00000000000000000007.jsonl'))],
    ['under a name that is none', (folder) => renameSync(join(folder, SEGMENT), join(folder, '0.jsonl'))],
    ['that is missing', (folder) => rmSync(join(folder, SEGMENT))],
    [
      'beside a copy of itself under a later number',
      (folder) => cpSync(join(folder, SEGMENT), join(folder, '00000000000000000003.jsonl')),
    ],
  ])('%s opens read-only or as it was, says why, and nothing is lost', async (_name, damage) => {
    const desk = await deskForTest({ expectsDamage: true, expectsFaults: true });
    await desk.flow.drafted();
    const before = desk.size;
    const kept = `${desk.folder}-kept`;
    const opened = await openingOf(desk, () => {
      cpSync(journalOf(desk), kept, { recursive: true });
      damage(journalOf(desk));
    });
    expect(opened).toBe('opened');
    const { readOnly } = desk.host.desk.journal;
    const { ada } = desk.people;
    const add = ada.desk.people.add({ commandId: desk.command(), name: 'Nora', roles: ['agent'] });
    if (readOnly) {
      expect(readOnly.message).not.toBe('');
      expect(await outcomesOf([add])).not.toEqual(['done']);
    } else await add;
    await desk.close();
    expect((await verifyWorkspace(desk.folder)).ok).toBe(readOnly === null);
    if (!readOnly) return;
    await desk.restart(() => {
      rmSync(journalOf(desk), { recursive: true });
      renameSync(kept, journalOf(desk));
    });
    expect([desk.size, desk.host.desk.journal.readOnly]).toEqual([before, null]);
  });
});

describe('a key that is missing or garbled', () => {
  test.each(['checkpoint.json', 'root.json'])('in %s is named, and nothing is changed', async (name) => {
    for (const content of [null, '', '{"another":"thing"}']) {
      const desk = await deskForTest({ expectsFaults: true });
      const path = join(desk.folder, 'keys', name);
      let original = Buffer.of();
      const outcome = await openingOf(desk, () => {
        original = readFileSync(path);
        if (content === null) rmSync(path);
        else writeFileSync(path, content);
      });
      const isSealed = desk.host.status().state === 'sealed';
      expect([outcome, isSealed]).toEqual(
        name === 'root.json' && content === null
          ? ['UNAVAILABLE noWorkspaceOpen', true]
          : ['JOURNAL_INCONSISTENT keysDamaged', false],
      );
      writeFileSync(path, original);
      await desk.restart();
      await desk.flow.captured();
    }
  });

  test('in the count of wrong passphrases keeps nobody out: it begins anew', async () => {
    const desk = await deskForTest();
    await desk.restart(() => {
      writeFileSync(join(desk.folder, 'keys', 'attempts.json'), 'garbled');
    });
    await desk.flow.approve(await desk.flow.inReview(), desk.people.cleo, 'comms');
  });
});

describe('a customer’s key', () => {
  test.each<[string, (path: string) => void]>([
    ['that is missing', rmSync],
    [
      'that is garbled',
      (path) => {
        writeFileSync(path, 'garbled');
      },
    ],
    [
      'of another workspace',
      (path) => {
        const file = JSON.parse(readFileSync(path, 'utf8')) as object;
        writeFileSync(path, JSON.stringify({ ...file, box: Buffer.alloc(80).toString('base64') }));
      },
    ],
  ])('%s hides that customer’s words, says so, and hinders nothing else until it is back', async (_what, damage) => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured('My kettle is broken.');
    const other = await desk.flow.captured('Mine, too.', 'ann.example');
    const { customer } = await desk.flow.view(reply);
    const path = join(desk.folder, 'keys', 'customers', `${ulidOf(customer)}.json`);
    const kept = readFileSync(path);
    await desk.restart(() => {
      damage(path);
    });
    const view = await desk.flow.view(reply);
    expect([view.post, view.erasure]).toEqual([null, null]);
    await desk.people.agnes.desk.reply.list({ queue: 'open' });
    expect(await outcomesOf([desk.flow.captured('Me again.')])).toEqual(['UNAVAILABLE customerKeyMissing']);
    expect((await desk.flow.view(other)).post?.text).toBe('Mine, too.');
    await desk.flow.write(other, 'We are sorry.');
    expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
    await desk.restart(() => {
      writeFileSync(path, kept);
    });
    expect((await desk.flow.view(reply)).post?.text).toBe('My kettle is broken.');
  });
});

describe('a file of evidence', () => {
  test.each<[string, (path: string) => void]>([
    ['that is missing', rmSync],
    [
      'that was changed',
      (path) => {
        writeFileSync(path, 'changed');
      },
    ],
  ])('%s hides what was in it alone, and verification names it', async (_what, damage) => {
    const desk = await deskForTest({ expectsDamage: true });
    const long = '€'.repeat(6_000);
    const reply = await desk.flow.captured(long);
    const other = await desk.flow.captured('A short one.', 'ann.example');
    const folder = join(desk.folder, 'evidence');
    const [name, ...more] = readdirSync(folder);
    expect(more).toEqual([]);
    const path = join(folder, name ?? '');
    const kept = readFileSync(path);
    await desk.restart(() => {
      damage(path);
    });
    expect((await desk.flow.view(reply)).post).toBeNull();
    expect((await desk.flow.view(other)).post?.text).toBe('A short one.');
    await desk.flow.write(other, 'We are sorry.');
    const { problems } = await verifyWorkspace(desk.folder);
    expect(problems).toMatchObject([{ code: 'missing-evidence' }]);
    await desk.restart(() => {
      writeFileSync(path, kept);
    });
    expect((await desk.flow.view(reply)).post?.text).toBe(long);
    expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
  });
});

describe('a clock that shows 2099', () => {
  test('for a while stops the timers, refuses nobody afterwards without saying why, and loses nothing', async () => {
    const desk = await deskForTest();
    const { agnes, ben } = desk.people;
    const reply = await desk.flow.captured();
    const years = Date.parse('2099-01-01T00:00:00.000Z') - desk.clock.now();
    desk.clock.leap(years);
    await desk.tick();
    const size = desk.size;
    expect(desk.records().at(-1)?.type).toBe('clock.jumped');
    desk.clock.leap(-years);
    const target = { ...(await desk.flow.target(reply)), to: agnes.id };
    expect(await outcomesOf([ben.desk.reply.handOver(target)])).toEqual(['UNAVAILABLE clockBehind']);
    await desk.restart();
    desk.clock.advance(HOUR);
    expect(desk.size).toBe(size);
    expect(desk.host.desk.journal.readOnly).toBeNull();
    expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
  });
});

describe('two copies of one workspace that were both worked on', () => {
  test('are told apart by either’s checkpoint, and each stays whole', async () => {
    const desk = await deskForTest({ expectsDamage: true, expectsFaults: true });
    await desk.flow.captured('Before the copy.');
    await desk.close();
    const copy = join(desk.home, 'copy');
    cpSync(desk.folder, copy, { recursive: true });
    const work = async (words: string): Promise<string> => {
      await desk.restart();
      await desk.flow.captured(words);
      await desk.close();
      return readFileSync(join(journalOf(desk), 'checkpoint'), 'utf8');
    };
    const swap = (): void => {
      const aside = `${desk.folder}-aside`;
      renameSync(desk.folder, aside);
      renameSync(copy, desk.folder);
      renameSync(aside, copy);
    };
    const one = await work('On one machine.');
    swap();
    const other = await work('On the other.');
    expect(other).not.toBe(one);
    for (const folder of [desk.folder, copy]) expect((await verifyWorkspace(folder)).problems).toEqual([]);
    for (const [folder, foreign] of [
      [desk.folder, one],
      [copy, other],
    ] as const) {
      const kept = join(desk.home, 'kept-checkpoint');
      writeFileSync(kept, foreign);
      const compared = await verifyWorkspace(folder, { checkpoint: kept });
      expect(compared.problems.map(({ code }) => code)).toEqual(['not-consistent']);
      writeFileSync(join(folder, 'journal', 'checkpoint'), foreign);
      const { ok, problems } = await verifyWorkspace(folder);
      expect({ ok, codes: problems.map(({ code }) => code) }).toEqual({ ok: false, codes: ['root-mismatch'] });
    }
    await desk.restart();
    expect(desk.host.desk.journal.readOnly).toMatchObject({ code: 'root-mismatch' });
  });
});
