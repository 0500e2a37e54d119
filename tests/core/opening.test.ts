import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import { makeBusy } from './busy-desk.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';

/** Longer than it takes until the progress of an opening is told, in milliseconds. */
const LONG = 300;

/** What the first screen was told while the workspace was opened again, its snapshots and index taken away. */
const openAnew = async (desk: TestDesk, onOpening: () => void = () => undefined): Promise<WorkspaceStatus[]> => {
  await desk.host.close();
  for (const name of ['desk', 'archive']) rmSync(join(desk.folder, name), { recursive: true });
  const told: WorkspaceStatus[] = [];
  const stop = desk.host.changes.subscribe(
    ({ topics }) => {
      const status = desk.host.status();
      if (!topics.includes('workspace') || status.state !== 'opening') return;
      told.push(status);
      onOpening();
    },
    () => undefined,
  );
  // Every look at the clock finds that much time gone by, so that a short journal takes long.
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += LONG));
  try {
    await desk.host.open(desk.folder);
  } finally {
    clock.mockRestore();
    stop();
  }
  return told;
};

describe('an opening that takes long', () => {
  test('tells the first screen how far it is, first of the reading and then of the desk', async () => {
    const desk = await deskForTest();
    await makeBusy(desk);
    const { size } = desk.host.desk.journal;
    const told = await openAnew(desk);
    const stages = told.flatMap((status) => (status.state === 'opening' ? [status.progress] : []));
    expect(told.length).toBeGreaterThan(10);
    expect(told[0]).toMatchObject({ folder: desk.folder, name: desk.host.desk.tables.workspace.get()?.name });
    for (const stage of ['reading', 'replaying'] as const) {
      const steps = stages.filter((progress) => progress.stage === stage);
      expect(steps.length).toBeGreaterThan(0);
      expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).toSorted((a, b) => a - b));
      expect(steps.every(({ done, total }) => done <= total && total <= size)).toBe(true);
    }
    expect(stages.map(({ stage }) => stage)).toEqual(stages.map(({ stage }) => stage).toSorted());
    expect(desk.host.status().state).toBe('open');
  });

  test('can be given up: nothing is open then, nothing is locked, and the next opening goes through', async () => {
    const desk = await deskForTest();
    await makeBusy(desk);
    const { size } = desk.host.desk.journal;
    await openAnew(desk, () => void desk.host.stopOpening());
    expect(desk.host.status()).toMatchObject({ state: 'none', problem: null });
    await desk.open();
    expect(desk.host.status().state).toBe('open');
    expect(desk.host.desk.journal.size).toBe(size);
  });

  test('does not take the place of a desk that is open, which stays to be worked on', async () => {
    const desk = await deskForTest();
    expect((await desk.people.ada.desk.workspace.stopOpening({})).state).toBe('open');
  });
});
