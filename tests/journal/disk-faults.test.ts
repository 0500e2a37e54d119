import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { Bench, wait } from './bench.ts';
import { refusalOf, type OpenedDesk } from './open-journal.ts';
import { systemError, type DiskCall } from './watched-storage.ts';
import { checkpointPath, listingOf, segmentPath, writeWorkspace } from './workspace-folder.ts';

const NEXT_SEGMENT = '00000000000000000009.jsonl';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

/** The next operation of this kind fails, once. */
const failOnce = (operation: DiskCall['operation'], code: string, written?: number): void => {
  bench.disk.intercept = (call) => {
    if (call.operation !== operation) return undefined;
    bench.disk.intercept = () => undefined;
    const error = systemError(code);
    if (written === undefined) throw error;
    return { written, error };
  };
};

const append = (desk: OpenedDesk, drafts = [bench.look()]): Promise<string> =>
  refusalOf(desk.journal.append(bench.command(desk, drafts)));

/** The journal is fit for work, and what it then holds verifies and opens as it was. */
const expectUsable = async (desk: OpenedDesk, size = desk.journal.size): Promise<void> => {
  expect(desk.journal.readOnly).toBeNull();
  expect(desk.journal.size).toBe(size);
  expect(await append(desk)).toBe('accepted');
  desk.journal.close();
  expect(await verifyWorkspace(bench.folder)).toMatchObject({ ok: true, size: size + 1, notes: [], problems: [] });
  const again = await bench.open();
  expect(again.journal.size).toBe(size + 1);
  expect(again.recovery).toBeNull();
};

/** The journal takes nothing any more, says so, and leaves the disk alone. */
const expectFailStop = async (desk: OpenedDesk, size: number): Promise<void> => {
  expect(desk.journal.readOnly?.message).toBeTruthy();
  expect(desk.journal.size).toBe(size);
  const before = listingOf(bench.folder);
  bench.disk.calls.length = 0;
  expect(await append(desk)).toBe('READ_ONLY journalReadOnly');
  desk.journal.writeCheckpoint();
  await wait(700);
  desk.journal.close();
  expect(bench.disk.calls.filter(({ operation }) => operation !== 'close')).toEqual([]);
  expect(listingOf(bench.folder)).toEqual(before);
};

describe('a write that fails', () => {
  it.each([
    ['ENOSPC', 'STORAGE_FULL storageFull'],
    ['EDQUOT', 'STORAGE_FULL storageFull'],
    ['EROFS', 'READ_ONLY folderReadOnly'],
    ['EACCES', 'READ_ONLY folderReadOnly'],
    ['EIO', 'UNAVAILABLE storageFailed'],
  ])('by %s refuses the command as %s and leaves the journal as it was, and usable', async (code, refusal) => {
    for (const written of [0, 1, 100, 1000]) {
      bench = new Bench();
      const desk = await bench.open();
      const before = listingOf(bench.folder);
      failOnce('write', code, written);
      expect(await append(desk, [bench.claim(), bench.claim()])).toBe(refusal);
      expect(listingOf(bench.folder)).toEqual(before);
      await expectUsable(desk, 9);
    }
  });

  it('refuses every command that shared it, and none is half there', async () => {
    const desk = await bench.open();
    const before = listingOf(bench.folder);
    failOnce('write', 'ENOSPC', 1500);
    const answers = await Promise.all([1, 2, 3].map(() => append(desk, [bench.claim(), bench.claim()])));
    expect(answers).toEqual(Array(3).fill('STORAGE_FULL storageFull'));
    expect(listingOf(bench.folder)).toEqual(before);
    await expectUsable(desk, 9);
  });

  it('lets the refused command be sent again under its id', async () => {
    const desk = await bench.open();
    const command = bench.random.ulid();
    const send = (): Promise<string> =>
      refusalOf(desk.journal.append(bench.command(desk, [bench.claim()], { command })));
    failOnce('write', 'ENOSPC', 30);
    expect(await send()).toBe('STORAGE_FULL storageFull');
    expect(await send()).toBe('accepted');
  });

  it('and cannot be taken back stops the journal', async () => {
    const desk = await bench.open();
    bench.disk.intercept = ({ operation }) => {
      if (operation === 'truncate') throw systemError('EIO');
      return operation === 'write' ? { written: 200, error: systemError('ENOSPC') } : undefined;
    };
    expect(await append(desk)).not.toBe('accepted');
    bench.disk.intercept = () => undefined;
    await expectFailStop(desk, 9);
    const again = await bench.open();
    expect(again.recovery).toMatchObject({ bytes: 200, from: 9, to: 9 });
    await expectUsable(again, 9);
  });

  it('is taken back durably before a new segment is begun, so that no torn bytes lie before answered records', async () => {
    const desk = await bench.open({ segmentBytes: 9000 });
    failOnce('write', 'ENOSPC', 200);
    await append(desk);
    bench.disk.calls.length = 0;
    expect(
      await append(
        desk,
        Array.from({ length: 8 }, () => bench.claim()),
      ),
    ).toBe('accepted');
    const names = bench.disk.calls.map(({ operation, name }) => `${operation} ${name}`);
    expect(names).toContain(`write ${NEXT_SEGMENT}`);
    const flushed = names.indexOf('flush 00000000000000000000.jsonl');
    expect(flushed).toBeGreaterThanOrEqual(0);
    expect(flushed).toBeLessThan(names.indexOf(`write ${NEXT_SEGMENT}`));
  });
});

