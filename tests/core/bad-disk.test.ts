import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { listingOf } from '../journal/workspace-folder.ts';
import { deskForTest } from './desk.fixture.ts';
import { outcomesOf } from './refusal.ts';
import { makeReadOnly, makeWritable, moveToSmallDisk, whyNoMount } from './small-disk.ts';

const noMount = whyNoMount();

/** Leaves no free page on the disk. */
const fill = (path: string): void => {
  try {
    for (;;) appendFileSync(path, new Uint8Array(4096));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
};

test('a real disk that fills in the middle of a command refuses it in words, and the journal goes on when there is room', async (context) => {
  if (noMount !== null) context.skip(noMount);
  const desk = await deskForTest({ expectsFaults: true });
  const { agnes, ben } = desk.people;
  const reply = await desk.flow.captured();
  await desk.restart(() => {
    moveToSmallDisk(desk, '4m');
  });
  const filler = join(desk.folder, 'filler');
  fill(filler);
  const accepted: string[] = [];
  let refused = { ...(await desk.flow.target(reply)), to: agnes.id };
  let outcome: string | undefined;
  for (let turn = 0; turn < 40 && outcome !== 'STORAGE_FULL storageFull'; turn += 1) {
    refused = { ...(await desk.flow.target(reply)), to: turn % 2 === 0 ? agnes.id : ben.id };
    [outcome] = await outcomesOf([agnes.desk.reply.handOver(refused)]);
    if (outcome === 'done') accepted.push(refused.commandId);
  }
  expect(outcome).toBe('STORAGE_FULL storageFull');
  expect(accepted.length).toBeGreaterThan(0);
  expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
  expect((await desk.flow.view(reply)).id).toBe(reply);
  rmSync(filler);
  await agnes.desk.reply.handOver(refused);
  await desk.restart();
  const commands = desk.records().map(({ command }) => command);
  for (const id of [...accepted, refused.commandId]) expect(commands.filter((one) => one === id)).toHaveLength(1);
});

test('a folder on a disk that is read-only is refused in words, untouched, and opens when it can be written to', async (context) => {
  if (noMount !== null) context.skip(noMount);
  const desk = await deskForTest({ expectsFaults: true });
  await desk.flow.captured();
  let before: string[] = [];
  const opening = desk.restart(() => {
    moveToSmallDisk(desk, '4m');
    before = listingOf(desk.folder);
    makeReadOnly(desk);
  });
  await expect(opening).rejects.toMatchObject({ refusal: { code: 'READ_ONLY', reason: 'folderReadOnly' } });
  expect(listingOf(desk.folder)).toEqual(before);
  expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
  makeWritable(desk);
  await desk.open();
  await desk.flow.captured('Again');
});
