import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { ExportManifest, ExportScope, Revealed } from '#workflows/journal/export-manifest.ts';
import type { Actor, TestDesk } from './desk.fixture.ts';
import { PASSPHRASE } from './roster.ts';
import { MINUTE } from './test-clock.ts';

let exports = 0;

/** Exports to a new folder beside the workspace, which goes with it. */
export const exportOf = async (
  desk: TestDesk,
  scope: ExportScope,
  { revealed = 'none', by = desk.people.uma }: { revealed?: Revealed; by?: Actor } = {},
) => {
  exports += 1;
  const folder = join(dirname(desk.folder), `export-${String(exports)}`);
  const passphrase = revealed === 'none' ? {} : { passphrase: PASSPHRASE };
  return by.desk.journal.exportFolder({ commandId: desk.command(), scope, revealed, folder, ...passphrase });
};

/** Paths of all files in a folder. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

export const manifestOf = (folder: string): ExportManifest =>
  JSON.parse(readFileSync(join(folder, 'export.json'), 'utf8')) as ExportManifest;

/** Every byte of a folder, to search in. */
export const wholeOf = (folder: string): string =>
  filesOf(folder)
    .map((path) => readFileSync(join(folder, path), 'latin1'))
    .join('\n');

/** A reply that went through everything and is published, under a legal hold. */
export const eventful = async (desk: TestDesk): Promise<ReplyId> => {
  const { leo } = desk.people;
  const reply = await desk.flow.inReview('First.');
  await leo.desk.reply.requestChanges({ ...(await desk.flow.decision(reply, 'legal')), reason: 'Say when.' });
  await desk.flow.write(reply, 'On Thursday.', { by: desk.people.carl });
  await desk.flow.submit(reply);
  await desk.flow.approveAll(reply);
  await leo.desk.reply.placeHold({ ...(await desk.flow.target(reply)), reason: 'A claim.', passphrase: PASSPHRASE });
  await desk.flow.release(reply);
  await desk.settle();
  await desk.pass(MINUTE);
  return reply;
};