describe('a flush that fails', () => {
  it.each(['EIO', 'ENOSPC', 'EDQUOT'])('by %s is final: the journal stops and says so', async (code) => {
    const desk = await bench.open();
    failOnce('flush', code);
    expect(await append(desk, [bench.claim(), bench.claim()])).toBe('READ_ONLY journalReadOnly');
    await expectFailStop(desk, 9);
    expect(bench.checkpointSize).toBe(9);
  });

  it('stops all that wait, and nothing is retried', async () => {
    const desk = await bench.open();
    // Opening flushes what an earlier process may have left unflushed.
    const before = bench.count('flush');
    failOnce('flush', 'EIO');
    const answers = await Promise.all([1, 2].map(() => append(desk, [bench.claim()])));
    expect(answers).toEqual(Array(2).fill('READ_ONLY journalReadOnly'));
    expect(bench.count('flush') - before).toBe(1);
    expect(bench.count('write')).toBe(1);
  });

  it('leaves to the next start what the disk holds', async () => {
    const desk = await bench.open();
    const command = bench.random.ulid();
    failOnce('flush', 'EIO');
    const batch = bench.command(desk, [bench.claim(), bench.claim()], { command });
    expect(await refusalOf(desk.journal.append(batch))).toBe('READ_ONLY journalReadOnly');
    desk.journal.close();
    const again = await bench.open();
    expect(again.journal.readOnly).toBeNull();
    expect(again.recovery).toMatchObject({ from: 9, to: 11, bytes: 0 });
    const found = again.journal.recordsOfCommand(command)!;
    expect(found.map(({ seq: _seq, at: _at, cont: _cont, ...record }) => record)).toEqual(batch.records);
    expect(await refusalOf(again.journal.append(bench.command(again, [bench.claim()], { command })))).toBe(
      'INVALID_INPUT commandReused',
    );
  });

  it('still lets what is durable be read and proved', async () => {
    const desk = await bench.open();
    failOnce('flush', 'EIO');
    await append(desk);
    expect(desk.journal.read(8)).toEqual(bench.cast.journal.records[8]);
    expect(desk.journal.proveInclusion(4).size).toBe(9);
    expect(desk.journal.checkpoint()).toBe(bench.cast.journal.checkpoint());
  });
});

describe('a new segment that cannot be begun', () => {
  it.each([
    ['open', 'ENOSPC', 'STORAGE_FULL storageFull'],
    ['open', 'EROFS', 'READ_ONLY folderReadOnly'],
    ['open', 'EMFILE', 'UNAVAILABLE storageFailed'],
    ['write', 'ENOSPC', 'STORAGE_FULL storageFull'],
  ] as const)(
    'because %s fails by %s refuses the command as %s, and the next may begin it',
    async (operation, code, refusal) => {
      const desk = await bench.open({ segmentBytes: 1000 });
      desk.journal.read(8);
      const before = listingOf(bench.folder).filter((line) => !line.includes(NEXT_SEGMENT));
      failOnce(operation, code, operation === 'write' ? 100 : undefined);
      expect(await append(desk)).toBe(refusal);
      expect(listingOf(bench.folder).filter((line) => !line.includes(NEXT_SEGMENT))).toEqual(before);
      if (existsSync(segmentPath(bench.folder, 9))) expect(readFileSync(segmentPath(bench.folder, 9))).toHaveLength(0);
      await expectUsable(desk, 9);
    },
  );

  it.each(['flush', 'flushFolder'] as const)(
    'because %s fails by EIO stops the journal: such an error is final',
    async (operation) => {
      const desk = await bench.open({ segmentBytes: 1000 });
      failOnce(operation, 'EIO');
      expect(await append(desk)).not.toBe('accepted');
      await expectFailStop(desk, 9);
      const again = await bench.open();
      await expectUsable(again, 9);
    },
  );
});

