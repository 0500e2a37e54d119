import { cpSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { browserCrypto } from '#renderer/witness/browser-crypto.ts';
import { checkpointStore, type CheckpointStore, type KeyValueStorage } from '#renderer/witness/kept-checkpoints.ts';
import { RefusedJournalError, Witness } from '#renderer/witness/witness.ts';
import { checkpointIn, type JournalStatement, type KeptCheckpoint } from '#workflows/journal/witness.ts';
import { deskForTest, type TestDesk } from '../../core/desk.fixture.ts';

class MemoryStorage implements KeyValueStorage {
  readonly values = new Map<string, string>();
  isFull = false;

  get length(): number {
    return this.values.size;
  }
  key(index: number): string | null {
    return [...this.values.keys()][index] ?? null;
  }
  getItem(name: string): string | null {
    return this.values.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    if (this.isFull) throw new Error('QuotaExceededError');
    this.values.set(name, value);
  }
  removeItem(name: string): void {
    this.values.delete(name);
  }
}

/** A client of the desk, as a browser that comes back with the same storage. */
const clientOf = (desk: TestDesk, store: CheckpointStore = checkpointStore(new MemoryStorage())) =>
  new Witness({
    ask: (input) => desk.people.agnes.desk.journal.consistency(input),
    store,
    crypto: () => Promise.resolve(browserCrypto),
    now: () => desk.clock.time(),
  });

/** Ends the desk, and starts it on the folder as it was when `before` was called. */
const withOldCopy = async (desk: TestDesk, between: () => Promise<unknown>): Promise<void> => {
  const copy = `${desk.folder}.copy`;
  await desk.restart(() => {
    cpSync(desk.folder, copy, { recursive: true });
  });
  await between();
  await desk.restart(() => {
    rmSync(desk.folder, { recursive: true });
    cpSync(copy, desk.folder, { recursive: true });
  });
};

describe('a client at an honest desk', () => {
  test('keeps the newest checkpoint, with every record more', async () => {
    const desk = await deskForTest();
    const store = checkpointStore(new MemoryStorage());
    const origin = desk.host.desk.journal.origin;
    const witness = clientOf(desk, store);
    for (let count = 0; count < 5; count += 1) {
      await desk.flow.drafted();
      await witness.judge();
      expect(witness.state()).toEqual({ kind: 'sound' });
      expect(checkpointIn(store.read(origin)!)?.size).toBe(BigInt(desk.size));
    }
  });

  test('goes on after the desk was started again, and when somebody else signs in', async () => {
    const desk = await deskForTest();
    const store = checkpointStore(new MemoryStorage());
    await clientOf(desk, store).judge();
    await desk.flow.drafted();
    await desk.restart();
    await desk.flow.drafted();
    const witness = clientOf(desk, store);
    await witness.mayAct();
    witness.begin();
    expect(witness.state()).toEqual({ kind: 'notJudged' });
    await witness.mayAct();
    expect(witness.state()).toEqual({ kind: 'sound' });
  });

  test('is not alarmed by an answer that another window has overtaken', async () => {
    const desk = await deskForTest();
    const store = checkpointStore(new MemoryStorage());
    const fast = clientOf(desk, store);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = new Witness({
      ask: async (input) => {
        const answer = await desk.people.agnes.desk.journal.consistency(input);
        await held;
        return answer;
      },
      store,
      crypto: () => Promise.resolve(browserCrypto),
      now: () => desk.clock.time(),
    });
    const judging = slow.judge();
    await desk.flow.drafted();
    await fast.judge();
    const newest = store.read(desk.host.desk.journal.origin);
    release();
    await judging;
    expect(slow.state()).toEqual({ kind: 'sound' });
    expect(checkpointIn(store.read(desk.host.desk.journal.origin)!)!.size).toBeGreaterThanOrEqual(
      checkpointIn(newest!)!.size,
    );
  });
});

describe('a client that comes back to another journal', () => {
  test('refuses one that was rolled back to an older copy, and shows both checkpoints', async () => {
    const desk = await deskForTest();
    const store = checkpointStore(new MemoryStorage());
    let size = 0;
    await withOldCopy(desk, async () => {
      await desk.flow.drafted();
      await clientOf(desk, store).judge();
      ({ size } = desk);
    });
    const witness = clientOf(desk, store);
    await witness.judge();
    const state = witness.state();
    expect(state).toMatchObject({ kind: 'refused', readsOn: false, journal: { reason: 'rolledBack' } });
    if (state.kind !== 'refused') return;
    expect(checkpointIn(state.journal.kept!)?.size).toBe(BigInt(size));
    expect(checkpointIn(state.journal.shown)?.size).toBe(BigInt(desk.size));
  });

  test('refuses one that went another way since, as long and longer', async () => {
    const desk = await deskForTest();
    const store = checkpointStore(new MemoryStorage());
    await withOldCopy(desk, async () => {
      await desk.flow.captured('One story.');
      await clientOf(desk, store).judge();
    });
    const reasons: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      await desk.flow.captured('Another story.');
      const witness = clientOf(desk, store);
      await witness.judge();
      const state = witness.state();
      reasons.push(state.kind === 'refused' ? state.journal.reason : state.kind);
    }
    expect(reasons).toEqual(['split', 'rewritten']);
  });

  test('sends nothing that would be signed meanwhile, not even when the person reads on', async () => {
    const desk = await deskForTest();
    const store = checkpointStore(new MemoryStorage());
    await withOldCopy(desk, async () => {
      await desk.flow.drafted();
      await clientOf(desk, store).judge();
    });
    const witness = clientOf(desk, store);
    await expect(witness.mayAct()).rejects.toThrow(RefusedJournalError);
    witness.readOn();
    expect(witness.state()).toMatchObject({ kind: 'refused', readsOn: true });
    await expect(witness.mayAct()).rejects.toThrow(RefusedJournalError);
    await witness.judge();
    expect(witness.state()).toMatchObject({ kind: 'refused', readsOn: true });
    witness.stop();
    expect(witness.state()).toMatchObject({ kind: 'refused', readsOn: false });
  });

  test('looks again when it is told to, and is content with the right one', async () => {
    const desk = await deskForTest();
    let statement: JournalStatement | null = null;
    const ask = async (input: { from: number | null }) =>
      statement ?? (await desk.people.agnes.desk.journal.consistency(input));
    const options = { crypto: () => Promise.resolve(browserCrypto), now: () => desk.clock.time() };
    const store = checkpointStore(new MemoryStorage());
    const older = await ask({ from: null });
    await desk.flow.drafted();
    const witness = new Witness({ ask, store, ...options });
    await witness.judge();
    statement = older;
    await witness.judge();
    expect(witness.state()).toMatchObject({ kind: 'refused', journal: { reason: 'rolledBack' } });
    statement = null;
    await witness.judge();
    expect(witness.state().kind).toBe('refused');
    await witness.lookAgain();
    expect(witness.state()).toEqual({ kind: 'sound' });
    await witness.mayAct();
  });

  test('holds back what would be signed where the desk does not say what its journal is', async () => {
    const desk = await deskForTest();
    const silent = new Witness({
      ask: () => Promise.reject(new Error('no answer')),
      store: checkpointStore(null),
      crypto: () => Promise.resolve(browserCrypto),
      now: () => desk.clock.time(),
    });
    await expect(silent.mayAct()).rejects.toThrow('no answer');
    expect(silent.state()).toEqual({ kind: 'notJudged' });
  });
});

