import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { HonestDesk } from './honest-desk.ts';
import { refusalOf } from './open-journal.ts';
import { Bench, wait } from './bench.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

describe('segments', () => {
  it('begin anew at their length, never inside a command, under the number of their first record', async () => {
    const desk = await bench.open({ segmentBytes: 8000 });
    for (let count = 0; count < 30; count += 1) {
      await desk.journal.append(bench.command(desk, [bench.claim(), bench.claim()]));
    }
    const names = readdirSync(join(bench.folder, 'journal'))
      .filter((name) => name.endsWith('.jsonl'))
      .sort();
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const path = join(bench.folder, 'journal', name);
      const first = JSON.parse(readFileSync(path, 'utf8').split('\n')[0]!) as JournalRecord;
      expect(name).toBe(`${String(first.seq).padStart(20, '0')}.jsonl`);
      expect(statSync(path).size).toBeLessThanOrEqual(8000);
      if (first.seq > 0) expect(desk.journal.read(first.seq - 1).cont).toBeUndefined();
    }
  });

  it('are flushed, and their folder, before a record is written to them', async () => {
    const desk = await bench.open({ segmentBytes: 1000 });
    bench.disk.calls.length = 0;
    await desk.journal.append(bench.command(desk, [bench.claim()]));
    const name = '00000000000000000009.jsonl';
    const ofTheNewOne = bench.disk.calls.filter((call) => [name, 'journal'].includes(call.name));
    expect(ofTheNewOne).toEqual([
      { operation: 'open', name },
      { operation: 'flush', name },
      { operation: 'flushFolder', name: 'journal' },
      { operation: 'write', name },
      { operation: 'flush', name },
    ]);
  });

  it('take a command that is longer than a segment, in one of its own', async () => {
    const desk = await bench.open({ segmentBytes: 500 });
    for (let count = 0; count < 4; count += 1) {
      await desk.journal.append(bench.command(desk, [bench.claim(), bench.claim()]));
    }
    desk.journal.close();
    expect(readdirSync(join(bench.folder, 'journal')).filter((name) => name.endsWith('.jsonl'))).toHaveLength(5);
    expect(await verifyWorkspace(bench.folder)).toMatchObject({ ok: true, size: 17 });
  });
});

describe('the checkpoint file', () => {
  it('is at most a second older than the newest record, also while commands keep coming', async () => {
    const desk = await bench.open();
    const began = Date.now();
    while (Date.now() - began < 1300) {
      await desk.journal.append(bench.command(desk, [bench.claim(), bench.claim()]));
      await wait(20);
    }
    const { size } = desk.journal;
    expect(bench.checkpointSize).toBeGreaterThan(9);
    await wait(1000);
    expect(bench.checkpointSize).toBe(size);
  });

  it('is brought up to date at every close, and is no newer than what is durable', async () => {
    const desk = await bench.open();
    await desk.journal.append(bench.command(desk, [bench.claim(), bench.claim()]));
    expect(bench.checkpointSize).toBe(9);
    desk.journal.close();
    expect(bench.checkpointSize).toBe(11);
    expect(await verifyWorkspace(bench.folder)).toMatchObject({ ok: true, notes: [] });
  });

  it('never ends inside a command, nor beyond the flushed records', async () => {
    const desk = await bench.open();
    const seen: number[] = [];
    bench.disk.intercept = ({ operation }) => {
      // Whatever happens next, what lies there now was written before it.
      if (operation !== 'close') seen.push(bench.checkpointSize);
    };
    const honest = new HonestDesk(bench.cast, bench.random);
    for (let count = 0; count < 30; count += 1) {
      const answer = desk.journal.append(bench.command(desk, honest.next()));
      if (bench.random.chance(0.3)) desk.journal.writeCheckpoint();
      await answer;
      if (bench.random.chance(0.3)) desk.journal.writeCheckpoint();
    }
    desk.journal.close();
    const sizes = [...new Set([...seen, bench.checkpointSize])];
    expect(sizes.length).toBeGreaterThan(8);
    const reopened = await bench.open();
    for (const size of sizes) expect(reopened.journal.read(size - 1).cont, String(size)).toBeUndefined();
  });

  it('replaces the older one atomically: flushed, then renamed, then the folder flushed', async () => {
    const desk = await bench.open();
    await desk.journal.append(bench.command(desk, [bench.look()]));
    bench.disk.calls.length = 0;
    desk.journal.writeCheckpoint();
    expect(bench.disk.calls.map(({ operation }) => operation)).toEqual([
      'open',
      'write',
      'flush',
      'close',
      'rename',
      'flushFolder',
    ]);
    expect(bench.disk.calls.at(-2)?.name).toBe('checkpoint');
    bench.disk.calls.length = 0;
    desk.journal.writeCheckpoint();
    expect(bench.disk.calls).toEqual([]);
  });
});

describe('closing', () => {
  it('flushes and answers what waits, and refuses what comes after', async () => {
    const desk = await bench.open();
    const waiting = desk.journal.append(bench.command(desk, [bench.look()]));
    const late = bench.command(desk, [bench.claim()]);
    desk.journal.close();
    expect(await waiting).toHaveLength(1);
    expect(await refusalOf(desk.journal.append(late))).toBe('UNAVAILABLE workspaceClosed');
    expect(bench.checkpointSize).toBe(10);
    desk.journal.close();
  });

  it('leaves nothing open and nothing to come', async () => {
    const desk = await bench.open({ segmentBytes: 2000 });
    for (let count = 0; count < 5; count += 1) await desk.journal.append(bench.command(desk, [bench.claim()]));
    for (let seq = 0; seq < desk.journal.size; seq += 1) desk.journal.read(seq);
    desk.journal.close();
    const count = (operation: string): number => bench.disk.calls.filter((call) => call.operation === operation).length;
    expect(count('close')).toBe(count('open'));
    bench.disk.calls.length = 0;
    await wait(1100);
    expect(bench.disk.calls).toEqual([]);
  });

  it('is preceded by settled(), which waits for all that was handed over', async () => {
    const desk = await bench.open();
    await desk.journal.settled();
    let answered = 0;
    for (let count = 0; count < 5; count += 1) {
      void desk.journal.append(bench.command(desk, [bench.claim()])).then(() => (answered += 1));
    }
    await desk.journal.settled();
    expect(desk.journal.size).toBe(14);
    await Promise.resolve();
    expect(answered).toBe(5);
  });
});
