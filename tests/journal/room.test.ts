import { cpSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { Bench, wait } from './bench.ts';
import { openDesk, type OpenedDesk } from './open-journal.ts';
import { systemError } from './watched-storage.ts';
import { segmentPath } from './workspace-folder.ts';

/** Records that take up more than half of the room that is first made. */
const MANY = 60;

const isNul = (byte: number): boolean => byte === 0;

describe('room behind the records', () => {
  let bench: Bench;
  let desk: OpenedDesk;

  beforeEach(async () => {
    bench = new Bench();
    desk = await bench.open();
  });

  const bytes = (folder = bench.folder): Buffer => readFileSync(segmentPath(folder));
  const room = (): number => bytes().length - bytes().findLastIndex((byte) => !isNul(byte)) - 1;
  const look = async (times = 1): Promise<void> => {
    for (let count = 0; count < times; count += 1) await desk.journal.append(bench.command(desk, [bench.look()]));
  };

  it('is made of NUL bytes once the answer is given, and flushed', async () => {
    expect(room()).toBe(0);
    bench.disk.calls.length = 0;
    await look();
    expect(bench.disk.calls.map(({ operation }) => operation)).toEqual(['open', 'write', 'flush']);
    await wait(0);
    expect(bench.disk.calls.slice(3, 5).map(({ operation }) => operation)).toEqual(['write', 'flush']);
    expect(room()).toBe(64 * 1024);
  });

  it('is filled without the file growing, and made anew before it is used up', async () => {
    await look();
    await wait(0);
    const { size } = statSync(segmentPath(bench.folder));
    await look(10);
    expect(statSync(segmentPath(bench.folder)).size).toBe(size);
    for (let count = 0; count < 3 * MANY; count += 1) {
      await look();
      await wait(0);
      expect(room()).toBeGreaterThan(8 * 1024);
    }
    expect(desk.journal.read(desk.journal.size - 1).type).toBe('audit.read');
  });

  it('is no damage to whoever verifies or opens the journal while it is there', async () => {
    await look(3);
    await wait(0);
    desk.journal.writeCheckpoint();
    const copy = `${bench.folder}-copy`;
    cpSync(bench.folder, copy, { recursive: true, filter: (path) => !path.endsWith('lock') });
    expect((await verifyWorkspace(copy)).problems).toEqual([]);
    const again = await openDesk(copy, bench.cast.journal);
    expect(again.recovery).toBeNull();
    expect(again.journal.size).toBe(desk.journal.size);
    await again.journal.append(bench.command(again, [bench.look()]));
    expect((await verifyWorkspace(copy)).problems).toEqual([]);
  });

  it('is taken away when the journal is closed', async () => {
    await look();
    await wait(0);
    desk.journal.close();
    expect(room()).toBe(0);
    expect(bytes().at(-1)).toBe(10);
  });

  it('never makes a segment longer than it may be', async () => {
    desk.journal.close();
    desk = await bench.open({ segmentBytes: 20_000 });
    await look(2);
    await wait(0);
    expect(statSync(segmentPath(bench.folder)).size).toBeLessThanOrEqual(20_000);
    await look(MANY);
    expect(desk.journal.readOnly).toBeNull();
  });

  it('is done without where the disk has none left', async () => {
    await look();
    bench.disk.intercept = ({ operation }) => {
      if (operation === 'write') throw systemError('ENOSPC');
      return undefined;
    };
    await wait(0);
    bench.disk.intercept = () => undefined;
    await look(3);
    await wait(0);
    expect(room()).toBe(0);
    expect(desk.journal.readOnly).toBeNull();
  });

  it.each(['write', 'flush'])('that the disk does not confirm stops the journal: %s', async (failing) => {
    await look();
    bench.disk.intercept = ({ operation }) => {
      if (operation === failing) throw systemError('EIO');
      return undefined;
    };
    await wait(0);
    bench.disk.intercept = () => undefined;
    expect(desk.journal.readOnly).not.toBeNull();
    await expect(look()).rejects.toThrow('READ_ONLY');
  });
});
