import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ExportScope, Revealed } from '#workflows/journal/export-manifest.ts';
import type { Role } from '#workflows/people/roles.ts';
import { ExportFolder } from '../../exports/export-folder.ts';
import { writeExport, type ExportSummary } from '../../exports/write-export.ts';
import type { Desk } from '../desk.ts';
import { inPeriod } from '../log-index.ts';
import { actingRole, commanderOf, confirmPassphrase, type Viewer } from '../viewer.ts';
import { requireReply } from '../views/reply-view.ts';
import { roleOf } from './audit-commands.ts';
import type { Decision } from '../execute.ts';
import { isErased } from '../state/evolve-erasure.ts';
import { byPerson } from './command.ts';

/** Those who read customers' matters for their work; whoever is an admin alone does not open them to others. */
const READERS: readonly Role[] = ['auditor', 'legal', 'comms', 'agent', 'publisher'];

/** A name for the new folder, beside the workspace, that nothing has yet. */
export const suggestExport = (
  desk: Desk,
  viewer: Viewer,
  { scope }: { scope: ExportScope },
): { folder: string; canReveal: boolean } => {
  const base = join(dirname(desk.folder), `countersign-${scope.of}-${desk.now().slice(0, 10)}`);
  let folder = base;
  for (let attempt = 2; existsSync(folder); attempt += 1) folder = `${base}-${String(attempt)}`;
  return { folder, canReveal: READERS.some((role) => viewer.roles.includes(role)) };
};

const checkScope = async (desk: Desk, scope: ExportScope): Promise<void> => {
  if (scope.of === 'reply') requireReply(desk, scope.reply);
  if (scope.of !== 'period') return;
  const [first] = (await desk.log.tally(inPeriod(scope))).places();
  if (first === undefined) {
    throw new RefusalError(refuse('INVALID_INPUT', 'exportNothing'));
  }
};

const recordExport = (
  desk: Desk,
  viewer: Viewer,
  { commandId, scope, revealed }: { commandId: string; scope: ExportScope; revealed: Revealed },
  { asked, support, size, hash, opened }: ExportSummary,
): Promise<CommandReceipt> =>
  byPerson(desk, viewer, commandId, () => {
    // Writing takes its time: whoever was erased meanwhile was to be unreadable in all copies made from then on.
    if (opened.some((customer) => isErased(desk.tables.erasures.get(customer)))) {
      throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'exportErasedMeanwhile'));
    }
    return exportedRecord(viewer, { scope, revealed }, { asked, support, size, hash });
  });

const exportedRecord = (
  viewer: Viewer,
  { scope, revealed }: { scope: ExportScope; revealed: Revealed },
  { asked, support, size, hash }: Pick<ExportSummary, 'asked' | 'support' | 'size' | 'hash'>,
): Decision => ({
  drafts: [
    {
      type: 'audit.exported/2',
      subject: 'audit',
      by: { role: roleOf(viewer) },
      data: {
        what: scope.of,
        reply: scope.of === 'reply' ? scope.reply : null,
        from: scope.of === 'period' ? scope.from : null,
        to: scope.of === 'period' ? scope.to : null,
        revealed,
        records: asked + support,
        size,
        hash,
      },
    },
  ],
  subject: 'audit',
});

/**
 * Writes records with their proofs to a new folder. That it was done, and what it opens, is recorded before the folder takes
 * its name: nobody has an export that the journal does not tell of.
 * @throws RefusalError with no folder left behind
 */
export const exportFolder = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; scope: ExportScope; revealed: Revealed; folder: string; passphrase?: string | undefined },
): Promise<
  CommandReceipt & Pick<ExportSummary, 'asked' | 'support' | 'files' | 'hash' | 'fingerprint'> & { folder: string }
> => {
  const { scope, revealed, folder } = input;
  // The export shows the journal as it was then; afterwards it could only be made of another moment.
  if (desk.journal.recordsOfCommand(input.commandId)) {
    throw new RefusalError(refuse('INVALID_INPUT', 'exportedBefore'));
  }
  commanderOf(desk, viewer);
  await checkScope(desk, scope);
  if (revealed !== 'none') {
    actingRole(desk, viewer, READERS, 'exportMayNotReveal');
    await confirmPassphrase(desk, viewer, input.passphrase);
  }
  const { storage } = desk.options;
  const written = await ExportFolder.write({ folder, workspace: desk.folder, storage }, async (target) => {
    const summary = await writeExport(desk, target, { scope, revealed, exportedBy: viewer.person });
    return { summary, receipt: await recordExport(desk, viewer, input, summary) };
  });
  const { asked, support, files, hash, fingerprint } = written.value.summary;
  return { ...written.value.receipt, folder: written.folder, asked, support, files, hash, fingerprint };
};