describe('a segment that cannot be opened for writing', () => {
  it.each([
    ['EMFILE', 'UNAVAILABLE storageFailed'],
    ['EACCES', 'READ_ONLY folderReadOnly'],
  ])('by %s refuses the command as %s, and the next may succeed', async (code, refusal) => {
    const desk = await bench.open();
    failOnce('open', code);
    expect(await append(desk)).toBe(refusal);
    await expectUsable(desk, 9);
  });
});

describe('a checkpoint that cannot be written', () => {
  const temporaryFiles = (): string[] =>
    readdirSync(join(bench.folder, 'journal')).filter((name) => name.endsWith('.tmp'));

  it.each(['open', 'write', 'flush', 'rename'] as const)(
    'because %s fails leaves the older one, which is as true',
    async (operation) => {
      for (const code of ['ENOSPC', 'EIO']) {
        bench = new Bench();
        const desk = await bench.open();
        expect(await append(desk)).toBe('accepted');
        failOnce(operation, code);
        desk.journal.writeCheckpoint();
        expect(readFileSync(checkpointPath(bench.folder), 'utf8')).toBe(bench.cast.journal.checkpoint());
        expect(temporaryFiles()).toEqual([]);
        desk.journal.close();
        expect((await verifyWorkspace(bench.folder)).ok).toBe(true);
        expect((await bench.open()).journal.size).toBe(10);
      }
    },
  );

  it('for want of room does not stop the journal, and is written when there is room again', async () => {
    const desk = await bench.open();
    bench.disk.intercept = ({ operation, name }) => {
      if (operation === 'write' && name.startsWith('checkpoint')) throw systemError('ENOSPC');
      return undefined;
    };
    await append(desk);
    await wait(700);
    expect(bench.checkpointSize).toBe(9);
    bench.disk.intercept = () => undefined;
    expect(await append(desk)).toBe('accepted');
    await wait(1000);
    expect(bench.checkpointSize).toBe(11);
  });

  it('because of the disk stops the journal, which says so', async () => {
    const desk = await bench.open();
    await append(desk);
    failOnce('rename', 'EIO');
    desk.journal.writeCheckpoint();
    await expectFailStop(desk, 10);
  });

  it('at the close is not tried again after it, when another process may have the workspace', async () => {
    const desk = await bench.open({ closes: false });
    await append(desk);
    failOnce('write', 'ENOSPC', 0);
    desk.journal.close();
    bench.disk.calls.length = 0;
    await wait(1300);
    expect(bench.disk.calls).toEqual([]);
  });
});

describe('a recovery on a full disk', () => {
  it('does not cut what it could not keep, and succeeds when there is room', async () => {
    appendFileSync(segmentPath(bench.folder), 'torn');
    const before = listingOf(join(bench.folder, 'journal'));
    failOnce('write', 'ENOSPC', 2);
    await bench.open().catch(() => null);
    expect(listingOf(join(bench.folder, 'journal'))).toEqual(before);
    const again = await bench.open();
    expect(again.recovery).toMatchObject({ bytes: 4 });
    await expectUsable(again, 9);
  });

  it('that cannot be flushed does not cut either', async () => {
    const { journal } = bench.cast;
    journal.command(bench.look());
    writeWorkspace(bench.folder, journal, { covered: 9, splits: [9] });
    appendFileSync(segmentPath(bench.folder), 'torn');
    const before = listingOf(join(bench.folder, 'journal'));
    failOnce('flush', 'EIO');
    await bench.open().catch(() => null);
    expect(listingOf(join(bench.folder, 'journal'))).toEqual(before);
  });
});