describe('what a browser keeps', () => {
  const kept = async (desk: TestDesk): Promise<KeptCheckpoint> => {
    const { text, key } = await desk.people.agnes.desk.journal.consistency({ from: null });
    return { text, key, seenAt: desk.clock.time() };
  };

  test('is never replaced by a smaller checkpoint', async () => {
    const desk = await deskForTest();
    const store = checkpointStore(new MemoryStorage());
    const older = await kept(desk);
    await desk.flow.drafted();
    const newer = await kept(desk);
    store.write('o', newer);
    store.write('o', older);
    expect(store.read('o')).toEqual(newer);
  });

  test('is remembered by the page where the browser stores nothing, and is nothing where it was damaged', async () => {
    const desk = await deskForTest();
    const checkpoint = await kept(desk);
    const storage = new MemoryStorage();
    storage.isFull = true;
    for (const store of [checkpointStore(null), checkpointStore(storage)]) {
      store.write('o', checkpoint);
      expect(store.read('o')).toEqual(checkpoint);
    }
    const damaged = new MemoryStorage();
    for (const text of [
      '',
      'null',
      '[]',
      '{',
      '{"text":1,"key":"","seenAt":""}',
      '{"text":"x","key":"","seenAt":""}',
    ]) {
      damaged.values.set('countersign.checkpoint.o', text);
      expect(checkpointStore(damaged).read('o')).toBeNull();
    }
  });

  test('is bounded: of more than fifty workspaces those seen longest ago are forgotten', async () => {
    const desk = await deskForTest();
    const checkpoint = await kept(desk);
    const storage = new MemoryStorage();
    storage.setItem('of somebody else', 'stays');
    for (let count = 0; count < 60; count += 1) {
      const seenAt = new Date(Date.UTC(2026, 0, 1, 0, count)).toISOString();
      checkpointStore(storage).write(`workspace ${String(count)}`, { ...checkpoint, seenAt });
    }
    const store = checkpointStore(storage);
    expect(store.read('workspace 9')).toBeNull();
    expect(store.read('workspace 10')).not.toBeNull();
    expect(storage.values.size).toBe(51);
  });
});
