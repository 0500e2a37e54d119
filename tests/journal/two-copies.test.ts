import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runVerify } from '#main/cli/verify-command.ts';
import { DeskHost } from '#main/core/desk-host.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { browserCrypto } from '#renderer/witness/browser-crypto.ts';
import { checkpointStore, type CheckpointStore } from '#renderer/witness/kept-checkpoints.ts';
import { RefusedJournalError, Witness } from '#renderer/witness/witness.ts';
import type { DeskClient } from '#workflows/contract/contract.ts';
import { checkpointIn, type JournalStatement } from '#workflows/journal/witness.ts';
import { WITNESS_WORDS } from '#workflows/words/witness.ts';
import { clientOf } from '../core/base-workspace.ts';
import { deskForTest, type TestDesk } from '../core/desk.fixture.ts';
import { PASSPHRASE } from '../core/roster.ts';
import { TestClock } from '../core/test-clock.ts';

/** One folder on a machine of its own, with Ada signed in at it. */
interface Machine {
  readonly folder: string;
  readonly ada: DeskClient;
  readonly host: DeskHost;
}

/** Opens a folder that was copied here: another home, another machine's secret, an admin's passphrase. */
const secondMachine = async (desk: TestDesk, folder: string): Promise<Machine> => {
  const home = join(desk.home, 'second-machine');
  const host = new DeskHost({
    home,
    machine: fileMachineSecret(join(home, 'machine.key'), diskStorage),
    cost: PRACTICE_COST,
    clock: new TestClock(desk.clock.now()),
    logger: pino({ level: 'silent' }),
  });
  onTestFinished(() => host.shutDown());
  await host.open(folder);
  expect(host.status().state).toBe('sealed');
  await host.unseal(PASSPHRASE);
  const ada = clientOf(host, 'a-browser');
  await ada.session.signIn({ person: desk.people.ada.id, passphrase: PASSPHRASE });
  return { folder, ada, host };
};

/** A workspace and a copy of it, opened on two machines; nothing was written since the copy. */
const twoMachines = async (): Promise<{ one: Machine; other: Machine }> => {
  const desk = await deskForTest();
  const folder = join(desk.home, 'copy', 'workspace');
  await desk.flow.captured('Before the copy.');
  await desk.restart(() => cpSync(desk.folder, folder, { recursive: true }));
  const other = await secondMachine(desk, folder);
  return { one: { folder: desk.folder, ada: desk.people.ada.desk, host: desk.host }, other };
};

const write = async ({ ada }: Machine, names: readonly string[]): Promise<void> => {
  for (const name of names) await ada.people.add({ commandId: ulid(), name, roles: ['agent'] });
};

/** What `countersign verify` prints of problems when a folder is held against the checkpoint of another. */
const compare = async ({ folder }: Machine, kept: Machine): Promise<{ code: number; problems: string[] }> => {
  const lines: string[] = [];
  const output = { print: (line: string) => lines.push(line), complain: (line: string) => lines.push(line) };
  const checkpoint = join(kept.folder, 'journal', 'checkpoint');
  const code = await runVerify([folder, '--checkpoint', checkpoint], { ...output, terminal: null });
  return { code, problems: lines.filter((line) => line.startsWith('problem: ')) };
};

/** A browser that visits one machine, and then, with what it kept, another. */
const browser = (store: CheckpointStore = checkpointStore(null)) => ({
  visit: async ({ ada }: Machine): Promise<Witness> => {
    const witness = new Witness({
      ask: (input): Promise<JournalStatement> => ada.journal.consistency(input),
      store,
      crypto: () => Promise.resolve(browserCrypto),
      now: () => '2026-11-23T09:00:00.000Z',
    });
    await witness.judge();
    return witness;
  },
});

/** The sentence on the screen of a browser that saw `first` and comes to `then`; `null` where it goes on. */
const seenBy = async (first: Machine, then: Machine): Promise<string | null> => {
  const { visit } = browser();
  expect((await visit(first)).state()).toEqual({ kind: 'sound' });
  const witness = await visit(then);
  const state = witness.state();
  if (state.kind !== 'refused') return null;
  await expect(witness.mayAct()).rejects.toBeInstanceOf(RefusedJournalError);
  // Both are shown, to be saved.
  const { kept, shown, reason } = state.journal;
  expect([kept && checkpointIn(kept)?.size, checkpointIn(shown)?.size]).toEqual(
    [first, then].map(({ host }) => BigInt(host.desk.journal.size)),
  );
  return WITNESS_WORDS[`witness.reason.${reason}`];
};

const close = async (...machines: readonly Machine[]): Promise<void> => {
  for (const { host } of machines) await host.desk.journal.settled();
  for (const { host } of machines) await host.close();
};

const sizeOf = ({ folder }: Machine): number =>
  Number(readFileSync(join(folder, 'journal', 'checkpoint'), 'utf8').split('\n')[1]);

describe('two copies of one workspace that were both written to', () => {
  test('are two histories, by the journal with more records and in every browser that saw one of them', async () => {
    const { one, other } = await twoMachines();
    await write(one, ['Nora', 'Milo', 'Pia']);
    await write(other, ['Quin']);
    expect(await seenBy(other, one)).toMatch(/more records .* two histories/);
    expect(await seenBy(one, other)).toMatch(/fewer records .* an older copy, or a second history/);
    await close(one, other);
    const [more, fewer] = [sizeOf(one), sizeOf(other)].map(String);
    expect(Number(more)).toBeGreaterThan(Number(fewer));
    expect(await compare(one, other)).toEqual({
      code: 1,
      problems: [
        `problem: journal: not-consistent: the first ${String(fewer)} records are not those that the kept checkpoint was signed for: this workspace has two histories`,
      ],
    });
    // A checkpoint holds no records: from the shorter journal alone nobody could tell.
    const { code, problems } = await compare(other, one);
    expect(code).toBe(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      `size-mismatch: the kept checkpoint covers ${String(more)} records, the journal has ${String(fewer)}: this is an older copy, unless it was written to since; the other journal tells`,
    );
  }, 60_000);

  test('are so by both where they have as many records', async () => {
    const { one, other } = await twoMachines();
    await write(one, ['Nora']);
    await write(other, ['Quin']);
    for (const [first, then] of [
      [one, other],
      [other, one],
    ] as const)
      expect(await seenBy(first, then)).toMatch(/as many records .* two histories/);
    await close(one, other);
    expect(sizeOf(one)).toBe(sizeOf(other));
    for (const [folder, kept] of [
      [one, other],
      [other, one],
    ] as const) {
      const { code, problems } = await compare(folder, kept);
      expect({ code, problems }).toEqual({
        code: 1,
        problems: [expect.stringMatching(/: not-consistent: .* two histories$/)],
      });
    }
  }, 60_000);
});

test('A copy that is merely older is told from a second history: the newer journal continues its checkpoint', async () => {
  const { one, other } = await twoMachines();
  await write(one, ['Nora', 'Milo']);
  expect(await seenBy(other, one)).toBeNull();
  expect(await seenBy(one, other)).toMatch(/fewer records .* an older copy/);
  await close(one, other);
  expect(await compare(one, other)).toEqual({ code: 0, problems: [] });
  const { code, problems } = await compare(other, one);
  expect(code).toBe(1);
  expect(problems).toEqual([expect.stringMatching(/: size-mismatch: .*: this is an older copy, unless /)]);
}, 60_000);
